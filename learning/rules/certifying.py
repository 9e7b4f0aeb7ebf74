"""What a completion makes valid, and through which day.

Sources: DESIGN 3.4 and docs/adr/0013. All days are calendar days in Europe/Amsterdam; *valid
through D* ends at the end of D, at local midnight.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from learning.rules.calendar import add_months
from learning.rules.policy import Basis, Policy


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the calendar of *fixed* begins, with the day of the month that it remembers."""

    on: date
    remembered_day: int


@dataclass(frozen=True, slots=True)
class Certification:
    """One completion that counts.

    `remembered_day` is the day of the month of the series, so that 29 and 31 come back. The days
    of grace are those of the policy when it was completed: who was covered stays so.
    """

    completed_on: date
    valid_through: date
    remembered_day: int
    grace_days: int = 0

    @property
    def covered_through(self) -> date:
        """The last covered day, with the days of grace."""
        return self.valid_through + timedelta(days=self.grace_days)

    @property
    def anchor(self) -> Anchor:
        """The calendar that its expiry begins, where there was no due date to begin one."""
        return Anchor(self.valid_through, self.remembered_day)


def window_opens_on(valid_through: date, policy: Policy) -> date:
    """The first day on which renewing counts."""
    return add_months(valid_through, -policy.window_months)


def first_certification(
    completed_on: date,
    *,
    due_on: date | None,
    anchor: Anchor | None,
    policy: Policy,
    is_import: bool = False,
) -> Certification:
    """The first time, or again after everything lapsed.

    *Expiry*: in time it counts from the due date, late or without one from the completion. What
    was followed elsewhere counts from its own day. `anchor` is the first due date, from which
    *fixed* counts its calendar.
    """
    if policy.basis is Basis.FIXED and anchor is not None:
        return _on_the_calendar(completed_on, anchor, None, policy)
    in_time = due_on is not None and completed_on <= due_on and not is_import
    if policy.basis is Basis.EXPIRY and in_time and due_on is not None:
        return _counted_from(due_on, due_on.day, completed_on, policy)
    return _counted_from(completed_on, completed_on.day, completed_on, policy)


def renewal(
    completed_on: date, *, current: Certification, anchor: Anchor | None, policy: Policy
) -> Certification:
    """After a certification, in its window or later: the caller has looked whether it counts.

    *Expiry*: through the day of expiry it keeps the anniversary, later it counts from the
    completion. *Completion*: always from the completion. *Fixed*: the next date of the calendar
    that leaves the minimum period.
    """
    if policy.basis is Basis.FIXED:
        start = anchor or current.anchor
        return _on_the_calendar(completed_on, start, current.valid_through, policy)
    if policy.basis is Basis.EXPIRY and completed_on <= current.valid_through:
        return _counted_from(current.valid_through, current.remembered_day, completed_on, policy)
    return _counted_from(completed_on, completed_on.day, completed_on, policy)


def _counted_from(basis: date, day: int, completed_on: date, policy: Policy) -> Certification:
    through = add_months(basis, policy.active_months, remembered_day=day)
    return Certification(completed_on, through, day, policy.grace_days)


def _on_the_calendar(
    completed_on: date, anchor: Anchor, after: date | None, policy: Policy
) -> Certification:
    """The first of the anchor plus multiples of the active period that leaves the minimum."""
    least = add_months(completed_on, policy.minimum_months)
    months = (least.year - anchor.on.year) * 12 + least.month - anchor.on.month
    multiple = max(0, months // policy.active_months - 1)
    while True:
        months_on = multiple * policy.active_months
        through = add_months(anchor.on, months_on, remembered_day=anchor.remembered_day)
        if through >= least and (after is None or through > after):
            return Certification(completed_on, through, anchor.remembered_day, policy.grace_days)
        multiple += 1
