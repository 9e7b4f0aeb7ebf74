"""Who is covered in the teams that somebody may see: now from `Validity`, earlier from facts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from learning.models import Programme
from learning.rules.coverage import SOON, Group, Tally, TeamTallies, per_team
from learning.rules.status import Dates, Standing, standing_on
from learning.selectors.counting import tallies_now
from learning.selectors.coverage import MonthTally, coverage_on, months_of
from learning.selectors.statements import ATTENTION, as_date, in_teams
from organisations.models import Employment, Team, User

ATTENTION_AT_MOST = 12


@dataclass(frozen=True)
class TeamRow:
    """One team with its own people, and with those of the teams below it where there are any."""

    team: Team
    depth: int
    parent_name: str
    tally: Tally
    whole: Tally | None


@dataclass(frozen=True)
class PersonRow:
    """One person's validity. No answers, scores or self-ratings come near this."""

    person: User
    job_function: str
    team_name: str
    standing: Standing
    group: Group
    can_remind: bool = False  # late, or due within 60 days; never on a past day


@dataclass(frozen=True)
class TeamOverview:
    """All teams in scope together: each person counts once."""

    day: date
    is_past: bool
    rows: tuple[TeamRow, ...]
    total: Tally
    months: tuple[MonthTally, ...]
    attention: tuple[PersonRow, ...]  # late first, then those that expire soon; none in the past

    @property
    def has_subteams(self) -> bool:
        return any(row.whole is not None for row in self.rows)


def team_overview(
    teams: Sequence[Team],
    programme: Programme | None,
    *,
    day: date,
    today: date,
    months: Sequence[date],
) -> TeamOverview:
    """Five queries at the most, however many teams and people; two statements in the past."""
    parents = {team.pk: team.parent_id for team in teams}
    chosen = programme.pk if programme else 0
    is_past = day < today
    found = coverage_on(day, parents, chosen) if is_past else tallies_today(parents, chosen, today)
    return TeamOverview(
        day=day,
        is_past=is_past,
        rows=_team_rows(teams, found),
        total=found.total,
        months=months_of(parents, chosen, day=day, months=months),
        attention=() if is_past else attention(teams, chosen, today=today),
    )


def tallies_today(parents: Mapping[int, int | None], programme: int, today: date) -> TeamTallies:
    """Per team today, own people and with the teams below. One statement, or two."""
    return per_team(tallies_now(list(parents), programme=programme, today=today), parents)


def _team_rows(teams: Sequence[Team], found: TeamTallies) -> tuple[TeamRow, ...]:
    names = {team.pk: team.name for team in teams}
    above = {team.parent_id for team in teams}
    return tuple(
        TeamRow(
            team=team,
            depth=depth,
            parent_name=names.get(team.parent_id or 0, ""),
            tally=found.own[team.pk],
            whole=found.whole[team.pk] if team.pk in above else None,
        )
        for team, depth in in_tree_order(teams)
    )


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


def attention(teams: Sequence[Team], programme: int, *, today: date) -> tuple[PersonRow, ...]:
    """Who is late or expires soon. Names are read for those that are shown only."""
    found = in_teams(
        ATTENTION,
        (team.pk for team in teams),
        day=today,
        soon=today + SOON,
        programme=programme,
        far=date.max,
        most=2 * ATTENTION_AT_MOST,  # somebody may be in two teams
    )
    rows = {row[0]: row for row in reversed(found)}
    shown = sorted(rows.values(), key=found.index)[:ATTENTION_AT_MOST]
    people = User.objects.in_bulk([row[0] for row in shown])
    names = {team.pk: team.name for team in teams}
    return tuple(
        PersonRow(
            person=people[person],
            job_function="",
            team_name=names.get(team, ""),
            standing=standing_on(dates_of(dates), today),
            group=Group(group),
            can_remind=True,
        )
        for person, team, group, *dates in shown
    )


def dates_of(row: Iterable[object]) -> Dates:
    """From the columns certified_through, covered_through, window_opens_on and due_on."""
    certified, covered, opens, due = (None if value is None else as_date(value) for value in row)
    return Dates(True, certified, covered, opens, due)


def people_at_work(team: Team, day: date) -> dict[int, Employment]:
    """One employment of each person in the team on the day, with the person. One query."""
    rows = Employment.objects.on(day).filter(team=team).select_related("user")
    return {row.user_id: row for row in rows.order_by("-starts_on", "-pk")}
