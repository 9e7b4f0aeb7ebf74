"""Which reminders a due date asks for on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.ladder import (
    FOCAL_PERSON,
    MANAGER,
    Ladder,
    escalated,
    latest_due_dates,
    name_of,
    newly_reached,
)

DUE = date(2026, 6, 30)
LONG_AGO = date(2026, 1, 1)
LADDER = Ladder((-30, -14, -3, 1, 14), manager_after=21, focal_person_after=35)


def on(days, *, done=(), since=LONG_AGO, ladder=LADDER):
    day = DUE + timedelta(days)
    return newly_reached(ladder, due_on=DUE, day=day, since=since, done=done)


@pytest.mark.parametrize(
    ("days", "rung"), [(-30, "-30"), (-29, "-30"), (-14, "-14"), (0, "-3"), (1, "+1"), (400, "+14")]
)
def test_the_latest_rung_holds(days, rung):
    assert on(days).rung.name == rung


def test_the_day_before_the_first_nothing():
    assert on(-31) is None


def test_a_rung_is_done_once():
    assert on(-13, done=["-30", "-14"]) is None


def test_on_the_due_date_itself():
    assert on(0, ladder=Ladder((0,))).rung.name == "+0"


def test_after_an_outage_the_older_ones_are_superseded():
    reached = on(2, done=["-30"])
    assert reached.rung.name == "+1"
    assert [rung.name for rung in reached.superseded] == ["-14", "-3"]


def test_what_was_scheduled_before_the_due_date_existed_is_not_reached():
    reached = on(2, since=DUE - timedelta(10))
    assert [rung.name for rung in reached.superseded] == ["-3"]


def test_a_rung_on_the_day_of_assignment_is_reached():
    assert on(-14, since=DUE - timedelta(14)).rung.name == "-14"


def test_assigned_a_day_after_a_rung():
    assert on(-13, since=DUE - timedelta(13)) is None


def test_the_order_of_a_ladder_does_not_matter():
    assert on(-5, ladder=Ladder((14, -3, -30, -14, -14))).rung.name == "-14"


def test_no_ladder_no_mail():
    assert on(3, ladder=Ladder(())) is None


@pytest.mark.parametrize(
    ("role", "days", "reached"),
    [
        (MANAGER, 20, False),
        (MANAGER, 21, True),
        (FOCAL_PERSON, 34, False),
        (FOCAL_PERSON, 90, True),
    ],
)
def test_escalation(role, days, reached):
    day = DUE + timedelta(days)
    rung = escalated(LADDER, role, due_on=DUE, day=day, since=LONG_AGO)
    assert (rung is not None) is reached


def test_a_role_without_days_is_never_told():
    ladder = Ladder((1,), manager_after=None, focal_person_after=3)
    day = DUE + timedelta(900)
    assert escalated(ladder, MANAGER, due_on=DUE, day=day, since=LONG_AGO) is None


def test_an_escalation_from_before_the_period_is_not_reached():
    day = DUE + timedelta(40)
    since = DUE + timedelta(22)
    assert escalated(LADDER, MANAGER, due_on=DUE, day=day, since=since) is None
    assert escalated(LADDER, FOCAL_PERSON, due_on=DUE, day=day, since=since) is not None


@given(
    days=st.lists(st.integers(-60, 60), max_size=6),
    offset=st.integers(-100, 100),
)
def test_the_database_asks_for_the_same_rung(days, offset):
    """`latest_due_dates` is what the query of candidates is made of."""
    ladder = Ladder(tuple(days))
    day = DUE + timedelta(offset)
    reached = newly_reached(ladder, due_on=DUE, day=day, since=date.min)
    names = [name for name, latest in latest_due_dates(ladder, day) if latest >= DUE]
    assert names[:1] == ([reached.rung.name] if reached else [])


@given(days=st.sets(st.integers(-60, 60), min_size=1), offsets=st.lists(st.integers(-100, 100)))
def test_whenever_it_runs_nothing_is_mailed_twice(days, offsets):
    ladder, done, mailed = Ladder(tuple(days)), set(), []
    for offset in sorted(offsets):
        reached = newly_reached(
            ladder, due_on=DUE, day=DUE + timedelta(offset), since=LONG_AGO, done=done
        )
        if reached:
            mailed.append(reached.rung.on)
            done |= {reached.rung.name, *(rung.name for rung in reached.superseded)}
    assert mailed == sorted(set(mailed))
    assert done <= {name_of(day) for day in days}
