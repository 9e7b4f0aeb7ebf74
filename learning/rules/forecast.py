"""How many people must renew or finish, and when it will be busy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from learning.rules.calendar import first_of_month

HORIZONS = (30, 60, 90)
LEAST_FOR_A_PEAK = 2


@dataclass(frozen=True)
class MonthDue:
    month: date
    number: int


@dataclass(frozen=True)
class Forecast:
    """`late` have a date that has passed, `undated` have none yet; the rest are still to come.

    `within` adds up: who falls due within 30 days does so within 60 days too.
    """

    late: int
    undated: int
    within: tuple[tuple[int, int], ...]  # (days, people)
    months: tuple[MonthDue, ...]
    peak: MonthDue | None

    @property
    def total(self) -> int:
        return self.late + sum(month.number for month in self.months)


def forecast_of(
    coming: Mapping[date, int], *, late: int, undated: int, today: date, months: Sequence[date]
) -> Forecast:
    """From numbers of people per due date, today or later."""
    by_month = dict.fromkeys(months, 0)
    for day, number in coming.items():
        by_month[first_of_month(day)] += number
    within = tuple(
        (days, sum(n for day, n in coming.items() if day <= today + timedelta(days=days)))
        for days in HORIZONS
    )
    rows = tuple(MonthDue(month, number) for month, number in by_month.items())
    return Forecast(late=late, undated=undated, within=within, months=rows, peak=peak_of(rows))


def peak_of(rows: Sequence[MonthDue]) -> MonthDue | None:
    """The one busiest month; None where two are as busy or it is too few people to name."""
    ranked = sorted(rows, key=lambda row: row.number, reverse=True)
    if not ranked or ranked[0].number < LEAST_FOR_A_PEAK:
        return None
    tied = len(ranked) > 1 and ranked[1].number == ranked[0].number
    return None if tied else ranked[0]
