"""Month arithmetic that clamps and remembers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.calendar import add_months, last_of_month, months_back_from

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
    ],
)
def test_add_months(day, months, expected):
    assert add_months(day, months) == expected


def test_29_february_comes_back():
    later = add_months(date(2025, 2, 28), 36, remembered_day=29)
    assert later == date(2028, 2, 29)


def test_31_comes_back_after_a_short_month():
    assert add_months(date(2027, 2, 28), 1, remembered_day=31) == date(2027, 3, 31)


@given(DAYS, st.integers(min_value=-60, max_value=60))
def test_it_lands_in_the_right_month(day, months):
    landed = add_months(day, months)
    assert (landed.year * 12 + landed.month) - (day.year * 12 + day.month) == months
    assert landed.day == min(day.day, last_of_month(landed).day)


def test_months_back_end_with_this_month():
    assert months_back_from(date(2026, 2, 14), 3) == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
