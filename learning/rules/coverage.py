"""Groups of people that do not overlap and add up, per team and above it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    NOT_COVERED = "not_covered"  # on a past day, where late and not yet are not told apart


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
    """How many people fall in each group; `soon` is part of those covered.

    Late and not yet are told apart today. On a past day they stand together: `is_past`.
    """

    covered_beyond: int = 0
    soon: int = 0
    not_yet: int = 0
    overdue: int = 0
    on_leave: int = 0
    unassigned: int = 0
    undivided: int = 0  # not covered, on a past day

    @property
    def covered(self) -> int:
        return self.covered_beyond + self.soon

    @property
    def not_covered(self) -> int:
        return self.not_yet + self.overdue + self.undivided

    @property
    def in_denominator(self) -> int:
        """Everybody at work who has the training; leave and the unassigned are left out."""
        return self.covered + self.not_covered

    @property
    def total(self) -> int:
        return self.in_denominator + self.on_leave + self.unassigned

    @property
    def share(self) -> float | None:
        """Covered among those who count, 0 to 1; None when nobody does."""
        return self.covered / self.in_denominator if self.in_denominator else None


# The groups in the order of the fields of `Tally`, as plain text: members are slow to look up.
IN_ORDER = tuple(
    group.value
    for group in (
        Group.COVERED,
        Group.SOON,
        Group.NOT_YET,
        Group.OVERDUE,
        Group.ON_LEAVE,
        Group.UNASSIGNED,
        Group.NOT_COVERED,
    )
)


def tally(groups: Iterable[Group | None]) -> Tally:
    return tally_of(Counter(group for group in groups if group is not None))


def tally_of(counts: Mapping[str, int]) -> Tally:
    """From numbers per group."""
    return Tally(*(counts.get(group, 0) for group in IN_ORDER))


@dataclass(frozen=True)
class Counted:
    """So many people of a team in a group. `person` is set where one is in several teams."""

    team: int
    person: int | None
    group: str
    number: int


@dataclass(frozen=True)
class TeamTallies:
    """Own people per team, people with those of the teams below, and everybody once."""

    own: dict[int, Tally]
    whole: dict[int, Tally]
    total: Tally


@dataclass
class _Sums:
    own: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    whole: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    total: Counter[str] = field(default_factory=Counter)


def per_team(rows: Iterable[Counted], parents: Mapping[int, int | None]) -> TeamTallies:
    """Add teams up without counting anybody twice. `parents` holds the teams in scope."""
    sums = _Sums()
    shared: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    above = {team: _line_of(team, parents) for team in parents}
    for row in rows:
        sums.own[row.team][row.group] += row.number
        if row.person is not None:
            shared[row.person, row.group].add(row.team)
            continue
        sums.total[row.group] += row.number
        for team in above[row.team]:
            sums.whole[team][row.group] += row.number
    for (_person, group), teams in shared.items():
        sums.total[group] += 1
        for team in {one for start in teams for one in above[start]}:
            sums.whole[team][group] += 1
    return TeamTallies(
        own={team: tally_of(sums.own[team]) for team in parents},
        whole={team: tally_of(sums.whole[team]) for team in parents},
        total=tally_of(sums.total),
    )


def _line_of(team: int, parents: Mapping[int, int | None]) -> list[int]:
    """The team and those above it that are in scope; a loop ends the walk."""
    line: list[int] = []
    at: int | None = team
    while at is not None and at in parents and at not in line:
        line.append(at)
        at = parents[at]
    return line
