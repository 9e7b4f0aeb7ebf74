"""Mails as they are listed: to whom, how it went, and how many a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q

from learning.models import Mail
from organisations.models import Employment, Organisation, RoleGrant

UNCERTAIN_AFTER = timedelta(hours=1)
DAYS_COUNTED = 30
NOT_SENT = [Mail.State.FAILED, Mail.State.WITHDRAWN]


class Fate(StrEnum):
    """What became of a mail, as people read it."""

    WAITING = "waiting"
    BEING_SENT = "being_sent"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


def fate_of(mail: Mail, now: datetime) -> Fate:
    """A mail that was offered to the server an hour ago without an answer is uncertain."""
    if mail.state == Mail.State.CLAIMED:
        claimed_at = mail.claimed_at or now
        return Fate.UNCERTAIN if now - claimed_at >= UNCERTAIN_AFTER else Fate.BEING_SENT
    return {
        Mail.State.QUEUED: Fate.WAITING,
        Mail.State.SENT: Fate.SENT,
        Mail.State.FAILED: Fate.FAILED,
        Mail.State.WITHDRAWN: Fate.WITHDRAWN,
    }[Mail.State(mail.state)]


@dataclass(frozen=True)
class DayOfMail:
    """How many mails there were on a day, and what became of them."""

    on: date
    made: int
    sent: int
    waiting: int  # or being sent
    uncertain: int
    failed: int


def days_of_mail(organisation: Organisation, *, today: date, now: datetime) -> list[DayOfMail]:
    """The last thirty days with mail for people of here on the day, latest first. One query."""
    first = today - timedelta(days=DAYS_COUNTED - 1)
    then = Q(starts_on__lte=OuterRef("on"), user=OuterRef("recipient")) & (
        Q(ends_before__isnull=True) | Q(ends_before__gt=OuterRef("on"))
    )
    works = Employment.objects.filter(then, team__organisation=organisation)
    has_role = RoleGrant.objects.filter(then, organisation=organisation)
    uncertain = Q(state=Mail.State.CLAIMED, claimed_at__lte=now - UNCERTAIN_AFTER)
    rows = (
        Mail.objects.filter(Exists(works) | Exists(has_role), on__gte=first, on__lte=today)
        .order_by("-on")
        .values_list("on")
        .annotate(
            made=Count("pk"),
            sent=Count("pk", filter=Q(state=Mail.State.SENT)),
            uncertain=Count("pk", filter=uncertain),
            failed=Count("pk", filter=Q(state__in=NOT_SENT)),
        )
    )
    return [
        DayOfMail(on, made, sent, made - sent - uncertain - failed, uncertain, failed)
        for on, made, sent, uncertain, failed in rows
    ]
