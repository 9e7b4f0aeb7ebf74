"""What refuses a coordinator's decision: asked before it is shown and again when it is saved."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from learning.errors import (
    DueDateEarlier,
    DueDateTooNear,
    ExemptionInThePast,
    ExtensionBeforeDue,
    ExtensionInThePast,
    NotAssigned,
    NotExempt,
)
from learning.models import Assignment
from learning.rules.events import Event, EventType, Refusal
from learning.rules.ledger import Ledger
from learning.rules.taking import take
from learning.selectors.facts import facts_of_one
from organisations.actions.checks import check_days
from organisations.errors import Refused

REFUSALS: dict[Refusal, type[Refused]] = {
    Refusal.NOT_ASSIGNED: NotAssigned,
    Refusal.EXTENSION_IN_THE_PAST: ExtensionInThePast,
    Refusal.EXTENSION_BEFORE_DUE: ExtensionBeforeDue,
    Refusal.DUE_DATE_EARLIER: DueDateEarlier,
}


def check_extension(
    assignment: Assignment, to: date, *, at: datetime, known: date | None = None
) -> Ledger:
    """The state with more time given. `known` is the day of an extension that may be repeated.

    Raises `ExtensionInThePast`, `ExtensionBeforeDue`, `NotAssigned`, `TooFarAway`.
    """
    check_days(to, at=at)
    before, after = _with(assignment, EventType.EXTENDED, to, at=at)
    if before == to != known:
        raise ExtensionBeforeDue
    return after


def check_due_date(
    assignment: Assignment, due_on: date, *, at: datetime, near_is_meant: bool = False
) -> None:
    """Raises `DueDateEarlier`, `DueDateTooNear`, `NotAssigned`, `TooFarAway`."""
    check_days(due_on, at=at)
    before, _after = _with(
        assignment, EventType.DUE_CHANGED, due_on, at=at, near_is_meant=near_is_meant
    )
    if before == due_on:
        raise DueDateEarlier
    if before is None and not near_is_meant:
        leave_time(due_on, timezone.localdate(at))


def check_exemption(assignment: Assignment, until: date | None, *, at: datetime) -> None:
    """Raises `ExemptionInThePast`, `NotAssigned`, `TooFarAway`."""
    check_days(until, at=at)
    if until is not None and until < timezone.localdate(at):
        raise ExemptionInThePast
    _with(assignment, EventType.UNASSIGNED, None, at=at)


def check_end_of_exemption(assignment: Assignment, due_on: date, *, at: datetime) -> None:
    """Raises `NotExempt`, `DueDateTooNear`, `TooFarAway`."""
    check_days(due_on, at=at)
    if not facts_of_one(assignment).is_exempt:
        raise NotExempt
    leave_time(due_on, timezone.localdate(at))


def leave_time(due_on: date, today: date) -> None:
    """Refuse a first due date that is too near to finish in time."""
    days = settings.LEAST_DAYS_TO_FINISH
    first = today + timedelta(days=days)
    if due_on < first:
        raise DueDateTooNear(days=days, first=date_format(first, "j F Y"))


def _with(
    assignment: Assignment,
    kind: EventType,
    day: date | None,
    *,
    at: datetime,
    near_is_meant: bool = False,
) -> tuple[date | None, Ledger]:
    """The due date of now, and the state with the event taken. Raises the engine's refusal."""
    today = timezone.localdate(at)
    ledger = facts_of_one(assignment).ledger_on(today)
    due_on = ledger.due_on
    refusal = take(ledger, Event(today, kind, day=day, waived=near_is_meant), place=-1)
    if refusal is Refusal.TOO_LITTLE_TIME and day is not None:
        leave_time(day, today)
    elif refusal is not None:
        raise REFUSALS[refusal]
    return due_on, ledger
