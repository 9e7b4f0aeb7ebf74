"""What a file of training elsewhere would do. Reads only."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TypeVar

from django.conf import settings
from django.db.models.functions import Lower

from learning.models import Assignment, Completion, ExceptionCase, PolicyTerms, Programme
from learning.rules.evidence import EvidenceRow
from learning.rules.judging import Judged, OnRecord, Verdict, judge
from learning.rules.ledger import Ledger
from learning.rules.policy import PolicyPeriod
from learning.rules.replay import replay, with_policies
from learning.selectors.facts import facts_of
from organisations.models import Organisation, User

AT_A_TIME = 500
Key = tuple[int, int]  # worker, programme
T = TypeVar("T")


@dataclass(frozen=True)
class Keyed:
    """The rows of one person and one programme, with the ledger after what was taken."""

    worker: int
    programme: int
    assignment: int | None
    ledger: Ledger
    rows: tuple[Judged, ...]

    @property
    def writes(self) -> bool:
        return any(one.verdict.writes for one in self.rows)


@dataclass
class Judgement:
    """What becomes of every row."""

    unknown: list[Judged] = field(default_factory=list)
    keyed: list[Keyed] = field(default_factory=list)

    @property
    def rows(self) -> list[Judged]:
        """In the order of the file."""
        known = [one for keyed in self.keyed for one in keyed.rows]
        return sorted([*self.unknown, *known], key=lambda one: one.row.number)


def judgement_of(organisation: Organisation, rows: Sequence[EvidenceRow], today: date) -> Judgement:
    """A verdict for every row. Three queries, and about ten for every 500 people."""
    found = Judgement()
    people, programmes = _people_of(organisation, today), _programmes_of(organisation)
    wanted: defaultdict[Key, list[EvidenceRow]] = defaultdict(list)
    for row in rows:
        worker, programme = people.get(row.email), programmes.get(row.programme.casefold())
        if worker is None:
            found.unknown.append(Judged(row, Verdict.UNKNOWN_PERSON))
        elif programme is None:
            found.unknown.append(Judged(row, Verdict.UNKNOWN_PROGRAMME))
        else:
            wanted[worker, programme.pk].append(row)
    policies = _policies_of(programmes.values())
    for keys in pieces(sorted(wanted), AT_A_TIME):
        piece = {key: wanted[key] for key in keys}
        found.keyed.extend(_judged(piece, policies, today))
    return found


def pieces(found: Iterable[T], size: int) -> Iterator[list[T]]:
    """The same, so many at a time."""
    rest = iter(found)
    while piece := list(islice(rest, size)):
        yield piece


def assignments_for(keys: Collection[Key]) -> dict[Key, int]:
    """The assignment of each person and programme that has one. One query."""
    rows = Assignment.objects.filter(
        worker__in={worker for worker, _programme in keys},
        programme__in={programme for _worker, programme in keys},
    )
    found = {
        (worker, programme): pk
        for pk, worker, programme in rows.values_list("pk", "worker_id", "programme_id")
    }
    return {key: found[key] for key in keys if key in found}


def _judged(
    piece: dict[Key, list[EvidenceRow]],
    policies: dict[int, tuple[PolicyPeriod, ...]],
    today: date,
) -> Iterator[Keyed]:
    assignments = assignments_for(piece)
    facts = facts_of(list(assignments.values()))
    before = _on_record(list(assignments.values()))
    for key, rows in piece.items():
        worker, programme = key
        assignment = assignments.get(key)
        if assignment is None:
            ledger, known = _blank(policies[programme], today), OnRecord()
        else:
            ledger, known = facts[assignment].ledger_on(today), before[assignment]
        judged = tuple(judge(rows, ledger=ledger, before=known, today=today))
        yield Keyed(worker, programme, assignment, ledger, judged)


def _blank(policies: tuple[PolicyPeriod, ...], today: date) -> Ledger:
    """Of somebody whom the programme was never asked of."""
    return replay(
        with_policies((), policies),
        policy=policies[0].policy,
        until=today,
        least_days_to_finish=settings.LEAST_DAYS_TO_FINISH,
    )


def _on_record(assignments: list[int]) -> dict[int, OnRecord]:
    imported, counting, asked = (defaultdict(set) for _ in range(3))
    rows = Completion.objects.filter(assignment__in=assignments, source="imported")
    for pk, day, revoked in rows.values_list("assignment_id", "completed_on", "revocation"):
        imported[pk].add(day)
        if revoked is None:
            counting[pk].add(day)
    cases = ExceptionCase.objects.filter(assignment__in=assignments, key__startswith="evidence ")
    for pk, key in cases.values_list("assignment_id", "key"):
        asked[pk].add(date.fromisoformat(key.removeprefix("evidence ")))
    return {pk: OnRecord(imported[pk], counting[pk], asked[pk]) for pk in assignments}


def _people_of(organisation: Organisation, today: date) -> dict[str, int]:
    """Who works or holds a role there now or later, by address."""
    staff = User.objects.staying_at([organisation.pk], on=today)
    return dict(staff.order_by().annotate(lower=Lower("email")).values_list("lower", "pk"))


def _programmes_of(organisation: Organisation) -> dict[str, Programme]:
    """By title; of two with the same title the organisation's own."""
    usable = Programme.objects.usable_at(organisation).order_by("pk")
    shipped_first = sorted(usable, key=lambda one: one.organisation_id is not None)
    return {" ".join(one.title.split()).casefold(): one for one in shipped_first}


def _policies_of(programmes: Iterable[Programme]) -> dict[int, tuple[PolicyPeriod, ...]]:
    policy_of = {programme.pk: programme.policy_id for programme in programmes}
    periods: defaultdict[int, list[PolicyPeriod]] = defaultdict(list)
    rows = PolicyTerms.objects.filter(policy__in=set(policy_of.values()))
    for row in rows.order_by("starts_on", "pk"):
        periods[row.policy_id].append(PolicyPeriod(row.starts_on, row.facts))
    return {programme: tuple(periods[policy]) for programme, policy in policy_of.items()}
