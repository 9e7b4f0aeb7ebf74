"""Days and moments of the demo, all relative to the day on which it is made."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BEGINNING = time(9, 30)


def moment(day: date, *, minutes: int = 0) -> datetime:
    """A moment in working hours of the day, so many minutes after half past nine."""
    return datetime.combine(day, BEGINNING, tzinfo=AMSTERDAM) + timedelta(minutes=minutes)
