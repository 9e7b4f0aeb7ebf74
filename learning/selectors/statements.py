"""Coverage in SQL by hand: one statement for a whole scope, on PostgreSQL and SQLite.

Written out because the same in Django's words costs as much to compile as to run. Only marks for
parameters are put into the text. `learning.rules` says the same of one person, and tests compare.
"""

from collections.abc import Iterable
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

# A person is counted with the team, or by name where there are several teams to be counted in.
TALLIES_NOW = f"""
SELECT CASE WHEN h.first = h.last THEN h.first END,
  CASE WHEN h.first < h.last THEN h.person END, {GROUP_NOW}, COUNT(*)
FROM (
  SELECT e.user_id AS person, MIN(e.team_id) AS first, MAX(e.team_id) AS last
  FROM organisations_employment e
  WHERE e.team_id IN ({{teams}}) AND e.starts_on <= %(day)s
    AND (e.ends_before IS NULL OR e.ends_before > %(day)s)
  GROUP BY e.user_id
) h
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
# Sorted by assignment, because looking things up in the order of the table takes half the time.
ASKED = """(
    SELECT v.kind FROM learning_assignmentevent v
    WHERE v.assignment_id = h.assignment AND v."on" <= h.day
      AND v.kind IN ('assigned', 'unassigned')
    ORDER BY v."on" DESC, v.at DESC, v.id DESC LIMIT 1
  ) = 'assigned'"""
DONE = """EXISTS (
    SELECT 1 FROM learning_completion c LEFT JOIN learning_revocation r ON r.completion_id = c.id
    WHERE c.assignment_id = h.assignment AND c.completed_on <= h.day AND c.covered_through >= h.day
      AND (r."on" IS NULL OR r."on" > h.day)
  )"""
# An extension ends when the certification that it made longer is revoked: the furthest one then.
EXTENDED = """EXISTS (
    SELECT 1 FROM learning_assignmentevent x
    WHERE x.assignment_id = h.assignment AND x.kind = 'extended' AND x."on" <= h.day
      AND x.covered_through >= h.day AND NOT EXISTS (
        SELECT 1 FROM learning_revocation r JOIN learning_completion c ON c.id = r.completion_id
        WHERE c.assignment_id = h.assignment AND r.at >= x.at AND r."on" <= h.day AND NOT EXISTS (
          SELECT 1 FROM learning_completion o
          LEFT JOIN learning_revocation w ON w.completion_id = o.id
          WHERE o.assignment_id = h.assignment AND o.recorded_at <= r.at
            AND (w.at IS NULL OR w.at > r.at) AND (o.valid_through > c.valid_through
              OR (o.valid_through = c.valid_through AND o.completed_on > c.completed_on))
        )
      )
  )"""
PLACES = """FROM organisations_employment e
  JOIN organisations_team t ON t.id = e.team_id
  JOIN days d ON e.starts_on <= d.day AND (e.ends_before IS NULL OR e.ends_before > d.day)
  WHERE {scope}"""
AS_OF = f"""
WITH days(day) AS (VALUES {{days}}),
here AS (
  SELECT d.day AS day, e.user_id AS person, MIN({{place}}) AS first, MAX({{place}}) AS last
  {PLACES} GROUP BY d.day, e.user_id
),
known AS MATERIALIZED (
  SELECT h.day, h.first, h.last, h.person, {{most}}(
    CASE WHEN {ASKED} THEN CASE WHEN {DONE} OR {EXTENDED} THEN 1 ELSE 0 END END
  ) AS done
  FROM (
    SELECT h.day, h.first, h.last, h.person, a.id AS assignment
    FROM here h LEFT JOIN learning_assignment a ON a.worker_id = h.person AND {{programme}}
    ORDER BY a.id
  ) h
  {{each}}
)
SELECT h.day, CASE WHEN h.first = h.last THEN h.first END,
  CASE WHEN h.first < h.last THEN h.person END, CASE
    WHEN {AWAY_THEN} THEN CASE WHEN h.done IS NULL THEN 'unassigned_away' ELSE 'on_leave' END
    WHEN h.done IS NULL THEN 'unassigned'
    WHEN h.done = 1 THEN 'covered'
    ELSE 'not_covered'
  END, COUNT(*)
FROM known h
GROUP BY 1, 2, 3, 4"""  # noqa: S608 - constants of this module
SEVERAL = f"""
WITH days(day) AS (VALUES {{days}})
SELECT DISTINCT d.day, {{place}}, e.user_id {PLACES} AND e.user_id IN ({{people}})"""
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
    text, values = marks("team", teams)
    return rows_of(statement.replace("{teams}", text), values | parameters)


def marks(name: str, values: Iterable[Any], each: str = "{}") -> tuple[str, dict[str, Any]]:
    """Marks for the parameters, with their values; null where there are none."""
    named = {f"{name}{place}": value for place, value in enumerate(values)}
    return ", ".join(each.format(f"%({mark})s") for mark in named) or "NULL", named


def as_date(value: Any) -> date:
    """SQLite gives dates of a statement by hand as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)
