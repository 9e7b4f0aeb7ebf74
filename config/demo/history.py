"""Facts of earlier days, written as they would have been written then."""

from dataclasses import dataclass
from datetime import date, timedelta

from config.demo.moments import moment
from learning.actions import bring_up_to_date
from learning.models import (
    Assignment,
    AssignmentEvent,
    AssignmentRule,
    Completion,
    Cycle,
)
from learning.rules.events import Event, EventType
from learning.rules.ledger import Ledger
from learning.rules.taking import take
from organisations.models import User


def assign(user: User, rule: AssignmentRule, *, on: date, due_on: date) -> Assignment:
    """That the rule gave somebody the training on an earlier day."""
    assignment = Assignment.objects.create(
        worker=user, programme=rule.programme, organisation=rule.organisation
    )
    _event(assignment, rule, on=on, due_on=due_on).save()
    bring_up_to_date([assignment.pk], today=on)
    return assignment


def _event(
    assignment: Assignment, rule: AssignmentRule, *, on: date, due_on: date
) -> AssignmentEvent:
    return AssignmentEvent(
        assignment=assignment,
        kind=AssignmentEvent.Kind.ASSIGNED,
        on=on,
        day=due_on,
        reason=AssignmentEvent.Reason.RULE,
        rule=rule,
        matched=[{"rule": rule.public_id, "due": due_on.isoformat()}],
        counted_from=due_on - timedelta(days=rule.due_after_days or 0),
        waived=True,
        at=moment(on),
    )


@dataclass(frozen=True)
class Past:
    """Somebody's training elsewhere, taken over on the days that it was completed."""

    user: User
    assigned_on: date
    due_on: date
    ledger: Ledger  # through today


def begin(user: User, rule: AssignmentRule, *, on: date, due_on: date) -> Past:
    ledger = Ledger(rule.programme.policy.terms_on(on).facts)
    take(ledger, Event(on, EventType.ASSIGNED, day=due_on, waived=True))
    return Past(user=user, assigned_on=on, due_on=due_on, ledger=ledger)


def write(pasts: list[Past], rule: AssignmentRule, *, today: date) -> None:
    """Write the rows of many people at once."""
    for past in pasts:
        past.ledger.advance(today)
    assignments = Assignment.objects.bulk_create(
        Assignment(worker=past.user, programme=rule.programme, organisation=rule.organisation)
        for past in pasts
    )
    AssignmentEvent.objects.bulk_create(
        _event(assignment, rule, on=past.assigned_on, due_on=past.due_on)
        for assignment, past in zip(assignments, pasts, strict=True)
    )
    for assignment, past in zip(assignments, pasts, strict=True):
        _write_periods(assignment, past.ledger)
    bring_up_to_date([assignment.pk for assignment in assignments], today=today)


def _write_periods(assignment: Assignment, ledger: Ledger) -> None:
    made = {one.completed_on: one for one in ledger.certifications}
    cycles = Cycle.objects.bulk_create(
        Cycle(
            assignment=assignment,
            number=line.number,
            path=line.path,
            opened_on=line.assigned_on,
            window_opens_on=line.window_opens_on,
            due_on=line.due_on,
            closed_on=line.closed_on,
            closed_as=line.closed_as or "",
        )
        for line in ledger.cycles
    )
    Completion.objects.bulk_create(
        Completion(
            worker=assignment.worker,
            assignment=assignment,
            cycle=cycle,
            source=Completion.Source.IMPORTED,
            completed_on=line.completed_on,
            valid_through=made[line.completed_on].valid_through,
            covered_through=made[line.completed_on].covered_through,
            remembered_day=made[line.completed_on].remembered_day,
            active_months=ledger.policy.active_months,
            recorded_on=line.completed_on,
            recorded_at=moment(line.completed_on, minutes=30),
        )
        for cycle, line in zip(cycles, ledger.cycles, strict=True)
        if line.completed_on is not None
    )
