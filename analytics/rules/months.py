"""Which months counts can be kept for, and which one to fill in first."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from analytics.rules.counts import Cell
from analytics.rules.indicators import Indicator
from learning.rules.calendar import add_months, first_of_month

FIRST_YEAR = 2000
SHOWN = 36  # months in the calendar strip


class MonthFault(StrEnum):
    """Why there is no month to fill in."""

    NO_MONTH = "no_month"
    TOO_EARLY = "too_early"
    FUTURE = "future"


class MonthRefused(ValueError):
    """There is nothing to count in this month; `fault` says why."""

    def __init__(self, fault: MonthFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


def month_of(*, year: int, month: int, today: date) -> date:
    """The first day of a month that counts can be kept for. Raises MonthRefused."""
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        raise MonthRefused(MonthFault.NO_MONTH)
    if year < FIRST_YEAR:
        raise MonthRefused(MonthFault.TOO_EARLY)
    if date(year, month, 1) > today:
        raise MonthRefused(MonthFault.FUTURE)
    return date(year, month, 1)


def last_complete_month(today: date) -> date:
    """The month before the one that is still running."""
    return add_months(first_of_month(today), -1)


class MonthState(StrEnum):
    """How far one month has been filled in."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    MISSING = "missing"
    RUNNING = "running"


def state_of(month: date, cells: Mapping[Indicator, Cell], today: date) -> MonthState:
    """Complete when every indicator is settled: counted, or known not to be."""
    if cells and all(i in cells and cells[i].is_settled for i in Indicator):
        return MonthState.COMPLETE
    if month == first_of_month(today):
        return MonthState.RUNNING
    return MonthState.INCOMPLETE if cells else MonthState.MISSING


def first_to_fill_in(states: Sequence[tuple[date, MonthState]]) -> date | None:
    """The most recent open month that has ended: what is freshest is counted best."""
    still_open = {MonthState.INCOMPLETE, MonthState.MISSING}
    return max((month for month, state in states if state in still_open), default=None)


def months_between(first: date, last: date) -> list[date]:
    """First days of all months from the first to the last, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, step) for step in range(max(count, 0))]
