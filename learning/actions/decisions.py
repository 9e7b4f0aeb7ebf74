"""What a coordinator decides about one person's training: more time, exemption, another date."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from learning.actions.upkeep import bring_up_to_date
from learning.errors import (
    DueDateEarlier,
    DueDateTooNear,
    ExemptionInThePast,
    ExtensionBeforeDue,
    ExtensionInThePast,
    NotAssigned,
    NotExempt,
)
from learning.models import Assignment, AssignmentEvent
from learning.rules.events import Event, EventType, Refusal
from learning.rules.ledger import Ledger
from learning.rules.taking import take
from learning.selectors.facts import facts_of_one
from organisations.actions.checks import check_days
from organisations.errors import Refused
from organisations.models import User
from organisations.trail import record

Kind = AssignmentEvent.Kind
Reason = AssignmentEvent.Reason
REFUSALS: dict[Refusal, type[Refused]] = {
    Refusal.NOT_ASSIGNED: NotAssigned,
    Refusal.EXTENSION_IN_THE_PAST: ExtensionInThePast,
    Refusal.EXTENSION_BEFORE_DUE: ExtensionBeforeDue,
    Refusal.DUE_DATE_EARLIER: DueDateEarlier,
}


@transaction.atomic
def extend(
    *, assignment: Assignment, to: date, reason: str, by: User | None, at: datetime
) -> AssignmentEvent:
    """Give somebody until a day. Who is certified stays covered until then.

    Raises `ExtensionInThePast`, `ExtensionBeforeDue`, `NotAssigned`. The same day again is
    nothing new.
    """
    today = timezone.localdate(at)
    check_days(to, at=at)
    assignment = _locked(assignment)
    ledger = _would_be(assignment, Event(today, EventType.EXTENDED, day=to))
    known: AssignmentEvent | None = assignment.events.filter(kind=Kind.EXTENDED).last()
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
    today = timezone.localdate(at)
    check_days(due_on, at=at)
    assignment = _locked(assignment)
    known = facts_of_one(assignment).ledger_on(today).due_on
    change = Event(today, EventType.DUE_CHANGED, day=due_on, waived=near_is_meant)
    _would_be(assignment, change)
    if known == due_on:
        raise DueDateEarlier
    if known is None and not near_is_meant:
        leave_time(due_on, today)
    facts = {"day": due_on, "counted_from": counted_from, "waived": near_is_meant}
    return _append(assignment, Kind.DUE_CHANGED, reason, by=by, at=at, **facts)


@transaction.atomic
def exempt(
    *, assignment: Assignment, reason: str, until: date | None, by: User | None, at: datetime
) -> AssignmentEvent:
    """Excuse somebody, until a day if that is known. What they achieved stays valid.

    Raises `NotAssigned`, `ExemptionInThePast`. The rules do not ask it again through that day.
    """
    today = timezone.localdate(at)
    check_days(until, at=at)
    if until is not None and until < today:
        raise ExemptionInThePast
    assignment = _locked(assignment)
    _would_be(assignment, Event(today, EventType.UNASSIGNED))
    return _append(assignment, Kind.UNASSIGNED, reason, by=by, at=at, until=until)


@transaction.atomic
def end_exemption(
    *, assignment: Assignment, due_on: date, by: User | None, at: datetime
) -> AssignmentEvent:
    """Ask the training again: dates that still run come back, else this due date holds.

    Raises `NotExempt`, `DueDateTooNear`.
    """
    today = timezone.localdate(at)
    check_days(due_on, at=at)
    assignment = _locked(assignment)
    if not facts_of_one(assignment).is_exempt:
        raise NotExempt
    leave_time(due_on, today)
    return _append(
        assignment,
        Kind.ASSIGNED,
        Reason.EXEMPTION_OVER,
        by=by,
        at=at,
        day=due_on,
        waived=True,
    )


def leave_time(due_on: date, today: date) -> None:
    """Refuse a first due date that is too near to finish in time."""
    days = settings.LEAST_DAYS_TO_FINISH
    first = today + timedelta(days=days)
    if due_on < first:
        raise DueDateTooNear(days=days, first=date_format(first, "j F Y"))


def _locked(assignment: Assignment) -> Assignment:
    locked = Assignment.objects.select_for_update(of=("self",))
    found: Assignment = locked.select_related("organisation", "worker", "programme__policy").get(
        pk=assignment.pk
    )
    return found


def _would_be(assignment: Assignment, event: Event) -> Ledger:
    """The state with the event taken; raises the refusal where it is not."""
    ledger = facts_of_one(assignment).ledger_on(event.on)
    refusal = take(ledger, event, place=-1)
    if refusal is not None:
        raise REFUSALS[refusal]
    return ledger


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
