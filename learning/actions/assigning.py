"""Giving people the training that their work asks for, and taking away what it no longer asks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from learning.actions.upkeep import bring_up_to_date
from learning.models import Assignment, AssignmentEvent, ExceptionCase
from learning.rules.events import Refusal
from learning.rules.matching import Change
from learning.selectors.planning import AT_A_TIME, is_to_decide, plan_for
from organisations.models import AuditEvent, User
from organisations.trail import line, record_all


@dataclass(frozen=True)
class Assigning:
    """What one run of the rules did."""

    assigned: int = 0
    unassigned: int = 0
    due_changed: int = 0
    to_decide: int = 0


def assign_by_rules(*, user: User, by: User | None, at: datetime) -> list[Assignment]:
    """Follow the rules for one person. Returns what was assigned now; again adds nothing."""
    done = follow_rules(workers=[user.pk], by=by, at=at)
    if not done.assigned:
        return []
    given = AssignmentEvent.objects.filter(kind="assigned", at=at, assignment__worker=user)
    return list(
        Assignment.objects.filter(pk__in=given.values("assignment"))
        .select_related("worker", "programme__policy", "organisation")
        .order_by("pk")
    )


def follow_rules(
    *,
    workers: Collection[int],
    programmes: Collection[int] | None = None,
    by: User | None,
    at: datetime,
) -> Assigning:
    """Give people what the rules of their organisations ask for, and no longer what they do not.

    In pieces of some hundreds of people, each in a transaction: a run that was broken off is
    simply run again. `programmes` narrows it to some of them.
    """
    total = Assigning()
    ordered = sorted(set(workers))
    for start in range(0, len(ordered), AT_A_TIME):
        done = _follow_for(ordered[start : start + AT_A_TIME], programmes=programmes, by=by, at=at)
        total = add(total, done)
    return total


def add(one: Assigning, other: Assigning) -> Assigning:
    return Assigning(
        assigned=one.assigned + other.assigned,
        unassigned=one.unassigned + other.unassigned,
        due_changed=one.due_changed + other.due_changed,
        to_decide=one.to_decide + other.to_decide,
    )


@transaction.atomic
def _follow_for(
    workers: list[int], *, programmes: Collection[int] | None, by: User | None, at: datetime
) -> Assigning:
    today = timezone.localdate(at)
    list(User.objects.select_for_update().filter(pk__in=workers).order_by("pk").values("pk"))
    plan = plan_for(workers, today=today, programmes=programmes)
    return _carry_out(plan.changes, by=by, at=at, today=today) if plan.changes else Assigning()


def _carry_out(
    planned: Sequence[tuple[int, Change]], *, by: User | None, at: datetime, today: date
) -> Assigning:
    held = _assignments_for(planned)
    AssignmentEvent.objects.bulk_create(
        _event(held[worker, change.programme], change, by=by, at=at, today=today)
        for worker, change in planned
    )
    touched = {held[worker, change.programme].pk for worker, change in planned}
    ledgers = bring_up_to_date(touched, today=today)
    cases = []
    for worker, change in planned:
        assignment = held[worker, change.programme]
        if is_to_decide(change, ledgers[assignment.pk]):
            cases.append(_case(assignment, change, at=at, today=today))
    record_all(
        _line(held[worker, change.programme], change, by=by, at=at) for worker, change in planned
    )
    ExceptionCase.objects.bulk_create(cases, ignore_conflicts=True)
    kinds = [change.kind for _worker, change in planned]
    return Assigning(
        assigned=kinds.count("assigned"),
        unassigned=kinds.count("unassigned"),
        due_changed=kinds.count("due_changed"),
        to_decide=len(cases),
    )


def _assignments_for(planned: Sequence[tuple[int, Change]]) -> dict[tuple[int, int], Assignment]:
    """The assignment of each person and programme, made where there is none yet.

    What another employer asks now is from then on in the hands of that organisation.
    """
    Assignment.objects.bulk_create(
        (
            Assignment(
                worker_id=worker,
                programme_id=change.programme,
                organisation_id=change.match.rule.organisation,
            )
            for worker, change in planned
            if change.kind == "assigned" and change.match is not None
        ),
        ignore_conflicts=True,
    )
    wanted = {(worker, change.programme): change for worker, change in planned}
    rows = Assignment.objects.filter(
        worker__in={worker for worker, _change in planned},
        programme__in={change.programme for _worker, change in planned},
    ).select_related("organisation")
    found = {(row.worker_id, row.programme_id): row for row in rows}
    for key, change in wanted.items():
        row = found[key]
        match = change.match
        if match is None or change.kind != "assigned":
            continue
        if row.organisation_id != match.rule.organisation:
            row.organisation_id = match.rule.organisation
            row.save(update_fields=["organisation"])
    return found


def _event(
    assignment: Assignment, change: Change, *, by: User | None, at: datetime, today: date
) -> AssignmentEvent:
    return AssignmentEvent(
        assignment=assignment,
        kind=change.kind,
        on=today,
        day=change.due_on,
        reason=change.reason,
        rule_id=change.match.rule.pk if change.match else None,
        matched=list(_matched(change)),
        counted_from=change.match.counted_from if change.match else None,
        by=by,
        at=at,
    )


def _matched(change: Change) -> Iterator[dict[str, str]]:
    for match in change.matched:
        yield {"rule": match.rule.public_id, "due": match.due_on.isoformat()}


def _case(assignment: Assignment, change: Change, *, at: datetime, today: date) -> ExceptionCase:
    due = change.due_on.isoformat() if change.due_on else ""
    return ExceptionCase(
        organisation_id=assignment.organisation_id,
        assignment=assignment,
        kind=ExceptionCase.Kind.TOO_LITTLE_TIME,
        key=f"{at.isoformat()} {due}",  # asked again by a later assignment of the same day
        facts={"reason": str(Refusal.TOO_LITTLE_TIME), "due": due, "on": today.isoformat()},
        opened_at=at,
    )


ACTIONS = {
    "assigned": "training_assigned",
    "unassigned": "training_unassigned",
    "due_changed": "training_due_changed",
}


def _line(assignment: Assignment, change: Change, *, by: User | None, at: datetime) -> AuditEvent:
    return line(
        ACTIONS[change.kind],
        by=by,
        at=at,
        organisation=assignment.organisation,
        subject=assignment,
        reason=change.reason,
        due_on=change.due_on.isoformat() if change.due_on else None,
    )
