"""The dated facts about assignments, gathered for the rules."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from learning.models import (
    Assignment,
    AssignmentEvent,
    Completion,
    PolicyTerms,
    Programme,
    Revocation,
)
from learning.rules.certifying import Certification
from learning.rules.events import Event, EventType
from learning.rules.ledger import Ledger
from learning.rules.policy import PolicyPeriod
from learning.rules.replay import replay, with_policies
from learning.rules.status import Standing, standing_on
from organisations.models import Employment, Leave
from organisations.querysets import was_in_force
from organisations.rules.periods import covers

DAY = timedelta(days=1)
Period = tuple[date, date | None]
# Within a day: the policy, then being away or at work, then what was recorded, in that order.
Dated = tuple[date, int, float, Event]


@dataclass(frozen=True)
class Facts:
    """Everything that decides the dates of one assignment, on any day."""

    assignment: int
    worker: int
    programme: int
    policies: tuple[PolicyPeriod, ...]
    events: tuple[Event, ...]  # in order
    employed: tuple[Period, ...]
    leaves: tuple[Period, ...]
    is_exempt: bool

    def ledger_on(self, day: date) -> Ledger:
        """The state at the end of the day; knows nothing that was recorded later."""
        return replay(
            with_policies(self.events, self.policies),
            policy=self.policies[0].policy,
            until=day,
            least_days_to_finish=settings.LEAST_DAYS_TO_FINISH,
        )

    def with_event(self, event: Event) -> "Facts":
        """The same with one thing more, the last of its day."""
        return replace(self, events=(*self.events, event))

    def standing_on(self, day: date) -> Standing:
        """The standing as it was, or will be if nothing more happens."""
        return standing_on(
            self.ledger_on(day).dates,
            day,
            employed=any_covers(self.employed, day),
            on_leave=any_covers(self.leaves, day),
        )

    def next_fact_after(self, day: date) -> date | None:
        """The first later day on which something that is known already happens."""
        dates = (*self.events, *(Event(p.starts_on, EventType.POLICY) for p in self.policies))
        return min((event.on for event in dates if event.on > day), default=None)


def any_covers(periods: Collection[Period], day: date) -> bool:
    for start, end in periods:  # noqa: SIM110 - runs for every person in every month
        if covers(starts_on=start, ends_before=end, day=day):
            return True
    return False


def facts_of(assignments: Collection[int]) -> dict[int, Facts]:
    """Facts per assignment. Seven queries, however many there are."""
    rows = Assignment.objects.filter(pk__in=assignments).values_list(
        "pk", "worker_id", "programme_id", "programme__policy_id"
    )
    held = {pk: (worker, programme, policy) for pk, worker, programme, policy in rows}
    policies = _policies({policy for _worker, _programme, policy in held.values()})
    recorded, exempt = _recorded(held)
    _add_completions(recorded, held)
    workers = {worker for worker, _programme, _policy in held.values()}
    employed = periods_of(Employment, workers)
    leaves = periods_of(Leave, workers)
    away = {worker: _away(employed.get(worker, []), leaves.get(worker, [])) for worker in workers}
    return {
        pk: Facts(
            assignment=pk,
            worker=worker,
            programme=programme,
            policies=policies[policy],
            events=tuple(
                event
                for _on, _rank, _at, event in sorted(
                    [*away[worker], *recorded[pk]], key=lambda dated: dated[:3]
                )
            ),
            employed=tuple(employed.get(worker, ())),
            leaves=tuple(leaves.get(worker, ())),
            is_exempt=pk in exempt,
        )
        for pk, (worker, programme, policy) in held.items()
    }


def facts_of_one(assignment: Assignment) -> Facts:
    return facts_of([assignment.pk])[assignment.pk]


def facts_of_newcomers(workers: Collection[int], programme: Programme) -> dict[int, Facts]:
    """Facts per person to whom nothing happened yet with this programme. Three queries."""
    policies = _policies([programme.policy_id])[programme.policy_id]
    employed = periods_of(Employment, set(workers))
    leaves = periods_of(Leave, set(workers))
    return {
        worker: Facts(
            assignment=0,
            worker=worker,
            programme=programme.pk,
            policies=policies,
            events=tuple(
                event
                for _on, _rank, _at, event in sorted(
                    _away(employed.get(worker, []), leaves.get(worker, [])),
                    key=lambda dated: dated[:3],
                )
            ),
            employed=tuple(employed.get(worker, ())),
            leaves=tuple(leaves.get(worker, ())),
            is_exempt=False,
        )
        for worker in workers
    }


def _policies(wanted: Collection[int]) -> dict[int, tuple[PolicyPeriod, ...]]:
    found: defaultdict[int, list[PolicyPeriod]] = defaultdict(list)
    for row in PolicyTerms.objects.filter(policy__in=wanted).order_by("starts_on", "pk"):
        found[row.policy_id].append(PolicyPeriod(row.starts_on, row.facts))
    return {policy: tuple(periods) for policy, periods in found.items()}


def _recorded(
    held: Collection[int],
) -> tuple[defaultdict[int, list[Dated]], set[int]]:
    found: defaultdict[int, list[Dated]] = defaultdict(list)
    exempt: dict[int, bool] = {}
    rows = AssignmentEvent.objects.filter(assignment__in=list(held)).order_by("on", "pk")
    fields = rows.values_list("assignment_id", "kind", "on", "day", "waived", "at", "reason")
    for pk, kind, on, day, waived, at, reason in fields:
        event = Event(on, EventType(kind), day=day, waived=waived)
        found[pk].append((on, 2, at.timestamp(), event))
        if kind in {AssignmentEvent.Kind.ASSIGNED, AssignmentEvent.Kind.UNASSIGNED}:
            exempt[pk] = kind == AssignmentEvent.Kind.UNASSIGNED and reason.startswith("ex_")
    return found, {pk for pk, is_exempt in exempt.items() if is_exempt}


def _add_completions(found: defaultdict[int, list[Dated]], held: Collection[int]) -> None:
    """Completions that changed a date, with what was frozen then, and revocations."""
    rows = Completion.objects.counting().filter(assignment__in=list(held))
    for pk, source, done, through, covered, day, recorded_on, at in rows.values_list(
        "assignment_id",
        "source",
        "completed_on",
        "valid_through",
        "covered_through",
        "remembered_day",
        "recorded_on",
        "recorded_at",
    ):
        made = Certification(done, through, day, (covered - through).days)
        found[pk].append(_completed(source, made, recorded_on, at))
    revoked = Revocation.objects.filter(completion__assignment__in=list(held))
    for pk, on, done, at in revoked.values_list(
        "completion__assignment_id", "on", "completion__completed_on", "at"
    ):
        found[pk].append((on, 2, at.timestamp(), Event(on, EventType.REVOKED, day=done)))


def _completed(source: str, made: Certification, recorded_on: date, at: datetime) -> Dated:
    if source == Completion.Source.IMPORTED:
        event = Event(recorded_on, EventType.IMPORTED, day=made.completed_on, certification=made)
    else:
        event = Event(made.completed_on, EventType.COMPLETED, certification=made)
    return event.on, 2, at.timestamp(), event


def periods_of(
    model: type[Employment] | type[Leave], workers: Collection[int]
) -> dict[int, list[Period]]:
    """Periods per person in order of their start, without those that were withdrawn."""
    found: dict[int, list[Period]] = {}
    rows: Any = model.objects.filter(was_in_force(), user__in=workers)  # type: ignore[attr-defined]
    for person, starts_on, ends_before in rows.order_by("starts_on", "pk").values_list(
        "user_id", "starts_on", "ends_before"
    ):
        found.setdefault(person, []).append((starts_on, ends_before))
    return found


def _away(employed: list[Period], leaves: list[Period]) -> list[Dated]:
    """Leave, and leaving and coming back into service: at an employer, whichever it is."""
    found: list[Dated] = [
        (start, 1, 0.0, Event(start, EventType.LEAVE, day=end - DAY if end else None))
        for start, end in leaves
    ]
    through: date | None = None  # first day without work after the periods so far
    for place, (start, end) in enumerate(employed):
        if place and through is not None and start > through:
            found.append((through, 0, 0.0, Event(through, EventType.DEACTIVATED)))
            found.append((start, 0, 0.0, Event(start, EventType.REACTIVATED)))
        if place == 0 or (through is not None and (end is None or end > through)):
            through = end
        if through is None:
            return found
    if through is not None:
        found.append((through, 0, 0.0, Event(through, EventType.DEACTIVATED)))
    return found
