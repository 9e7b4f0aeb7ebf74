"""Groups of standings that do not overlap and add up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from learning.rules.recertification import Certification, Standing, Status, certification_on

SOON = timedelta(days=60)


class Group(StrEnum):
    """Where a person is counted on the page *Team*."""

    COVERED = "covered"
    SOON = "soon"
    NOT_YET = "not_yet"
    OVERDUE = "overdue"
    ON_LEAVE = "on_leave"
    UNASSIGNED = "unassigned"


LATE = {Status.OVERDUE, Status.EXPIRED}


def group_of(standing: Standing, day: date) -> Group | None:
    """The one group that a standing falls in; None for somebody who does not work here."""
    if standing.status is Status.INACTIVE:
        return None
    if standing.status is Status.ON_LEAVE:
        return Group.ON_LEAVE
    if standing.covered and standing.certified_through is not None:
        near = standing.certified_through - day <= SOON
        return Group.SOON if near else Group.COVERED
    if standing.status in LATE:
        return Group.OVERDUE
    return Group.NOT_YET if standing.status is Status.ASSIGNED else Group.UNASSIGNED


def group_on(
    *,
    day: date,
    assigned_on: date | None,
    first_due_on: date | None,
    certifications: Sequence[Certification],
    employed: bool,
    on_leave: bool,
) -> Group | None:
    """The group on the day without making a standing first: the same answer, five times as fast."""
    if not employed:
        return None
    if on_leave:
        return Group.ON_LEAVE
    current = certification_on(certifications, day)
    if current is not None and day <= current.valid_through:
        return Group.SOON if current.valid_through - day <= SOON else Group.COVERED
    if assigned_on is None or day < assigned_on:
        return Group.UNASSIGNED
    late = current is not None or (first_due_on is not None and day > first_due_on)
    return Group.OVERDUE if late else Group.NOT_YET


@dataclass(frozen=True)
class Tally:
    """How many people fall in each group; `soon` is part of those covered."""

    covered_beyond: int = 0
    soon: int = 0
    not_yet: int = 0
    overdue: int = 0
    on_leave: int = 0
    unassigned: int = 0

    @property
    def covered(self) -> int:
        return self.covered_beyond + self.soon

    @property
    def in_denominator(self) -> int:
        """Everybody at work, assigned or not; people on leave are left out."""
        return self.covered + self.not_yet + self.overdue + self.unassigned

    @property
    def total(self) -> int:
        return self.in_denominator + self.on_leave

    @property
    def share(self) -> float | None:
        """Covered among those at work, 0 to 1; None when nobody is."""
        return self.covered / self.in_denominator if self.in_denominator else None


def tally(groups: Iterable[Group | None]) -> Tally:
    counts = Counter(group for group in groups if group is not None)
    return Tally(
        covered_beyond=counts[Group.COVERED],
        soon=counts[Group.SOON],
        not_yet=counts[Group.NOT_YET],
        overdue=counts[Group.OVERDUE],
        on_leave=counts[Group.ON_LEAVE],
        unassigned=counts[Group.UNASSIGNED],
    )
