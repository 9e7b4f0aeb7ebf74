"""Recording that somebody is away for a time. Why is never asked."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from organisations.actions.checks import check_end, check_period, iso, unique_or
from organisations.errors import AlreadyEnded, LeaveOverlaps
from organisations.models import Leave, Organisation, User
from organisations.rules.periods import overlap
from organisations.trail import record


@transaction.atomic
def start_leave(
    *,
    user: User,
    starts_on: date,
    ends_before: date | None = None,
    organisation: Organisation | None = None,
    by: User | None,
    at: datetime,
) -> Leave:
    """Record that the person is away from a day on. The organisation is the one that records it.

    The same twice is once.
    """
    check_period(starts_on, ends_before, at=at)
    User.objects.select_for_update().get(pk=user.pk)
    same = Leave.objects.filter(user=user, starts_on=starts_on, ends_before=ends_before).first()
    if same is not None:
        return same
    _check_free(user, starts_on, ends_before, itself=None)
    with unique_or(LeaveOverlaps()):
        leave = Leave.objects.create(user=user, starts_on=starts_on, ends_before=ends_before)
    _record("leave_started", leave, organisation, by=by, at=at)
    return leave


@transaction.atomic
def end_leave(
    *,
    leave: Leave,
    ends_before: date,
    organisation: Organisation | None = None,
    by: User | None,
    at: datetime,
) -> Leave:
    """Record the day on which the person is back, or another day while that has yet to come."""
    User.objects.select_for_update().get(pk=leave.user_id)
    ended = Leave.objects.select_related("user").get(pk=leave.pk)
    if ended.ends_before == ends_before:
        return ended
    if ended.ends_before is not None and ended.ends_before <= timezone.localdate(at):
        raise AlreadyEnded
    check_end(ended.starts_on, ends_before, at=at)
    _check_free(ended.user, ended.starts_on, ends_before, itself=ended)
    ended.ends_before = ends_before
    ended.save(update_fields=["ends_before"])
    _record("leave_ended", ended, organisation, by=by, at=at)
    return ended


def _check_free(
    user: User, starts_on: date, ends_before: date | None, *, itself: Leave | None
) -> None:
    for held in Leave.objects.filter(user=user):
        if held != itself and overlap(
            starts_on=starts_on,
            ends_before=ends_before,
            other_start=held.starts_on,
            other_end=held.ends_before,
        ):
            raise LeaveOverlaps


def _record(
    action: str, leave: Leave, organisation: Organisation | None, *, by: User | None, at: datetime
) -> None:
    record(
        action,
        by=by,
        at=at,
        organisation=organisation,
        subject=leave.user,
        leave=leave.public_id,
        starts_on=iso(leave.starts_on),
        ends_before=iso(leave.ends_before),
    )
