"""Sending the mails that wait: each at most once, whatever breaks in between.

A mail is claimed and the claim is committed before it is offered to the mail server. If we then
do not hear whether it was taken, it stays claimed: sending it again might send it twice.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException, SMTPServerDisconnected
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from learning.models import Mail, Reminder
from learning.querysets import MailQuerySet

log = logging.getLogger(__name__)
TRIES = 3
BETWEEN_TRIES = timedelta(minutes=10)  # so that one run, or two at once, tries a mail once
AT_A_TIME = 500


@dataclass
class Sending:
    """What one run did. `waiting` mails were refused for now and are tried again."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    uncertain: int = 0


class NotTaken(Exception):
    """The mail server did not take it; certainly not sent."""


def send_mails(*, at: datetime, only: Mail | None = None) -> Sending:
    """Send what waits, or one mail of it. Safe to run on several workers at once.

    Only mails of the day: `withdraw_unsent` takes back those of earlier days. Never raises for a
    mail or a mail server that fails: what was refused is tried again by later runs of the day,
    three times in all.
    """
    done = Sending()
    waiting = Mail.objects.filter(
        state=Mail.State.QUEUED, on=timezone.localdate(at), recipient__is_active=True
    )
    if only is not None:
        waiting = waiting.filter(pk=only.pk)
    if not waiting.exists():
        return done
    connection = get_connection()
    try:
        while _is_open(connection) and (mail := _claim(waiting, at)) is not None:
            _send(mail, connection, done, at)
    finally:
        _close(connection)
    return done


def withdraw_unsent(*, as_of: date) -> int:
    """Withdraw what still waits from earlier days, before the mails of the day are made.

    Nobody gets yesterday's mail beside today's, nor one about how things were then. Its rungs were
    not reached by anybody: the mail of today tells what still holds. Returns the number of mails.
    """
    total = 0
    while True:
        with transaction.atomic():
            waiting = Mail.objects.select_for_update(skip_locked=True, of=("self",))
            old = waiting.filter(state=Mail.State.QUEUED, on__lt=as_of).order_by("pk")
            mails = list(old.values_list("pk", flat=True)[:AT_A_TIME])
            if not mails:
                return total
            Reminder.objects.filter(mail__in=mails).delete()
            Mail.objects.filter(pk__in=mails).update(state=Mail.State.WITHDRAWN)
        total += len(mails)


@transaction.atomic
def _claim(waiting: MailQuerySet, at: datetime) -> Mail | None:
    """Take the next one for ourselves; others skip it meanwhile."""
    ready = Q(claimed_at__isnull=True) | Q(claimed_at__lte=at - BETWEEN_TRIES)
    free = waiting.filter(ready).select_for_update(skip_locked=True, of=("self",))
    mail: Mail | None = free.select_related("recipient").order_by("on", "pk").first()
    if mail is None:
        return None
    mail.state, mail.claimed_at, mail.attempts = Mail.State.CLAIMED, at, mail.attempts + 1
    mail.save(update_fields=["state", "claimed_at", "attempts"])
    return mail


def _send(mail: Mail, connection: BaseEmailBackend, done: Sending, at: datetime) -> None:
    try:
        _offer(mail, connection)
    except NotTaken as refusal:
        final = mail.attempts >= TRIES
        log.warning("mail %s was refused (%s): %s", mail.public_id, mail.attempts, refusal)
        _close(connection)
        _note(mail, Mail.State.FAILED if final else Mail.State.QUEUED)
        done.failed, done.waiting = done.failed + final, done.waiting + (not final)
    except OSError as error:
        log.warning("mail %s may or may not have been sent: %s", mail.public_id, error)
        _close(connection)
        done.uncertain += 1
    else:
        _note(mail, Mail.State.SENT, sent_at=at)
        done.sent += 1


def _offer(mail: Mail, connection: BaseEmailBackend) -> None:
    try:
        taken = connection.send_messages([message_of(mail)])
    except SMTPServerDisconnected:
        raise  # after which words, nobody knows
    except (SMTPException, ValueError) as error:
        raise NotTaken(str(error)) from error
    if not taken:
        raise NotTaken("not taken")


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """The mail as it goes out: its own number in the headers, so that a double can be told."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    message = EmailMultiAlternatives(
        subject=" ".join(mail.subject.split()),
        body=mail.text,
        to=[mail.recipient.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Message-ID": f"<{mail.public_id}@{host}>",
            "Content-Language": mail.language,
        },
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def _note(mail: Mail, state: str, **facts: datetime) -> None:
    claimed = Mail.objects.filter(pk=mail.pk, state=Mail.State.CLAIMED)
    claimed.update(state=state, **facts)


def _is_open(connection: BaseEmailBackend) -> bool:
    """Whether the server answers; asked before a mail is claimed."""
    try:
        connection.open()
    except OSError as error:
        log.warning("the mail server does not answer, mails wait: %s", error)
        return False
    return True


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError as error:
        log.info("the connection was closed already: %s", error)
