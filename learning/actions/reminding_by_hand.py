"""A reminder that somebody asks for, within the rule of one mail a person a day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from learning.actions.reminding import lock_without_mail, reminder
from learning.errors import AlreadyMailed, NotAtWork, NothingToRemind
from learning.models import Mail, Reminder
from learning.presenters.mails import Words, own_line, words_for
from learning.rules.coverage import SOON
from learning.selectors.reminders import Period, as_periods, begun_in, open_periods
from organisations.models import Employment, Leave, Organisation, User
from organisations.trail import record


def preview(*, worker: User, organisations: Collection[int], by: User, at: datetime) -> Words:
    """The mail as it would be, for the eyes of who asks for it; raises as `remind_by_hand`.

    The link is the general one: how far somebody is, is theirs alone.
    """
    day = timezone.localdate(at)
    if Mail.objects.filter(recipient=worker, on=day).exists():
        raise AlreadyMailed
    periods = _to_remind(worker, organisations, day)
    return words_for(
        worker, own=[own_line(period, day, None) for period in periods], asked_by=str(by)
    )


@transaction.atomic
def remind_by_hand(*, worker: User, organisations: Collection[int], by: User, at: datetime) -> Mail:
    """Queue today's mail for somebody who is late, or has 60 days or less.

    About what these organisations ask of the person only. Raises `AlreadyMailed`, `NotAtWork` and
    `NothingToRemind`.
    """
    day = timezone.localdate(at)
    if not lock_without_mail([worker.pk], day):
        raise AlreadyMailed if worker.is_active else NotAtWork
    periods = _to_remind(worker, organisations, day)
    mail = _mail(worker, periods, by, day)
    Reminder.objects.bulk_create(
        reminder(period, f"hand{day:%Y%m%d}", day, mail=mail, on=day) for period in periods
    )
    for organisation in Organisation.objects.filter(
        pk__in={period.organisation for period in periods}
    ).order_by("pk"):
        record("reminded_by_hand", by=by, at=at, organisation=organisation, subject=worker)
    return mail


def _to_remind(worker: User, organisations: Collection[int], day: date) -> list[Period]:
    if not _is_at_work(worker, day):
        raise NotAtWork
    periods = as_periods(
        open_periods(day).filter(
            assignment__worker=worker,
            assignment__organisation__in=organisations,
            assignment__validity__due_on__lte=day + SOON,
        )
    )
    if not periods:
        raise NothingToRemind
    return periods


def _is_at_work(worker: User, day: date) -> bool:
    away = Leave.objects.on(day).filter(user=worker).exists()
    return not away and Employment.objects.on(day).filter(user=worker).exists()


def _mail(worker: User, periods: Sequence[Period], by: User, day: date) -> Mail:
    begun = begun_in(periods)
    lines = [own_line(period, day, begun.get(period.assignment)) for period in periods]
    words = words_for(worker, own=lines, asked_by=str(by))
    return Mail.objects.create(
        recipient=worker,
        on=day,
        language=worker.language,
        subject=words.subject,
        text=words.text,
        html=words.html,
    )
