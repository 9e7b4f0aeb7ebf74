"""What a completion makes valid: the rules of a first certification and of renewals."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.rules.certifying import (
    Anchor,
    Certification,
    first_certification,
    renewal,
    window_opens_on,
)
from learning.rules.policy import Basis, Policy

POLICY = Policy(active_months=12, window_months=1)
COMPLETION = Policy(basis=Basis.COMPLETION)
FIXED = Policy(basis=Basis.FIXED, minimum_months=6)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
CURRENT = Certification(date(2025, 5, 20), date(2026, 6, 15), 15)


def first(
    completed_on: date, *, due: date | None = None, policy: Policy = POLICY, is_import: bool = False
) -> Certification:
    anchor = Anchor(due, due.day) if due else None
    return first_certification(
        completed_on, due_on=due, anchor=anchor, policy=policy, is_import=is_import
    )


def renewed(
    completed_on: date, *, policy: Policy = POLICY, anchor: date | None = None
) -> Certification:
    start = Anchor(anchor, anchor.day) if anchor else None
    return renewal(completed_on, current=CURRENT, anchor=start, policy=policy)


def test_first_in_time_counts_from_the_due_date():
    made = first(date(2026, 1, 5), due=date(2026, 3, 1))
    assert made == Certification(date(2026, 1, 5), date(2027, 3, 1), 1)


def test_first_exactly_on_the_due_date_is_in_time():
    assert first(date(2026, 3, 1), due=date(2026, 3, 1)).valid_through == date(2027, 3, 1)


def test_first_a_day_late_counts_from_the_completion():
    assert first(date(2026, 3, 2), due=date(2026, 3, 1)).valid_through == date(2027, 3, 2)


def test_first_without_a_due_date_counts_from_the_completion():
    assert first(date(2026, 1, 5)).valid_through == date(2027, 1, 5)


def test_first_by_import_counts_from_its_own_day_even_in_time():
    made = first(date(2026, 1, 5), due=date(2026, 3, 1), is_import=True)
    assert made.valid_through == date(2027, 1, 5)


def test_first_on_basis_completion_counts_from_the_completion():
    made = first(date(2026, 1, 5), due=date(2026, 3, 1), policy=COMPLETION)
    assert made.valid_through == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("completed_on", "valid_through"),
    [
        (date(2026, 5, 15), date(2027, 6, 15)),  # the opening day
        (date(2026, 6, 15), date(2027, 6, 15)),  # the expiry day
        (date(2026, 6, 16), date(2027, 6, 16)),  # a day late: from the completion
    ],
)
def test_renewal_on_basis_expiry(completed_on, valid_through):
    assert renewed(completed_on).valid_through == valid_through


@pytest.mark.parametrize("completed_on", [date(2026, 5, 15), date(2026, 6, 15), date(2026, 9, 1)])
def test_renewal_on_basis_completion_counts_from_the_completion(completed_on):
    made = renewed(completed_on, policy=COMPLETION)
    assert made.valid_through == completed_on.replace(year=2027)


@pytest.mark.parametrize(
    ("completed_on", "valid_through"),
    [
        (date(2026, 12, 15), date(2027, 6, 15)),  # exactly six months before the date
        (date(2026, 12, 16), date(2028, 6, 15)),  # a day less: the next date
        (date(2026, 5, 15), date(2027, 6, 15)),  # in the window: after the current expiry
    ],
)
def test_fixed_takes_the_first_date_that_leaves_the_minimum(completed_on, valid_through):
    made = renewed(completed_on, policy=FIXED, anchor=date(2024, 6, 15))
    assert made.valid_through == valid_through


def test_fixed_may_take_the_due_date_itself_the_first_time():
    assert first(date(2026, 1, 5), due=date(2026, 7, 5), policy=FIXED).valid_through == date(
        2026, 7, 5
    )


def test_fixed_without_a_minimum_may_end_on_the_day_itself():
    policy = Policy(basis=Basis.FIXED, minimum_months=0)
    assert first(date(2026, 7, 5), due=date(2026, 7, 5), policy=policy).valid_through == date(
        2026, 7, 5
    )


def test_fixed_without_an_anchor_goes_on_from_the_expiry():
    assert renewed(date(2026, 6, 1), policy=FIXED).valid_through == date(2027, 6, 15)


def test_a_calendar_that_lies_ahead_begins_with_its_first_date():
    made = first(date(2026, 1, 5), due=date(2030, 1, 1), policy=FIXED)
    assert made.valid_through == date(2030, 1, 1)


def test_29_february_comes_back_in_a_leap_year():
    made = first(date(2024, 2, 29))
    ends = []
    for _year in range(4):
        ends.append(made.valid_through)
        made = renewal(made.valid_through, current=made, anchor=None, policy=POLICY)
    assert ends == [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


@pytest.mark.parametrize("basis", [Basis.EXPIRY, Basis.FIXED])
def test_31_august_comes_back_after_february(basis):
    policy = Policy(basis=basis, active_months=6, minimum_months=1)
    made = first(date(2026, 8, 31), policy=policy)
    assert made.valid_through == date(2027, 2, 28)
    again = renewal(date(2027, 2, 10), current=made, anchor=made.anchor, policy=policy)
    assert again.valid_through == date(2027, 8, 31)


def test_the_window_opens_by_plain_months_before_the_expiry():
    assert window_opens_on(date(2027, 3, 31), POLICY) == date(2027, 2, 28)
    assert window_opens_on(date(2027, 2, 28), POLICY) == date(2027, 1, 28)


def test_grace_is_that_of_the_policy_at_completion():
    made = first(date(2026, 1, 5), policy=Policy(grace_days=10))
    assert made.covered_through == date(2027, 1, 15)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.sampled_from(Basis), DAYS, st.integers(1, 48), st.integers(0, 6), st.integers(0, 400))
def test_renewing_in_the_window_or_later_never_shortens(basis, start, active, window, later):
    policy = Policy(basis, active_months=active, window_months=min(window, active - 1))
    made = first(start, due=start + timedelta(days=30), policy=policy)
    day = window_opens_on(made.valid_through, policy) + timedelta(days=later)
    again = renewal(day, current=made, anchor=made.anchor, policy=policy)
    assert again.valid_through > made.valid_through


@pytest.mark.parametrize(
    "numbers",
    [
        {"active_months": 0},
        {"active_months": 121},
        {"window_months": -1},
        {"active_months": 3, "window_months": 4},
        {"minimum_months": 121},
        {"grace_days": -1},
        {"evidence_max_age_days": 3661},
        {"leave_return_days": -1},
    ],
)
def test_numbers_that_make_no_policy_are_refused(numbers):
    with pytest.raises(ValueError, match=next(reversed(numbers))):
        Policy(**numbers)
