"""Coverage in SQL by hand: one statement for a whole scope, on PostgreSQL and SQLite.

Written out because the same in Django's words costs as much to compile as to run. Only marks for
parameters are put into the text. `learning.rules` says the same of one person, and tests compare.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

# People at work in the teams today, and the one group of each (rules.status, rules.coverage).
HERE_NOW = """
here AS (
  SELECT DISTINCT e.team_id AS team, e.user_id AS person
  FROM organisations_employment e
  WHERE e.team_id IN ({teams}) AND e.starts_on <= %(day)s
    AND (e.ends_before IS NULL OR e.ends_before > %(day)s)
)"""
AWAY = """EXISTS (
    SELECT 1 FROM organisations_leave l
    WHERE l.user_id = h.person AND l.starts_on <= {day}
      AND (l.ends_before IS NULL OR l.ends_before > {day})
  )"""
AWAY_NOW, AWAY_THEN = AWAY.replace("{day}", "%(day)s"), AWAY.replace("{day}", "h.day")
GROUP_NOW = f"""CASE
    WHEN v.is_assigned IS NULL OR NOT v.is_assigned THEN 'unassigned'
    WHEN {AWAY_NOW} THEN 'on_leave'
    WHEN v.covered_through >= %(day)s
      THEN CASE WHEN v.certified_through <= %(soon)s THEN 'soon' ELSE 'covered' END
    WHEN v.certified_through IS NOT NULL OR v.due_on < %(day)s THEN 'overdue'
    ELSE 'not_yet'
  END"""
HELD_NOW = """LEFT JOIN learning_validity v
  ON v.worker_id = h.person AND v.programme_id = %(programme)s"""
SEVERAL = "several AS (SELECT person FROM here GROUP BY person HAVING COUNT(*) > 1)"

TALLIES_NOW = f"""
WITH {HERE_NOW}, {SEVERAL}
SELECT h.team, s.person, {GROUP_NOW}, COUNT(*)
FROM here h
LEFT JOIN several s ON s.person = h.person
{HELD_NOW}
GROUP BY 1, 2, 3"""  # noqa: S608 - constants of this module

# The late ones first, then those that expire soon; each by date.
ATTENTION = f"""
WITH {HERE_NOW}, grouped AS (
  SELECT h.person, h.team, {GROUP_NOW} AS found, v.is_assigned, v.certified_through,
    v.covered_through, v.window_opens_on, v.due_on
  FROM here h {HELD_NOW}
  WHERE v.is_assigned AND (v.certified_through <= %(soon)s OR v.due_on < %(day)s)
)
SELECT person, team, found, certified_through, covered_through, window_opens_on, due_on
FROM grouped WHERE found IN ('overdue', 'soon')
ORDER BY found, COALESCE(due_on, %(far)s), person, team
LIMIT %(most)s"""  # noqa: S608 - constants of this module

# Who must renew or finish, per due date; what has passed stands together as null.
DUE = f"""
WITH {HERE_NOW}, people AS (SELECT DISTINCT person FROM here)
SELECT CASE WHEN v.due_on < %(day)s THEN NULL ELSE v.due_on END, v.due_on IS NULL, COUNT(*)
FROM people h
JOIN learning_validity v ON v.worker_id = h.person AND v.programme_id = %(programme)s
WHERE v.is_assigned AND (v.due_on IS NULL OR v.due_on <= %(until)s) AND NOT {AWAY_NOW}
GROUP BY 1, 2"""  # noqa: S608 - constants of this module

DUE_NAMES = f"""
WITH {HERE_NOW}
SELECT h.person, MIN(h.team), v.certified_through, v.covered_through, v.window_opens_on, v.due_on
FROM here h
JOIN learning_validity v ON v.worker_id = h.person AND v.programme_id = %(programme)s
WHERE v.is_assigned AND v.due_on <= %(until)s AND NOT {AWAY_NOW}
GROUP BY h.person, v.certified_through, v.covered_through, v.window_opens_on, v.due_on
ORDER BY v.due_on, h.person
LIMIT %(most)s"""  # noqa: S608 - constants of this module

# As it was at the end of each of the days, from the facts and with the teams of then. Completed
# elsewhere counts from the day of completion; a revocation or anything else from its own day.
AS_OF = f"""
WITH days(day) AS (VALUES {{days}}),
here AS (
  SELECT DISTINCT d.day AS day, {{place}} AS place, e.user_id AS person
  FROM organisations_employment e
  JOIN organisations_team t ON t.id = e.team_id
  JOIN days d ON e.starts_on <= d.day AND (e.ends_before IS NULL OR e.ends_before > d.day)
  WHERE {{scope}}
),
several AS (SELECT day, person FROM here GROUP BY day, person HAVING COUNT(*) > 1),
held AS (
  SELECT a.id AS id, a.worker_id AS person FROM learning_assignment a
  WHERE {{programme}} AND a.worker_id IN (SELECT person FROM here)
),
turns AS (
  SELECT v.assignment_id AS id, v.kind AS kind, v."on" AS since,
    LEAD(v."on") OVER (PARTITION BY v.assignment_id ORDER BY v."on", v.at, v.id) AS until
  FROM learning_assignmentevent v
  WHERE v.kind IN ('assigned', 'unassigned') AND v.assignment_id IN (SELECT id FROM held)
),
spans AS (
  SELECT c.assignment_id AS id, c.completed_on AS since, c.covered_through AS through,
    r."on" AS revoked
  FROM learning_completion c LEFT JOIN learning_revocation r ON r.completion_id = c.id
  WHERE c.covered_through >= %(first)s AND c.completed_on <= %(last)s
    AND c.assignment_id IN (SELECT id FROM held)
  UNION ALL
  SELECT x.assignment_id, x."on", x.covered_through, (
    SELECT MIN(r."on") FROM learning_revocation r
    JOIN learning_completion c ON c.id = r.completion_id
    WHERE c.assignment_id = x.assignment_id AND r.at >= x.at AND NOT EXISTS (
      SELECT 1 FROM learning_completion o LEFT JOIN learning_revocation w ON w.completion_id = o.id
      WHERE o.assignment_id = c.assignment_id AND o.recorded_at <= r.at
        AND (w.at IS NULL OR w.at > r.at) AND (o.valid_through > c.valid_through
          OR (o.valid_through = c.valid_through AND o.completed_on > c.completed_on))
    )
  )
  FROM learning_assignmentevent x
  WHERE x.kind = 'extended' AND x.covered_through >= %(first)s AND x."on" <= %(last)s
    AND x.assignment_id IN (SELECT id FROM held)
),
asked AS (
  SELECT d.day AS day, t.id AS id FROM turns t
  JOIN days d ON t.since <= d.day AND (t.until IS NULL OR t.until > d.day)
  WHERE t.kind = 'assigned'
),
done AS (
  SELECT DISTINCT d.day AS day, s.id AS id FROM spans s
  JOIN days d ON s.since <= d.day AND s.through >= d.day
    AND (s.revoked IS NULL OR s.revoked > d.day)
),
known AS (
  SELECT k.day AS day, a.person AS person, MIN(CASE WHEN c.id IS NULL THEN 0 ELSE 1 END) AS done
  FROM held a JOIN asked k ON k.id = a.id LEFT JOIN done c ON c.day = k.day AND c.id = k.id
  GROUP BY k.day, a.person
)
SELECT h.day, h.place, s.person, CASE
    WHEN {AWAY_THEN}
      THEN CASE WHEN k.done IS NULL THEN 'unassigned_away' ELSE 'on_leave' END
    WHEN k.done IS NULL THEN 'unassigned'
    WHEN k.done = 1 THEN 'covered'
    ELSE 'not_covered'
  END, COUNT(*)
FROM here h
LEFT JOIN several s ON s.day = h.day AND s.person = h.person
LEFT JOIN known k ON k.day = h.day AND k.person = h.person
GROUP BY 1, 2, 3, 4"""  # noqa: S608 - constants of this module
BY_TEAM, BY_ORGANISATION, TOGETHER = "e.team_id", "t.organisation_id", "0"


def rows_of(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What the statement answers; dates go in as the database takes them."""
    adapted = {
        name: connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
        for name, value in parameters.items()
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, adapted)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def in_teams(statement: str, teams: Iterable[int], **parameters: Any) -> list[tuple[Any, ...]]:
    """A statement of today over the teams."""
    marks, values = _marks("team", teams)
    return rows_of(statement.replace("{teams}", marks), values | parameters)


def as_of(
    days: Sequence[date],
    *,
    teams: Collection[int] | None = None,
    organisations: Collection[int] = (),
    programme: int | None,
    place: str,
) -> list[tuple[date, int, int | None, str, int]]:
    """(day, place, person where in several places, group, number) at the end of each day.

    Over teams, or over all teams of organisations. Without a programme somebody is covered who is
    for everything that is asked of them.
    """
    if not days:
        return []
    field = "t.organisation_id" if teams is None else "e.team_id"
    marks, values = _marks("place", organisations if teams is None else teams)
    day_marks, dates = _marks("day", days, each="({})")
    statement = (
        AS_OF.replace("{days}", day_marks)
        .replace("{place}", place)
        .replace("{scope}", f"{field} IN ({marks})")
        .replace("{programme}", "1 = 1" if programme is None else "a.programme_id = %(programme)s")
    )
    values |= dates | {"programme": programme, "first": min(days), "last": max(days)}
    return [(as_date(day), *rest) for day, *rest in rows_of(statement, values)]  # type: ignore[misc]


def _marks(name: str, values: Iterable[Any], each: str = "{}") -> tuple[str, dict[str, Any]]:
    """Marks for the parameters, with their values; null where there are none."""
    named = {f"{name}{place}": value for place, value in enumerate(values)}
    return ", ".join(each.format(f"%({mark})s") for mark in named) or "NULL", named


def as_date(value: Any) -> date:
    """SQLite gives dates of a statement by hand as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)
