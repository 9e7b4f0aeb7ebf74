"""Where somebody stands with one programme on a day: computed from dates, never stored."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates that hold for somebody with a programme, from the facts known on a day.

    `certified_through` is the last valid day, with an extension; `covered_through` adds the days
    of grace. `due_on` is null where it is still to be decided.
    """

    is_assigned: bool = False
    certified_through: date | None = None
    covered_through: date | None = None
    window_opens_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The status on one day, with the dates behind it."""

    status: Status
    covered: bool
    in_denominator: bool
    due_on: date | None
    window_opens_on: date | None
    certified_through: date | None


def status_on(  # noqa: PLR0911 - one line per status
    dates: Dates, day: date, *, employed: bool, on_leave: bool
) -> Status:
    """The one status of the day."""
    if not employed:
        return Status.INACTIVE
    if not dates.is_assigned:
        return Status.UNASSIGNED
    if on_leave:
        return Status.ON_LEAVE
    if dates.certified_through is None or dates.covered_through is None:
        late = dates.due_on is not None and day > dates.due_on
        return Status.OVERDUE if late else Status.ASSIGNED
    if day > dates.covered_through:
        return Status.EXPIRED
    if day > dates.certified_through:
        return Status.OVERDUE
    opens = dates.window_opens_on
    return Status.WINDOW_OPEN if opens is not None and day >= opens else Status.CERTIFIED


def standing_on(
    dates: Dates, day: date, *, employed: bool = True, on_leave: bool = False
) -> Standing:
    """On leave and out of service validity runs on, outside the denominator of coverage."""
    return Standing(
        status=status_on(dates, day, employed=employed, on_leave=on_leave),
        covered=dates.covered_through is not None and day <= dates.covered_through,
        in_denominator=employed and dates.is_assigned and not on_leave,
        due_on=dates.due_on if dates.is_assigned else None,
        window_opens_on=dates.window_opens_on if dates.is_assigned else None,
        certified_through=dates.certified_through,
    )
