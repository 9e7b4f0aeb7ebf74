"""Who is covered in the teams that somebody may see, on any day, with the team as it was."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from learning.rules.calendar import first_of_month, last_of_month
from learning.rules.coverage import Group, Tally, group_of, tally
from learning.rules.status import Standing
from learning.selectors.standing import PersonFacts, facts_of_people
from organisations.access import Access
from organisations.models import Employment, Team, User
from organisations.querysets import EmploymentQuerySet
from organisations.rules.periods import covers


@dataclass(frozen=True)
class TeamRow:
    """One team with its own people; people of subteams are counted there."""

    team: Team
    depth: int
    parent_name: str
    tally: Tally


@dataclass(frozen=True)
class PersonRow:
    """One person's validity. No answers, scores or self-ratings come near this."""

    person: User
    job_function: str
    team_name: str
    standing: Standing
    group: Group


@dataclass(frozen=True)
class MonthTally:
    month: date
    day: date  # the month's last day, or the day asked for in the current month
    tally: Tally


@dataclass(frozen=True)
class TeamOverview:
    """All teams in scope together: each person counts once."""

    day: date
    rows: tuple[TeamRow, ...]
    total: Tally
    months: tuple[MonthTally, ...]
    attention: tuple[PersonRow, ...]  # late first, then those that expire soon


@dataclass(frozen=True)
class _Place:
    """That somebody works in a team for a period."""

    person: int
    team: int
    job_function: str
    starts_on: date
    ends_before: date | None

    def holds_on(self, day: date) -> bool:
        return covers(starts_on=self.starts_on, ends_before=self.ends_before, day=day)


ATTENTION_AT_MOST = 12
URGENCY = {Group.OVERDUE: 0, Group.SOON: 1}


def team_overview(access: Access, *, day: date, months: Sequence[date]) -> TeamOverview:
    """Seven queries, however many teams and people."""
    teams = list(Team.objects.visible_to(access).order_by("name", "pk"))
    employments = Employment.objects.filter(team__in=Team.objects.visible_to(access))
    places = _places(employments)
    facts = facts_of_people(employments)
    names = {team.pk: team.name for team in teams}
    here = [place for place in places if place.holds_on(day)]
    members: defaultdict[int, set[int]] = defaultdict(set)
    for place in here:
        members[place.team].add(place.person)
    groups = {place.person: facts[place.person].group_on(day) for place in here}
    return TeamOverview(
        day=day,
        rows=tuple(
            TeamRow(
                team=team,
                depth=depth,
                parent_name=names.get(team.parent_id or 0, ""),
                tally=tally(groups[person] for person in members[team.pk]),
            )
            for team, depth in in_tree_order(teams)
        ),
        total=tally(groups.values()),
        months=_by_month(places, facts, day, months),
        attention=_attention(here, facts, groups, names, day),
    )


def _places(employments: EmploymentQuerySet) -> list[_Place]:
    rows = employments.order_by("starts_on", "pk").values_list(
        "user_id", "team_id", "job_function", "starts_on", "ends_before"
    )
    return [_Place(*row) for row in rows]


def in_tree_order(teams: Sequence[Team]) -> list[tuple[Team, int]]:
    """Teams with their depth, each under the one it is part of; loose ones count as roots."""
    known = {team.pk for team in teams}
    children: defaultdict[int | None, list[Team]] = defaultdict(list)
    for team in teams:
        children[team.parent_id if team.parent_id in known else None].append(team)
    ordered: list[tuple[Team, int]] = []
    waiting = [(team, 0) for team in reversed(children[None])]
    while waiting:
        team, depth = waiting.pop()
        ordered.append((team, depth))
        waiting.extend((child, depth + 1) for child in reversed(children[team.pk]))
    return ordered


def _by_month(
    places: Sequence[_Place], facts: dict[int, PersonFacts], day: date, months: Sequence[date]
) -> tuple[MonthTally, ...]:
    found = []
    for month in months:
        if month > first_of_month(day):
            continue
        end = min(last_of_month(month), day)
        present = {place.person for place in places if place.holds_on(end)}
        groups = (facts[person].group_on(end) for person in present)
        found.append(MonthTally(month=month, day=end, tally=tally(groups)))
    return tuple(found)


def _attention(
    here: Sequence[_Place],
    facts: dict[int, PersonFacts],
    groups: dict[int, Group | None],
    team_names: dict[int, str],
    day: date,
) -> tuple[PersonRow, ...]:
    """Names are read for those that are shown only."""
    urgent = [place for place in here if groups[place.person] in URGENCY]
    standings = {place.person: facts[place.person].standing_on(day) for place in urgent}
    urgent.sort(
        key=lambda place: (
            URGENCY[groups[place.person] or Group.SOON],
            standings[place.person].due_on or date.max,
            place.person,
        )
    )
    return _rows(urgent[:ATTENTION_AT_MOST], standings, groups, team_names)


def _rows(
    places: Sequence[_Place],
    standings: dict[int, Standing],
    groups: dict[int, Group | None],
    team_names: dict[int, str],
) -> tuple[PersonRow, ...]:
    people = User.objects.in_bulk([place.person for place in places])
    labels = dict(Employment.JobFunction.choices)
    return tuple(
        PersonRow(
            person=people[place.person],
            job_function=str(labels.get(place.job_function, "")),
            team_name=team_names.get(place.team, ""),
            standing=standings[place.person],
            group=groups[place.person] or Group.UNASSIGNED,
        )
        for place in places
    )


def people_of_team(team: Team, *, day: date) -> tuple[PersonRow, ...]:
    """Everybody who works in the team on the day, the late ones first. Six queries."""
    employments = Employment.objects.filter(team=team)
    here = [place for place in _places(employments) if place.holds_on(day)]
    facts = facts_of_people(employments)
    standings = {place.person: facts[place.person].standing_on(day) for place in here}
    groups = {person: group_of(standing, day) for person, standing in standings.items()}
    rows = _rows(here, standings, groups, {team.pk: team.name})
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                URGENCY.get(row.group, 2),
                (row.standing.due_on or date.max) if row.group in URGENCY else date.max,
                row.person.last_name,
                row.person.first_name,
                row.person.pk,
            ),
        )
    )
