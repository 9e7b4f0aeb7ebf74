"""Whom other numbers of a policy touch, before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from learning.models import Assignment, Programme
from learning.rules.calendar import add_months
from learning.rules.consequences import (
    Change,
    Course,
    Effect,
    changes,
    course,
    day_of_renewal,
    renewal_change,
    renewed_through,
)
from learning.rules.policy import PolicyPeriod
from learning.rules.status import Status, status_on
from learning.selectors.facts import Facts, any_covers, facts_of
from organisations.access import Access
from organisations.models import User

MONTHS_AHEAD = 12
LATE = {Status.OVERDUE, Status.EXPIRED}


@dataclass(frozen=True)
class Touched:
    """A person for whom something changes, with the day now and the day then."""

    person: User
    change: Change


@dataclass(frozen=True)
class DayCount:
    """How many people are in a state on a day: under the numbers of now, and under the others."""

    day: date
    can_renew: tuple[int, int]
    late: tuple[int, int]

    @property
    def differs(self) -> bool:
        return self.can_renew[0] != self.can_renew[1] or self.late[0] != self.late[1]


@dataclass(frozen=True)
class PolicyPreview:
    """What follows if nothing but the numbers changes. People who left are not in it."""

    people: int
    effects: tuple[tuple[Effect, tuple[Touched, ...]], ...]  # none left out that touches anybody
    untouched: int
    days: tuple[DayCount, ...]

    @property
    def nobody_ends_earlier(self) -> bool:
        found = {effect for effect, _touched in self.effects}
        return not found & {Effect.ENDS_EARLIER, Effect.DUE_EARLIER}


def preview_of_terms(
    programme: Programme, period: PolicyPeriod, *, access: Access, today: date
) -> PolicyPreview:
    """Replay everybody with the programme whom this person keeps. Twelve queries."""
    held = (
        Assignment.objects.coordinated_by(access)
        .filter(programme=programme, validity__is_assigned=True)
        .filter(worker__in=User.objects.staff_of(access))
        .select_related("worker")
        .order_by("worker__last_name", "worker__first_name", "pk")
    )
    people = {row.pk: row.worker for row in held}
    facts = facts_of(list(people))
    days = _days(period.starts_on, today)
    played = {pk: _play(facts[pk], period, days) for pk in people}
    found: dict[Effect, list[Touched]] = {effect: [] for effect in Effect}
    touched = set()
    for pk, (now, then) in played.items():
        for change in _changes(facts[pk], now, then, period):
            found[change.effect].append(Touched(people[pk], change))
            touched.add(pk)
    return PolicyPreview(
        people=len(people),
        effects=tuple((effect, tuple(rows)) for effect, rows in found.items() if rows),
        untouched=len(people) - len(touched),
        days=tuple(_counted(facts, played, days)),
    )


def _days(starts_on: date, today: date) -> list[date]:
    """The day of the change, and the same day of the twelve months after it."""
    first = max(starts_on, today)
    return [add_months(first, ahead) for ahead in range(MONTHS_AHEAD + 1)]


def _play(facts: Facts, period: PolicyPeriod, days: Sequence[date]) -> tuple[Course, Course]:
    least = settings.LEAST_DAYS_TO_FINISH
    return (
        course(facts.events, facts.policies, days, least_days_to_finish=least),
        course(facts.events, with_period(facts, period), days, least_days_to_finish=least),
    )


def with_period(facts: Facts, period: PolicyPeriod) -> tuple[PolicyPeriod, ...]:
    """The periods with one more: of two that begin on one day the last added holds."""
    return tuple(sorted([*facts.policies, period], key=lambda one: one.starts_on))


def _changes(facts: Facts, now: Course, then: Course, period: PolicyPeriod) -> list[Change]:
    found = changes(now, then, starts_on=period.starts_on)
    if not now.dates[0].is_assigned or any_covers(facts.leaves, period.starts_on):
        return found
    both = (facts.policies, with_period(facts, period))
    done_on = day_of_renewal(now.dates[0], both, starts_on=period.starts_on)
    least = settings.LEAST_DAYS_TO_FINISH
    before, after = (
        renewed_through(facts.events, one, done_on, least_days_to_finish=least) for one in both
    )
    return [*found, *renewal_change(before, after)]


def _counted(
    facts: dict[int, Facts], played: dict[int, tuple[Course, Course]], days: Sequence[date]
) -> list[DayCount]:
    found = []
    for place, day in enumerate(days):
        sides = [
            [_status(facts[pk], both[side], place, day) for pk, both in played.items()]
            for side in (0, 1)
        ]
        found.append(
            DayCount(
                day,
                can_renew=_both(sides, {Status.WINDOW_OPEN}),
                late=_both(sides, LATE),
            )
        )
    return found


def _both(sides: Sequence[Sequence[Status]], wanted: set[Status]) -> tuple[int, int]:
    now, then = (sum(one in wanted for one in side) for side in sides)
    return now, then


def _status(facts: Facts, one: Course, place: int, day: date) -> Status:
    return status_on(
        one.dates[place],
        day,
        employed=any_covers(facts.employed, day),
        on_leave=any_covers(facts.leaves, day),
    )
