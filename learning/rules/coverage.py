"""Groups of standings that do not overlap and add up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from learning.rules.status import Standing, Status

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
    if standing.status is Status.UNASSIGNED:
        return Group.UNASSIGNED
    if standing.covered and standing.certified_through is not None:
        near = standing.certified_through - day <= SOON
        return Group.SOON if near else Group.COVERED
    if standing.status in LATE:
        return Group.OVERDUE
    return Group.NOT_YET


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
        """Everybody at work who has the training; leave and the unassigned are left out."""
        return self.covered + self.not_yet + self.overdue

    @property
    def total(self) -> int:
        return self.in_denominator + self.on_leave + self.unassigned

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
