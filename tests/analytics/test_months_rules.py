"""Which months there are, and which one comes first."""

from datetime import date

import pytest

from analytics.rules.counts import Cell, Status
from analytics.rules.indicators import Indicator
from analytics.rules.months import (
    MonthFault,
    MonthRefused,
    MonthState,
    first_to_fill_in,
    last_complete_month,
    month_of,
    months_between,
    state_of,
)
from tests.factories.analytics import counted

TODAY = date(2026, 3, 1)
WHOLE = dict.fromkeys(Indicator, counted(3))


@pytest.mark.parametrize(
    ("year", "month", "fault"),
    [
        (2025, 13, MonthFault.NO_MONTH),
        (2025, 0, MonthFault.NO_MONTH),
        (0, 1, MonthFault.NO_MONTH),
        (10**30, 1, MonthFault.NO_MONTH),
        (1999, 12, MonthFault.TOO_EARLY),
        (2026, 4, MonthFault.FUTURE),
        (9999, 12, MonthFault.FUTURE),
    ],
)
def test_no_counts_for_this_month(year: int, month: int, fault: MonthFault) -> None:
    with pytest.raises(MonthRefused) as caught:
        month_of(year=year, month=month, today=TODAY)
    assert caught.value.fault is fault


def test_the_running_month_counts_from_its_first_day() -> None:
    assert month_of(year=2026, month=3, today=TODAY) == TODAY


def test_january_2000_is_the_first() -> None:
    assert month_of(year=2000, month=1, today=TODAY) == date(2000, 1, 1)


def test_last_complete_month_over_new_year() -> None:
    assert last_complete_month(date(2026, 1, 31)) == date(2025, 12, 1)


def test_a_month_is_complete_when_all_is_settled() -> None:
    assert state_of(date(2026, 1, 1), WHOLE, TODAY) is MonthState.COMPLETE
    not_counted = WHOLE | {Indicator.REPORTS: Cell(Status.NOT_COUNTED)}
    assert state_of(date(2026, 1, 1), not_counted, TODAY) is MonthState.COMPLETE


def test_not_yet_known_keeps_a_month_open() -> None:
    open_still = WHOLE | {Indicator.REPORTS: Cell(Status.NOT_YET_KNOWN)}
    assert state_of(date(2026, 1, 1), open_still, TODAY) is MonthState.INCOMPLETE


def test_one_number_missing_keeps_a_month_open() -> None:
    part = {Indicator.CLIENTS: counted(3)}
    assert state_of(date(2026, 1, 1), part, TODAY) is MonthState.INCOMPLETE


def test_an_empty_month_is_missing_and_the_running_one_is_not() -> None:
    assert state_of(date(2026, 2, 1), {}, TODAY) is MonthState.MISSING
    assert state_of(TODAY, {}, TODAY) is MonthState.RUNNING


def test_the_most_recent_open_month_comes_first() -> None:
    states = [
        (date(2025, 11, 1), MonthState.MISSING),
        (date(2025, 12, 1), MonthState.INCOMPLETE),
        (date(2026, 1, 1), MonthState.COMPLETE),
        (date(2026, 2, 1), MonthState.RUNNING),
    ]
    assert first_to_fill_in(states) == date(2025, 12, 1)
    assert first_to_fill_in(states[2:]) is None


def test_months_between() -> None:
    assert months_between(date(2025, 11, 1), date(2026, 2, 1)) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert months_between(date(2026, 2, 1), date(2026, 1, 1)) == []
