"""People counted per place and group, today and at the end of earlier days."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from learning.rules.coverage import SOON, Counted
from learning.selectors.statements import (
    AS_OF,
    BY_TEAM,
    SEVERAL,
    TALLIES_NOW,
    as_date,
    in_teams,
    marks,
    rows_of,
)


def tallies_now(teams: Collection[int], *, programme: int, today: date) -> list[Counted]:
    """How many people of each team are in each group today."""
    rows = in_teams(TALLIES_NOW, teams, day=today, soon=today + SOON, programme=programme)
    counted = [(today, *row) for row in rows]
    people = {person for _day, _team, person, _group, _number in counted if person is not None}
    places = _places([today], teams, None, BY_TEAM, people) if people else {}
    return [one for _day, one in _spread(counted, places)]


def as_of(
    days: Sequence[date],
    *,
    teams: Collection[int] | None = None,
    organisations: Collection[int] = (),
    programme: int | None,
    place: str,
) -> list[tuple[date, Counted]]:
    """How many people of each place were in each group at the end of each day.

    Over teams, or over all teams of organisations. Without a programme somebody is covered who is
    by anything that is asked of them.
    """
    if not days:
        return []
    statement, values = _scoped(AS_OF, days, teams, organisations, place)
    of_all = programme is None
    statement = (
        statement.replace("{most}", "MAX" if of_all else "")
        .replace("{each}", "GROUP BY h.day, h.first, h.last, h.person" if of_all else "")
        .replace("{programme}", "1 = 1" if of_all else "a.programme_id = %(programme)s")
    )
    rows = rows_of(statement, values | {"programme": programme})
    counted = [(as_date(day), *rest) for day, *rest in rows]
    people = {row[2] for row in counted if row[2] is not None}
    places = _places(days, teams, organisations, place, people) if people else {}
    return list(_spread(counted, places))


def _scoped(
    statement: str,
    days: Sequence[date],
    teams: Collection[int] | None,
    organisations: Collection[int] | None,
    place: str,
) -> tuple[str, dict[str, Any]]:
    field = "t.organisation_id" if teams is None else "e.team_id"
    text, values = marks("place", (organisations or ()) if teams is None else teams)
    day_marks, dates = marks("day", days, each="({})")
    scoped = (
        statement.replace("{days}", day_marks)
        .replace("{place}", place)
        .replace("{scope}", f"{field} IN ({text})")
    )
    return scoped, values | dates


def _places(
    days: Sequence[date],
    teams: Collection[int] | None,
    organisations: Collection[int] | None,
    place: str,
    people: Collection[int],
) -> dict[tuple[date, int], list[int]]:
    """Where those people are counted who are counted in several places."""
    statement, values = _scoped(SEVERAL, days, teams, organisations, place)
    text, named = marks("person", people)
    found: dict[tuple[date, int], list[int]] = {}
    for day, where, person in rows_of(statement.replace("{people}", text), values | named):
        found.setdefault((as_date(day), person), []).append(where)
    return found


def _spread(
    counted: Iterable[tuple[Any, ...]], places: Mapping[tuple[date, int], list[int]]
) -> Iterator[tuple[date, Counted]]:
    for day, place, person, group, number in counted:
        for where in [place] if person is None else places[day, person]:
            yield day, Counted(where, person, group, number)
