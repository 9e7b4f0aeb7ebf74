"""Half-open periods of days: the first day is in, the last is not."""

from datetime import date


def covers(*, starts_on: date, ends_before: date | None, day: date) -> bool:
    """Whether the period holds on the day; without an end it goes on."""
    return starts_on <= day and (ends_before is None or day < ends_before)
