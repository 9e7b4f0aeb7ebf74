"""Who must renew or finish in the time to come, from the dates that hold now."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from learning.models import Programme
from learning.rules.calendar import add_months, first_of_month
from learning.rules.forecast import Forecast, forecast_of
from learning.rules.status import Standing, standing_on
from learning.selectors.statements import DUE, DUE_NAMES, as_date, in_teams
from learning.selectors.team import dates_of
from organisations.models import Team, User

NAMES_AT_MOST = 100
MONTHS = 12


@dataclass(frozen=True)
class FallsDue:
    """One person with the day by which to finish or renew."""

    person: User
    standing: Standing

    @property
    def renews(self) -> bool:
        return self.standing.certified_through is not None


@dataclass(frozen=True)
class TeamNames:
    team: Team
    people: tuple[FallsDue, ...]


def forecast(teams: Sequence[Team], programme: Programme | None, *, today: date) -> Forecast:
    """People at work who fall due, everybody once. One statement, however many there are."""
    months = [add_months(first_of_month(today), ahead) for ahead in range(MONTHS)]
    until = add_months(months[-1], 1) - timedelta(days=1)
    late = undated = 0
    coming: Counter[date] = Counter()
    for due_on, is_undated, number in in_teams(
        DUE,
        [team.pk for team in teams],
        day=today,
        until=until,
        programme=programme.pk if programme else 0,
    ):
        if due_on is not None:
            coming[as_date(due_on)] += number
        elif is_undated:
            undated += number
        else:
            late += number
    return forecast_of(coming, late=late, undated=undated, today=today, months=months)


def names_by_team(
    teams: Sequence[Team],
    programme: Programme | None,
    *,
    until: date,
    today: date,
) -> tuple[TeamNames, ...]:
    """Who falls due through the day or is late, per team, the earliest date first. Two queries."""
    rows = in_teams(
        DUE_NAMES,
        [team.pk for team in teams],
        day=today,
        until=until,
        programme=programme.pk if programme else 0,
        most=NAMES_AT_MOST,
    )
    people = User.objects.in_bulk([row[0] for row in rows])
    found: dict[int, list[FallsDue]] = {team.pk: [] for team in teams}
    for person, team, *dates in rows:
        found[team].append(FallsDue(people[person], standing_on(dates_of(dates), today)))
    return tuple(TeamNames(team, tuple(found[team.pk])) for team in teams if found[team.pk])
