"""Half-open periods of days: the first day is in, the last is not.

A period that ends on the day it starts is empty: it was withdrawn before it came into force.
"""

from datetime import date, timedelta

FAR_AWAY = timedelta(days=36_525)  # a hundred years: a typing error in the year


def covers(*, starts_on: date, ends_before: date | None, day: date) -> bool:
    """Whether the period holds on the day; without an end it goes on."""
    return starts_on <= day and (ends_before is None or day < ends_before)


def is_empty(*, starts_on: date, ends_before: date | None) -> bool:
    """Whether the period holds on no day at all."""
    return ends_before is not None and ends_before <= starts_on


def overlap(
    *, starts_on: date, ends_before: date | None, other_start: date, other_end: date | None
) -> bool:
    """Whether some day is in both periods."""
    first = max(starts_on, other_start)
    return covers(starts_on=starts_on, ends_before=ends_before, day=first) and covers(
        starts_on=other_start, ends_before=other_end, day=first
    )


def is_far_away(day: date, *, today: date) -> bool:
    """Whether the day lies more than a hundred years off, either way."""
    return abs(day - today) > FAR_AWAY
