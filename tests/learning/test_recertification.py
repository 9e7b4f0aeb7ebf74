"""The rules of validity, window and standing (DESIGN 3.4, basis expiry)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.recertification import (
    Certification,
    Policy,
    Status,
    certification_on,
    certify,
    may_start,
    standing,
    window_opens_on,
)

POLICY = Policy(active_months=12, window_months=1)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


def certified(completed_on: date, valid_through: date, day: int = 0) -> Certification:
    return Certification(completed_on, valid_through, day or valid_through.day)


def renew(completed_on: date, current: Certification) -> Certification | None:
    return certify(completed_on=completed_on, first_due_on=None, current=current, policy=POLICY)


def test_first_in_time_counts_from_the_due_date():
    first = certify(
        completed_on=date(2026, 1, 5), first_due_on=date(2026, 3, 1), current=None, policy=POLICY
    )
    assert first == certified(date(2026, 1, 5), date(2027, 3, 1))


def test_first_on_the_due_date_is_in_time():
    day = date(2026, 3, 1)
    first = certify(completed_on=day, first_due_on=day, current=None, policy=POLICY)
    assert first is not None
    assert first.valid_through == date(2027, 3, 1)


def test_first_too_late_counts_from_the_completion():
    first = certify(
        completed_on=date(2026, 3, 2), first_due_on=date(2026, 3, 1), current=None, policy=POLICY
    )
    assert first is not None
    assert first.valid_through == date(2027, 3, 2)


CURRENT = certified(date(2025, 5, 20), date(2026, 6, 15))


@pytest.mark.parametrize(
    ("completed_on", "valid_through"),
    [
        (date(2026, 5, 14), None),  # the day before the window opens: history only
        (date(2026, 5, 15), date(2027, 6, 15)),  # exactly on the opening day
        (date(2026, 6, 15), date(2027, 6, 15)),  # exactly on the expiry day
        (date(2026, 6, 16), date(2027, 6, 16)),  # a day late: counts from the completion
    ],
)
def test_renewal_around_the_window(completed_on, valid_through):
    renewed = renew(completed_on, CURRENT)
    assert (renewed.valid_through if renewed else None) == valid_through


def test_29_february_anniversary_comes_back_in_a_leap_year():
    chain = certify(completed_on=date(2024, 2, 29), first_due_on=None, current=None, policy=POLICY)
    ends = []
    for _year in range(4):
        assert chain is not None
        ends.append(chain.valid_through)
        chain = renew(chain.valid_through, chain)
    assert ends == [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


@given(DAYS, DAYS, st.integers(1, 48), st.integers(0, 6))
def test_renewing_never_shortens_validity(first_on, renewed_on, active, window):
    policy = Policy(active_months=active, window_months=min(window, active - 1))
    first = certify(completed_on=first_on, first_due_on=None, current=None, policy=policy)
    assert first is not None
    renewed = certify(completed_on=renewed_on, first_due_on=None, current=first, policy=policy)
    if renewed is None:
        assert renewed_on < window_opens_on(first.valid_through, policy)
    else:
        assert renewed.valid_through > first.valid_through


def at(day: date, *certifications: Certification, **facts: object):
    values = {"assigned_on": date(2025, 1, 1), "first_due_on": date(2025, 4, 1)} | facts
    return standing(certifications=certifications, policy=POLICY, day=day, **values)


@pytest.mark.parametrize(
    ("day", "status", "covered"),
    [
        (date(2024, 12, 31), Status.UNASSIGNED, False),
        (date(2025, 1, 1), Status.ASSIGNED, False),
        (date(2025, 4, 1), Status.ASSIGNED, False),  # the due date itself is in time
        (date(2025, 4, 2), Status.OVERDUE, False),
        (date(2025, 5, 20), Status.CERTIFIED, True),
        (date(2026, 5, 14), Status.CERTIFIED, True),
        (date(2026, 5, 15), Status.WINDOW_OPEN, True),
        (date(2026, 6, 15), Status.WINDOW_OPEN, True),  # valid through the end of the day
        (date(2026, 6, 16), Status.EXPIRED, False),
    ],
)
def test_standing_through_the_years(day, status, covered):
    found = at(day, CURRENT)
    assert (found.status, found.covered) == (status, covered)


def test_leave_is_outside_the_denominator_but_validity_runs():
    found = at(date(2025, 8, 1), CURRENT, on_leave=True)
    assert (found.status, found.covered, found.in_denominator) == (Status.ON_LEAVE, True, False)


def test_somebody_who_left_is_inactive():
    found = at(date(2025, 8, 1), CURRENT, employed=False)
    assert (found.status, found.in_denominator) == (Status.INACTIVE, False)


@given(st.lists(st.tuples(DAYS, st.integers(1, 500)), max_size=6), DAYS)
def test_later_facts_do_not_change_an_earlier_day(history, day):
    everything = [certified(on, on + timedelta(days=n)) for on, n in history]
    known = [c for c in everything if c.completed_on <= day]
    assert at(day, *everything) == at(day, *known)
    assert certification_on(everything, day) == certification_on(known, day)


@given(st.lists(st.tuples(DAYS, st.integers(1, 500)), max_size=6), DAYS)
def test_nobody_is_both_covered_and_late(history, day):
    found = at(day, *[certified(on, on + timedelta(days=n)) for on, n in history])
    assert not (found.covered and found.status in {Status.OVERDUE, Status.EXPIRED})


def test_training_counts_only_when_it_would_change_something():
    assert not may_start(at(date(2025, 8, 1), CURRENT))
    assert may_start(at(date(2026, 5, 15), CURRENT))
    assert may_start(at(date(2026, 7, 1), CURRENT))
