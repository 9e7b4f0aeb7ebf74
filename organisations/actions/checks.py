"""What every action asks of dates and names before it writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from organisations.errors import EndsBeforeStart, Refused, TooFarAway
from organisations.models import AuditEvent, User
from organisations.rules.periods import is_far_away

A_MOMENT = timedelta(minutes=1)


def check_days(*days: date | None, at: datetime) -> None:
    """Refuse a day that is more than a hundred years from the moment."""
    today = timezone.localdate(at)
    if any(day is not None and is_far_away(day, today=today) for day in days):
        raise TooFarAway


def check_period(starts_on: date, ends_before: date | None, *, at: datetime) -> None:
    """Refuse an empty or reversed period."""
    check_days(starts_on, ends_before, at=at)
    if ends_before is not None and ends_before <= starts_on:
        raise EndsBeforeStart


def check_end(starts_on: date, ends_before: date, *, at: datetime) -> None:
    """Refuse an end before the start. On the first day itself the period is withdrawn."""
    check_days(ends_before, at=at)
    if ends_before < starts_on:
        raise EndsBeforeStart


@contextmanager
def unique_or(refusal: Refused) -> Iterator[None]:
    """What a constraint refuses because somebody else was just before us, refused in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise refusal from error


def just_done(action: str, subject_id: str, *, at: datetime, by: User | None = None) -> bool:
    """Whether the same was done to the same a moment ago: a double click, not a wish for two."""
    done = AuditEvent.objects.filter(action=action, subject_id=subject_id, at__gt=at - A_MOMENT)
    return (done.filter(actor=by) if by else done).exists()


def iso(day: date | None) -> str | None:
    """A day as the audit trail keeps it."""
    return day.isoformat() if day is not None else None
