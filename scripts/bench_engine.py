"""What the engine costs beside one SQL statement by hand for the same answer.

The daily run, and coverage per team as of a date and today, at growing numbers of people. Run by
`make bench` after the pages. BENCH_PEOPLE names the sizes, people x programmes; 100000x10 takes
some minutes and 6 GB to make.
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection

from learning.actions.daily import follow_calendar
from learning.models import Programme, Validity
from learning.rules.calendar import months_back_from
from learning.rules.coverage import Tally
from learning.selectors.coverage import coverage_on, months_of
from learning.selectors.team import tallies_today, team_overview
from organisations.models import Organisation, Team
from scripts.bench_scale import AS_OF, AT, FIRST, Scale, grow_to

RUNS = 5
PAST = date(2025, 9, 30)
SIZES = os.environ.get("BENCH_PEOPLE", "10000x10,100000x1")

CHANGES_BY_HAND = """
SELECT COUNT(*) FROM (
  SELECT c.assignment_id, MAX(c.valid_through) AS through, MAX(c.covered_through) AS covered
  FROM learning_completion c
  LEFT JOIN learning_revocation r ON r.completion_id = c.id
  WHERE r.id IS NULL GROUP BY c.assignment_id
) x WHERE (through - interval '1 month')::date = %(day)s OR covered + 1 = %(day)s"""

COVERAGE_BY_HAND = """
SELECT e.team_id, COUNT(*) FILTER (WHERE EXISTS (
    SELECT 1 FROM learning_completion c LEFT JOIN learning_revocation r ON r.completion_id = c.id
    WHERE c.assignment_id = a.id AND c.completed_on <= %(day)s AND c.covered_through >= %(day)s
      AND (r."on" IS NULL OR r."on" > %(day)s)
  )), COUNT(*)
FROM organisations_employment e
JOIN organisations_team t ON t.id = e.team_id
JOIN learning_assignment a ON a.worker_id = e.user_id AND a.programme_id = %(programme)s
JOIN LATERAL (
  SELECT v.kind FROM learning_assignmentevent v
  WHERE v.assignment_id = a.id AND v."on" <= %(day)s AND v.kind IN ('assigned', 'unassigned')
  ORDER BY v."on" DESC, v.at DESC, v.id DESC LIMIT 1
) g ON g.kind = 'assigned'
WHERE t.organisation_id = %(organisation)s
  AND e.starts_on <= %(day)s AND (e.ends_before IS NULL OR e.ends_before > %(day)s)
  AND NOT EXISTS (SELECT 1 FROM organisations_leave l WHERE l.user_id = e.user_id
    AND l.starts_on <= %(day)s AND (l.ends_before IS NULL OR l.ends_before > %(day)s))
GROUP BY e.team_id"""

TODAY_BY_HAND = """
SELECT e.team_id, COUNT(*) FILTER (WHERE v.covered_through >= %(day)s), COUNT(*)
FROM organisations_employment e
JOIN organisations_team t ON t.id = e.team_id
JOIN learning_validity v ON v.worker_id = e.user_id AND v.programme_id = %(programme)s
WHERE t.organisation_id = %(organisation)s AND v.is_assigned
  AND e.starts_on <= %(day)s AND (e.ends_before IS NULL OR e.ends_before > %(day)s)
  AND NOT EXISTS (SELECT 1 FROM organisations_leave l WHERE l.user_id = e.user_id
    AND l.starts_on <= %(day)s AND (l.ends_before IS NULL OR l.ends_before > %(day)s))
GROUP BY e.team_id"""


def measure_engine() -> None:
    print(
        f"\nengine as of {AS_OF}: CPU-ms of Python and PostgreSQL together, and MB more than before"
    )
    print("people x programmes  what                              ours   by hand   ratio   MB")
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # all of it in one process
    start = moved = 0
    for size in SIZES.split(","):
        people, programmes = (int(number) for number in size.split("x"))
        since = time.perf_counter()
        organisation = grow_to(Scale(people, programmes), start=start)
        print(f"{size:<20} (made in {time.perf_counter() - since:.0f} s)", flush=True)
        start = people
        _coverage(size, organisation)
        if programmes > 1:
            moved += _daily_run(size, moved)


def _daily_run(size: str, moved: int) -> int:
    """How many moved on; those that a smaller size moved already are no work any more."""
    by_hand, counted = _timed(lambda: _by_hand(CHANGES_BY_HAND, day=AS_OF))
    expected = Validity.objects.filter(next_change_on__lte=AS_OF, pk__gt=FIRST).count()
    since, memory = _cpu_ms(), _memory()
    done = follow_calendar(as_of=AS_OF, at=AT)
    ours = _cpu_ms() - since
    same(counted[0][0] - moved, expected, done.moved_on)
    _tell(size, f"daily run, {done.moved_on:,} changes", ours, by_hand, _memory() - memory)
    same(Validity.objects.filter(next_change_on__lte=AS_OF).count(), 0)
    return done.moved_on


def same(*answers: Any) -> None:
    """Speed says nothing where the answers differ."""
    if any(answer != answers[0] for answer in answers):
        sys.exit(f"bench: answers differ: {str(answers)[:500]}")


def _coverage(size: str, organisation: Organisation) -> None:
    teams = list(Team.objects.filter(organisation=organisation).order_by("name", "pk"))
    parents = {team.pk: team.parent_id for team in teams}
    programme = Programme.objects.get(pk=FIRST + 1)
    memory = _memory()
    for name, statement, day, find in [
        ("coverage per team, past", COVERAGE_BY_HAND, PAST, _as_of),
        ("coverage per team, today", TODAY_BY_HAND, AS_OF, _now),
    ]:
        facts = {"programme": programme.pk, "organisation": organisation.pk, "day": day}
        by_hand, rows = _timed(partial(_by_hand, statement, **facts))
        ours, found = _timed(partial(find, parents, programme.pk, day))
        expected = {team: (covered, count) for team, covered, count in rows}
        got = {team: (t.covered, t.in_denominator) for team, t in found.items() if t.in_denominator}
        same(got, expected)
        _tell(size, name, ours, by_hand, _memory() - memory)
    months = months_back_from(AS_OF, 13)
    ours, _found = _timed(
        lambda: months_of(parents, programme.pk, day=AS_OF, months=months), runs=1
    )
    _tell(size, "13 months, everybody", ours, None, _memory() - memory)
    ours, _one = _timed(
        lambda: team_overview(teams[:1], programme, day=AS_OF, today=AS_OF, months=months)
    )
    _tell(size, f"one team of {len(teams):,}", ours, None, _memory() - memory)


def _as_of(parents: dict[int, int | None], programme: int, day: date) -> dict[int, Tally]:
    return coverage_on(day, parents, programme).own


def _now(parents: dict[int, int | None], programme: int, day: date) -> dict[int, Tally]:
    return tallies_today(parents, programme, day).own


def _by_hand(statement: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _timed(work: Callable[[], Any], runs: int = RUNS) -> tuple[float, Any]:
    """CPU-ms of this process and of its PostgreSQL per run, after one to warm up; the answer."""
    answer = work()
    since = _cpu_ms()
    for _run in range(runs):
        work()
    return (_cpu_ms() - since) / runs, answer


def _cpu_ms() -> float:
    """What this process and its connection's process in PostgreSQL have used so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ((pid,),) = cursor.fetchall()
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    theirs = (int(after_name[11]) + int(after_name[12])) * 1000 / os.sysconf("SC_CLK_TCK")
    return theirs + time.process_time() * 1000


def _memory() -> float:
    """The most that this process has used so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _tell(size: str, name: str, ours: float, by_hand: float | None, memory: float) -> None:
    beside = f"{by_hand:>11.1f}{ours / by_hand:>7.2f}x" if by_hand else " " * 19
    print(f"{size:<20} {name:<30}{ours:>9.1f}{beside}{memory:>6.0f}", flush=True)
