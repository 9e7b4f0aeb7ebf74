"""What a coordinator decides about one person's training: more time, exemption, another date."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.actions.refusing import (
    check_due_date,
    check_end_of_exemption,
    check_exemption,
    check_extension,
)
from learning.actions.upkeep import bring_up_to_date
from learning.models import Assignment, AssignmentEvent
from organisations.models import User
from organisations.trail import record

Kind = AssignmentEvent.Kind
Reason = AssignmentEvent.Reason


@transaction.atomic
def extend(
    *, assignment: Assignment, to: date, reason: str, by: User | None, at: datetime
) -> AssignmentEvent:
    """Give somebody until a day. Who is certified stays covered until then.

    Raises `ExtensionInThePast`, `ExtensionBeforeDue`, `NotAssigned`. The same day again is
    nothing new.
    """
    assignment = _locked(assignment)
    known: AssignmentEvent | None = assignment.events.filter(kind=Kind.EXTENDED).last()
    ledger = check_extension(assignment, to, at=at, known=known.day if known else None)
    if known is not None and known.day == to:
        return known
    covered = ledger.covered_through if ledger.certifications else None
    return _append(assignment, Kind.EXTENDED, reason, by=by, at=at, day=to, covered_through=covered)


@transaction.atomic
def change_due_date(
    *,
    assignment: Assignment,
    due_on: date,
    reason: str = Reason.DECIDED,
    near_is_meant: bool = False,
    counted_from: date | None = None,
    by: User | None,
    at: datetime,
) -> AssignmentEvent:
    """Move a due date later, or set the one that was still to be decided.

    One that was still to be decided leaves time to finish, unless a near day is meant. Raises
    `DueDateEarlier`, `DueDateTooNear`, `NotAssigned`.
    """
    assignment = _locked(assignment)
    check_due_date(assignment, due_on, at=at, near_is_meant=near_is_meant)
    facts = {"day": due_on, "counted_from": counted_from, "waived": near_is_meant}
    return _append(assignment, Kind.DUE_CHANGED, reason, by=by, at=at, **facts)


@transaction.atomic
def exempt(
    *, assignment: Assignment, reason: str, until: date | None, by: User | None, at: datetime
) -> AssignmentEvent:
    """Excuse somebody, until a day if that is known. What they achieved stays valid.

    Raises `NotAssigned`, `ExemptionInThePast`. The rules do not ask it again through that day.
    """
    assignment = _locked(assignment)
    check_exemption(assignment, until, at=at)
    return _append(assignment, Kind.UNASSIGNED, reason, by=by, at=at, until=until)


@transaction.atomic
def end_exemption(
    *, assignment: Assignment, due_on: date, by: User | None, at: datetime
) -> AssignmentEvent:
    """Ask the training again: dates that still run come back, else this due date holds.

    Raises `NotExempt`, `DueDateTooNear`.
    """
    assignment = _locked(assignment)
    check_end_of_exemption(assignment, due_on, at=at)
    return _append(
        assignment,
        Kind.ASSIGNED,
        Reason.EXEMPTION_OVER,
        by=by,
        at=at,
        day=due_on,
        waived=True,
    )


def _locked(assignment: Assignment) -> Assignment:
    locked = Assignment.objects.select_for_update(of=("self",))
    found: Assignment = locked.select_related("organisation", "worker", "programme__policy").get(
        pk=assignment.pk
    )
    return found


def _append(
    assignment: Assignment, kind: str, reason: str, *, by: User | None, at: datetime, **facts: Any
) -> AssignmentEvent:
    today = timezone.localdate(at)
    event = AssignmentEvent.objects.create(
        assignment=assignment, kind=kind, on=today, reason=reason, by=by, at=at, **facts
    )
    bring_up_to_date([assignment.pk], today=today)
    record(
        ACTIONS.get(reason, ACTIONS[kind]),
        by=by,
        at=at,
        organisation=assignment.organisation,
        subject=assignment.worker,
        assignment=assignment.public_id,
        reason=str(reason),
        day=event.day.isoformat() if event.day else None,
        until=event.until.isoformat() if event.until else None,
    )
    return event


ACTIONS: dict[str, str] = {
    Kind.ASSIGNED: "training_assigned",
    Kind.UNASSIGNED: "training_exempted",
    Kind.DUE_CHANGED: "training_due_changed",
    Kind.EXTENDED: "training_extended",
    Reason.EXEMPTION_OVER: "training_exemption_ended",
}
