"""Deciding what the engine could not decide. Each case is decided once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction

from learning.actions.decisions import change_due_date, exempt
from learning.actions.evidence import accept_evidence
from learning.errors import AlreadyDecided, NotAChoice
from learning.models import ExceptionCase
from learning.querysets import ExceptionCaseQuerySet
from learning.selectors.exceptions import choices_of, day_in, overtaken
from organisations.models import Organisation, User
from organisations.trail import line, record, record_all

Decision = ExceptionCase.Decision


def decide_due_date(
    *, case: ExceptionCase, due_on: date, by: User | None, at: datetime
) -> ExceptionCase:
    """Set the due date that was missing. Raises `DueDateTooNear`, `AlreadyDecided`."""
    with _deciding(case, Decision.SET_DUE_DATE, by=by, at=at) as locked:
        change_due_date(assignment=locked.assignment, due_on=due_on, by=by, at=at)
    return locked


def keep_due_date(*, case: ExceptionCase, by: User | None, at: datetime) -> ExceptionCase:
    """Let the date of the rule hold, near or past as it is. Raises `AlreadyDecided`."""
    with _deciding(case, Decision.KEEP_DUE_DATE, by=by, at=at) as locked:
        due_on = day_in(locked, "due")
        if due_on is None:
            raise NotAChoice
        change_due_date(
            assignment=locked.assignment, due_on=due_on, near_is_meant=True, by=by, at=at
        )
    return locked


def decide_exemption(
    *, case: ExceptionCase, reason: str, until: date | None, by: User | None, at: datetime
) -> ExceptionCase:
    """Excuse the person. Raises `ExemptionInThePast`, `AlreadyDecided`."""
    with _deciding(case, Decision.EXEMPT, by=by, at=at) as locked:
        exempt(assignment=locked.assignment, reason=reason, until=until, by=by, at=at)
    return locked


def decide_evidence(
    *, case: ExceptionCase, accept: bool, by: User | None, at: datetime
) -> ExceptionCase:
    """Take the evidence all the same, or refuse it. Raises `AlreadyDecided`."""
    decision = Decision.ACCEPT_EVIDENCE if accept else Decision.REFUSE_EVIDENCE
    with _deciding(case, decision, by=by, at=at) as locked:
        if accept:
            accept_evidence(case=locked, by=by, at=at)
    return locked


def keep_as_is(*, case: ExceptionCase, by: User | None, at: datetime) -> ExceptionCase:
    """Leave everything as it stands. Raises `AlreadyDecided`."""
    with _deciding(case, Decision.KEEP_AS_IS, by=by, at=at) as locked:
        return locked


@contextmanager
def _deciding(
    case: ExceptionCase, decision: str, *, by: User | None, at: datetime
) -> Iterator[ExceptionCase]:
    """Lock the case, let the decision be carried out and close it, all or nothing."""
    with transaction.atomic():
        locked = (
            ExceptionCase.objects.select_for_update(of=("self",))
            .select_related("organisation", "assignment__worker")
            .get(pk=case.pk)
        )
        if locked.decided_at is not None:
            raise AlreadyDecided
        if decision not in choices_of(locked):
            raise NotAChoice
        yield locked
        locked.decision, locked.decided_by, locked.decided_at = decision, by, at
        locked.save(update_fields=["decision", "decided_by", "decided_at"])
        record(
            "exception_decided",
            by=by,
            at=at,
            organisation=locked.organisation,
            subject=locked.assignment.worker,
            case=locked.public_id,
            kind=locked.kind,
            decision=str(decision),
        )


def close_overtaken_cases(*, at: datetime) -> int:
    """Close what nobody needs to decide any more; how many. Again does nothing."""
    return _close(ExceptionCase.objects.all(), at=at)


def close_overtaken(*, organisation: Organisation, at: datetime) -> int:
    """The same for one organisation."""
    return _close(ExceptionCase.objects.filter(organisation=organisation), at=at)


def close_overtaken_of(*, user: User, at: datetime) -> int:
    """The same for one person."""
    return _close(ExceptionCase.objects.filter(assignment__worker=user), at=at)


@transaction.atomic
def _close(cases: ExceptionCaseQuerySet, *, at: datetime) -> int:
    found = overtaken(cases)
    if not found:
        return 0
    rows = ExceptionCase.objects.select_for_update(of=("self",)).open().filter(pk__in=found)
    closed = list(rows.select_related("assignment__worker", "organisation").order_by("pk"))
    ExceptionCase.objects.filter(pk__in=[case.pk for case in closed]).update(
        decision=Decision.OVERTAKEN, decided_at=at
    )
    record_all(
        line(
            "exception_overtaken",
            by=None,
            at=at,
            organisation=case.organisation,
            subject=case.assignment.worker,
            case=case.public_id,
            kind=case.kind,
        )
        for case in closed
    )
    return len(closed)
