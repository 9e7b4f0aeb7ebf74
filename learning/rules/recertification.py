"""When training is valid, when it may be renewed, and what somebody's standing is on a day.

Sources: DESIGN 3.4 and docs/adr/0013. Basis *expiry*: a renewal inside the window keeps the
anniversary; one after the expiry counts from the day of completion; one before the window is
history and changes no date. The first certification counts from the due date when it is in time,
else from the completion. All days are calendar days in Europe/Amsterdam; *valid through D* ends
at the end of D.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from learning.rules.calendar import add_months


@dataclass(frozen=True)
class Policy:
    """How long a certification is valid and how early it may be renewed, in months."""

    active_months: int = 12
    window_months: int = 1


@dataclass(frozen=True)
class Certification:
    """One valid completion.

    `remembered_day` is the day of the month of the series, so that 29 February comes back.
    """

    completed_on: date
    valid_through: date
    remembered_day: int


class Status(StrEnum):
    """Where somebody stands with one programme on one day."""

    UNASSIGNED = "unassigned"
    ASSIGNED = "assigned"
    CERTIFIED = "certified"
    WINDOW_OPEN = "window_open"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    ON_LEAVE = "on_leave"
    INACTIVE = "inactive"


@dataclass(frozen=True)
class Standing:
    """Somebody's standing on a day; `covered` and `status` are computed, never stored."""

    status: Status
    covered: bool
    in_denominator: bool
    due_on: date | None
    window_opens_on: date | None
    certified_through: date | None


def window_opens_on(valid_through: date, policy: Policy) -> date:
    """The first day on which renewing counts from the expiry."""
    return add_months(valid_through, -policy.window_months)


def certify(
    *,
    completed_on: date,
    first_due_on: date | None,
    current: Certification | None,
    policy: Policy,
) -> Certification | None:
    """What a completion on this day makes valid, or None where it is history only (too early)."""
    if current is None:
        in_time = first_due_on is not None and completed_on <= first_due_on
        basis = first_due_on if in_time and first_due_on else completed_on
        return _from_basis(completed_on, basis, basis.day, policy)
    if completed_on < window_opens_on(current.valid_through, policy):
        return None
    if completed_on <= current.valid_through:
        return _from_basis(completed_on, current.valid_through, current.remembered_day, policy)
    return _from_basis(completed_on, completed_on, completed_on.day, policy)


def _from_basis(completed_on: date, basis: date, day: int, policy: Policy) -> Certification:
    through = add_months(basis, policy.active_months, remembered_day=day)
    return Certification(completed_on=completed_on, valid_through=through, remembered_day=day)


def certification_on(certifications: Sequence[Certification], day: date) -> Certification | None:
    """The certification that counts on the day: of those completed by then, the furthest valid."""
    best: Certification | None = None
    for one in certifications:  # a plain loop: this runs for every person in every month
        if one.completed_on <= day and (best is None or _outlasts(one, best)):
            best = one
    return best


def _outlasts(one: Certification, other: Certification) -> bool:
    return (one.valid_through, one.completed_on) > (other.valid_through, other.completed_on)


def standing(
    *,
    assigned_on: date | None,
    first_due_on: date | None,
    certifications: Sequence[Certification],
    policy: Policy,
    day: date,
    employed: bool = True,
    on_leave: bool = False,
) -> Standing:
    """The standing on the day, from facts alone; facts of a later day play no part.

    On leave and out of service the validity still runs, but the person is outside the
    denominator of coverage and nothing is asked of them. Who has no training yet is inside it:
    before a training begins coverage is 0, not unknown.
    """
    current = certification_on(certifications, day)
    covered = current is not None and day <= current.valid_through
    status = _status(assigned_on, first_due_on, current, policy, day)
    if not employed:
        status = Status.INACTIVE
    elif on_leave:
        status = Status.ON_LEAVE
    return Standing(
        status=status,
        covered=covered,
        in_denominator=employed and not on_leave,
        due_on=current.valid_through if current else first_due_on,
        window_opens_on=window_opens_on(current.valid_through, policy) if current else None,
        certified_through=current.valid_through if current else None,
    )


def _status(
    assigned_on: date | None,
    first_due_on: date | None,
    current: Certification | None,
    policy: Policy,
    day: date,
) -> Status:
    if assigned_on is None or day < assigned_on:
        return Status.UNASSIGNED
    if current is None:
        late = first_due_on is not None and day > first_due_on
        return Status.OVERDUE if late else Status.ASSIGNED
    if day > current.valid_through:
        return Status.EXPIRED
    if day >= window_opens_on(current.valid_through, policy):
        return Status.WINDOW_OPEN
    return Status.CERTIFIED


def may_start(standing: Standing) -> bool:
    """Whether training now counts: before the first certification, in the window, or after it."""
    return standing.status in {
        Status.ASSIGNED,
        Status.OVERDUE,
        Status.WINDOW_OPEN,
        Status.EXPIRED,
    }
