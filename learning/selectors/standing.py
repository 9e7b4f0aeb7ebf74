"""Facts about people's training, gathered for the rules."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from learning.models import Assignment, Completion
from learning.rules.coverage import Group, group_on
from learning.rules.recertification import Certification, Policy, Standing, standing
from organisations.models import Employment, Leave
from organisations.querysets import EmploymentQuerySet, LeaveQuerySet
from organisations.rules.periods import covers

Period = tuple[date, date | None]


def standing_of(assignment: Assignment, day: date) -> Standing:
    """The standing of one person's assignment, as the worker sees it. Two queries.

    Whether the person is at work plays no part here: a worker on leave may train.
    """
    return standing(
        assigned_on=assignment.assigned_on,
        first_due_on=assignment.first_due_on,
        certifications=[completion.facts for completion in assignment.completions.all()],
        policy=assignment.programme.policy.facts,
        day=day,
    )


@dataclass(frozen=True)
class PersonFacts:
    """What decides one person's standing on any day."""

    assigned_on: date | None
    first_due_on: date | None
    policy: Policy
    certifications: tuple[Certification, ...]
    employed: tuple[Period, ...]
    leaves: tuple[Period, ...]

    def standing_on(self, day: date) -> Standing:
        """Computed from the facts; knows nothing that happened after the day."""
        return standing(
            assigned_on=self.assigned_on,
            first_due_on=self.first_due_on,
            certifications=self.certifications,
            policy=self.policy,
            day=day,
            employed=_any_covers(self.employed, day),
            on_leave=self.on_leave(day),
        )

    def group_on(self, day: date) -> Group | None:
        """Where the person is counted on the page *Team*."""
        return group_on(
            day=day,
            assigned_on=self.assigned_on,
            first_due_on=self.first_due_on,
            certifications=self.certifications,
            employed=_any_covers(self.employed, day),
            on_leave=self.on_leave(day),
        )

    def on_leave(self, day: date) -> bool:
        return _any_covers(self.leaves, day)

    def covered_on(self, day: date) -> bool:
        """Whether a certification is valid on the day."""
        return any(c.completed_on <= day <= c.valid_through for c in self.certifications)


def _any_covers(periods: Sequence[Period], day: date) -> bool:
    for start, end in periods:  # noqa: SIM110 - runs for every person in every month
        if covers(starts_on=start, ends_before=end, day=day):
            return True
    return False


def facts_of_people(employments: EmploymentQuerySet) -> dict[int, PersonFacts]:
    """Facts per person who has an employment among those given, as of any day.

    Four queries however many people there are. With more than one programme the first assigned
    one counts: there is one mandatory programme.
    """
    people = employments.order_by().values("user")
    employed = _periods(employments)
    leaves = _periods(Leave.objects.filter(user__in=people))
    certifications: defaultdict[int, list[Certification]] = defaultdict(list)
    for assignment, completed_on, valid_through, remembered_day in (
        Completion.objects.filter(worker__in=people)
        .order_by("completed_on", "pk")
        .values_list("assignment_id", "completed_on", "valid_through", "remembered_day")
    ):
        certifications[assignment].append(
            Certification(completed_on, valid_through, remembered_day)
        )
    assigned = _assignments(people)
    return {
        person: PersonFacts(
            assigned_on=assigned[person].assigned_on if person in assigned else None,
            first_due_on=assigned[person].first_due_on if person in assigned else None,
            policy=assigned[person].policy if person in assigned else Policy(),
            certifications=tuple(certifications[assigned[person].pk]) if person in assigned else (),
            employed=tuple(periods),
            leaves=tuple(leaves.get(person, ())),
        )
        for person, periods in employed.items()
    }


@dataclass(frozen=True)
class _Assigned:
    pk: int
    assigned_on: date
    first_due_on: date
    policy: Policy


def _assignments(people: QuerySet[Employment, Any]) -> dict[int, _Assigned]:
    """The first assignment of each person."""
    rows = (
        Assignment.objects.filter(worker__in=people)
        .order_by("-assigned_on", "-pk")
        .values_list(
            "worker_id",
            "pk",
            "assigned_on",
            "first_due_on",
            "programme__policy__active_months",
            "programme__policy__window_months",
        )
    )
    return {
        worker: _Assigned(pk, assigned_on, first_due_on, Policy(active, window))
        for worker, pk, assigned_on, first_due_on, active, window in rows
    }


def _periods(rows: EmploymentQuerySet | LeaveQuerySet) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = {}
    for person, starts_on, ends_before in rows.order_by("starts_on", "pk").values_list(
        "user_id", "starts_on", "ends_before"
    ):
        found.setdefault(person, []).append((starts_on, ends_before))
    return found
