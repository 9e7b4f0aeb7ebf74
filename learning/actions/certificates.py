"""Giving certificates, and taking back what should not have been given."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from learning.actions.upkeep import bring_up_to_date
from learning.errors import AlreadyRevoked
from learning.models import Assignment, Certificate, Completion, ExceptionCase, Revocation
from organisations.identifiers import new_code
from organisations.models import User
from organisations.trail import record


def give_certificate(completion: Completion, *, at: datetime) -> Certificate | None:
    """The certificate of a completion, once, with name and programme as they are now.

    None for a completion that is history only: it made nothing valid.
    """
    if completion.valid_through is None:
        return None
    known = Certificate.objects.filter(completion=completion).first()
    if known is not None:
        return known
    return Certificate.objects.create(
        completion=completion,
        code=new_code(),
        name=completion.worker.get_full_name(),
        programme=completion.assignment.programme.title,
        completed_on=completion.completed_on,
        valid_through=completion.valid_through,
        minutes=completion.minutes,
        given_at=at,
    )


@transaction.atomic
def revoke(*, completion: Completion, reason: str, by: User | None, at: datetime) -> Revocation:
    """Let a completion no longer count, from today on; its certificate says so from then on.

    What was before stays as it was. Where no due date follows, the coordinator is asked for one.
    Raises `AlreadyRevoked`.
    """
    today = timezone.localdate(at)
    locked = Assignment.objects.select_for_update(of=("self",)).select_related("organisation")
    assignment = locked.get(pk=completion.assignment_id)
    if Revocation.objects.filter(completion=completion).exists():
        raise AlreadyRevoked
    revocation = Revocation.objects.create(
        completion=completion, on=today, reason=reason, by=by, at=at
    )
    ledger = bring_up_to_date([assignment.pk], today=today)[assignment.pk]
    if ledger.is_assigned and ledger.due_on is None:
        _ask_for_due_date(assignment, completion, today, at)
    record(
        "completion_revoked",
        by=by,
        at=at,
        organisation=assignment.organisation,
        subject=completion.worker,
        completion=completion.public_id,
        reason=reason,
    )
    return revocation


def _ask_for_due_date(
    assignment: Assignment, completion: Completion, today: date, at: datetime
) -> None:
    ExceptionCase.objects.create(
        organisation_id=assignment.organisation_id,
        assignment=assignment,
        kind=ExceptionCase.Kind.CONFLICTING_FACTS,
        key=f"revoked {completion.public_id}",
        facts={
            "reason": "REVOKED",
            "completed_on": completion.completed_on.isoformat(),
            "on": today.isoformat(),
        },
        opened_at=at,
    )
