"""What a certificate is worth on a day, and whose certificates there are."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from learning.models import Certificate, Completion, Revocation
from learning.rules.events import Event, EventType
from learning.rules.status import Standing, standing_on
from learning.rules.taking import take
from learning.selectors.facts import facts_of_one
from organisations.models import User


class Worth(StrEnum):
    """What a completion is worth on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    HISTORY = "history"  # it never made anything valid


@dataclass(frozen=True)
class Verified:
    """A certificate as anybody who holds its code may see it."""

    certificate: Certificate
    worth: Worth
    revoked_on: date | None


def verified(code: str, today: date) -> Verified | None:
    """The certificate with the code; None when there is none. One query."""
    found = (
        Certificate.objects.select_related("completion__revocation")
        .filter(code=code.strip().lower())
        .first()
    )
    if found is None:
        return None
    revoked = revocation_of(found.completion)
    return Verified(found, worth_of(found.completion, today), revoked.on if revoked else None)


def worth_of(completion: Completion, today: date) -> Worth:
    """Causes a query unless the revocation was read along."""
    revoked = revocation_of(completion)
    if revoked is not None and revoked.on <= today:
        return Worth.REVOKED
    if completion.valid_through is None:
        return Worth.HISTORY
    return Worth.VALID if today <= completion.valid_through else Worth.EXPIRED


def revocation_of(completion: Completion) -> Revocation | None:
    return getattr(completion, "revocation", None)


def completions_of(worker: User) -> QuerySet[Completion]:
    """What a person completed, the latest first, with what `certificates.html` shows of it."""
    rows: QuerySet[Completion] = (
        Completion.objects.filter(worker=worker)
        .select_related("certificate", "revocation", "assignment__programme")
        .order_by("-completed_on", "-pk")
    )
    return rows


def standing_if_revoked(completion: Completion, today: date) -> tuple[Standing, Standing]:
    """The standing today as it is, and as it would be without the completion.

    Whether the person works or is on leave plays no part. About seven queries.
    """
    ledger = facts_of_one(completion.assignment).ledger_on(today)
    before = standing_on(ledger.dates, today)
    take(ledger, Event(today, EventType.REVOKED, day=completion.completed_on), place=-1)
    return before, standing_on(ledger.dates, today)
