"""Calendar arithmetic in whole months, as people say it: *a year after the 29th of February*."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache


@lru_cache(maxsize=10_000)  # people by the thousand share the same few days
def add_months(day: date, months: int, *, remembered_day: int | None = None) -> date:
    """The same day of the month so many months on, or that month's last day if it has none.

    `remembered_day` is the day of the month that a series began with: a 29 or 31 that a short
    month took away comes back in the next month that has it.
    """
    month = day.year * 12 + day.month - 1 + months
    year, month_of_year = divmod(month, 12)
    last = monthrange(year, month_of_year + 1)[1]
    return date(year, month_of_year + 1, min(remembered_day or day.day, last))


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def last_of_month(month: date) -> date:
    """The last day of the month in which the day falls."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def months_back_from(day: date, count: int) -> list[date]:
    """First days of the given number of months up to and including this one, oldest first."""
    this = first_of_month(day)
    return [add_months(this, -back) for back in range(count - 1, -1, -1)]


def seconds_until(hour: int, now: datetime) -> float:
    """Until this hour of the clock next comes, in the zone of `now`; also when clocks change."""
    run = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    if run <= now:
        run = datetime.combine(now.date() + timedelta(days=1), time(hour), tzinfo=now.tzinfo)
    return run.timestamp() - now.timestamp()
