"""The queue of a coordinator: what is still to be decided, and what happened since."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q

from learning.models import AssignmentEvent, AssignmentRule, Completion, ExceptionCase
from learning.querysets import ExceptionCaseQuerySet
from learning.rules.choices import About, choices_for
from organisations.models import Employment
from organisations.querysets import not_ended, was_in_force

Kind = ExceptionCase.Kind
DueFrom = AssignmentRule.DueFrom
UNDATED = [About.TOO_LITTLE_TIME, About.REVOKED]  # about a due date that is missing


@dataclass(frozen=True)
class CaseRow:
    """One case with what is needed to decide it."""

    case: ExceptionCase
    teams: tuple[str, ...]  # at the organisation, now or later
    counted_from: date | None  # the day from which the rule counted; None: it names a date
    choices: tuple[str, ...]

    @property
    def about(self) -> str:
        return about_of(self.case)


def about_of(case: ExceptionCase) -> str:
    """The code of what the case is about."""
    return str(case.facts.get("reason") or case.kind.upper())


def day_in(case: ExceptionCase, name: str) -> date | None:
    """A day among the facts; None where it is not there."""
    try:
        return date.fromisoformat(case.facts.get(name) or "")
    except (TypeError, ValueError):
        return None


def choices_of(case: ExceptionCase) -> tuple[str, ...]:
    return choices_for(about_of(case), has_due_date=day_in(case, "due") is not None)


def open_cases(organisation: int) -> ExceptionCaseQuerySet:
    """By kind, the oldest first."""
    found: ExceptionCaseQuerySet = ExceptionCase.objects.open().filter(organisation=organisation)
    return found.select_related("assignment__worker", "assignment__programme").order_by(
        "-kind", "opened_at", "pk"
    )


def decided_cases(organisation: int) -> ExceptionCaseQuerySet:
    """The last decided first."""
    found: ExceptionCaseQuerySet = ExceptionCase.objects.filter(
        organisation=organisation, decided_at__isnull=False
    )
    related = ("assignment__worker", "assignment__programme", "decided_by")
    return found.select_related(*related).order_by("-decided_at", "-pk")


def rows_of(cases: Sequence[ExceptionCase], today: date) -> list[CaseRow]:
    """Two queries, however many there are."""
    teams: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    work = Employment.objects.filter(
        was_in_force(), not_ended(today), user__in={case.assignment.worker_id for case in cases}
    ).order_by("team__name", "pk")
    for user, organisation, name in work.values_list(
        "user_id", "team__organisation_id", "team__name"
    ):
        teams[user, organisation].append(name)
    counted = {
        (assignment, on): None if due_from == DueFrom.DATE else day
        for assignment, on, day, due_from in AssignmentEvent.objects.filter(
            assignment__in={case.assignment_id for case in cases}, kind="assigned"
        )
        .order_by("on", "pk")
        .values_list("assignment_id", "on", "counted_from", "rule__due_from")
    }
    return [
        CaseRow(
            case=case,
            teams=tuple(dict.fromkeys(teams[case.assignment.worker_id, case.organisation_id])),
            counted_from=counted.get((case.assignment_id, day_in(case, "on") or date.min)),
            choices=choices_of(case),
        )
        for case in cases
    ]


def overtaken(cases: ExceptionCaseQuerySet) -> list[int]:
    """Those of the open cases that nobody needs to decide any more. Two queries.

    There is a due date by now, the person no longer has the training, or completed it after the
    evidence that was in question.
    """
    undated = Q(kind=Kind.TOO_LITTLE_TIME) | Q(facts__reason__in=UNDATED)
    settled = Q(assignment__validity__due_on__isnull=False) | Q(
        assignment__validity__is_assigned=False
    )
    found = list(cases.open().filter(undated, settled).order_by("pk").values_list("pk", flat=True))
    unassigned = AssignmentEvent.objects.filter(
        assignment=OuterRef("assignment"), kind="unassigned", at__gt=OuterRef("opened_at")
    )
    others = cases.open().exclude(undated).annotate(left=Exists(unassigned))
    listed = list(others.select_related("assignment__validity").order_by("pk"))
    newest = dict(
        Completion.objects.counting()
        .filter(assignment__in={case.assignment_id for case in listed}, revocation__isnull=True)
        .order_by()
        .values_list("assignment_id")
        .annotate(Max("completed_on"))
    )
    for case in listed:
        done = newest.get(case.assignment_id)
        asked = [day for day in (day_in(case, "completed_on"), day_in(case, "other")) if day]
        is_older = done is not None and bool(asked) and done > max(asked)
        if is_older or (case.left and not case.assignment.validity.is_assigned):
            found.append(case.pk)
    return found
