"""Beginning and closing an attempt, and what closing it leads to."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from learning.errors import NothingPublished, NothingToStart, StepsLeft
from learning.models import Assignment, Attempt, Completion, Cycle, LearningEvent
from learning.models.programme import Path
from learning.rules.progress import steps_left
from learning.rules.recertification import (
    Certification,
    certification_on,
    certify,
    may_start,
    window_opens_on,
)
from learning.selectors.standing import standing_of
from modules.models import ModulePage
from organisations.trail import record


@transaction.atomic
def start_attempt(*, assignment: Assignment, module: ModulePage, at: datetime) -> Attempt:
    """Begin a module of the current cycle, or give the attempt that was begun already.

    The attempt is pinned to the version that is current now. The caller has checked that the
    assignment is the worker's own. Raises `NothingToStart` when training now would not count or
    the module is not in the path, `NothingPublished` when it has no version, or is
    withdrawn.
    """
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    cycle = _current_cycle(assignment, at)
    if not assignment.programme.entries.filter(path=cycle.path, module=module).exists():
        raise NothingToStart
    known: Attempt | None = Attempt.objects.filter(cycle=cycle, module=module).first()
    if known is not None:
        return known
    version = module.current_version if module.live else None
    if version is None:
        raise NothingPublished
    return Attempt.objects.create(
        worker=assignment.worker,
        cycle=cycle,
        module=module,
        module_version=version,
        started_at=at,
    )


def _current_cycle(assignment: Assignment, at: datetime) -> Cycle:
    """The open cycle; where the window has opened since the last one closed, the next one."""
    cycle: Cycle | None = assignment.cycles.open().first()
    if cycle is not None:
        return cycle
    standing = standing_of(assignment, timezone.localdate(at))
    if not may_start(standing) or standing.due_on is None:
        raise NothingToStart
    return Cycle.objects.create(
        assignment=assignment,
        number=assignment.cycles.count() + 1,
        path=Path.REFRESHER,
        window_opens_on=standing.window_opens_on,
        due_on=standing.due_on,
        opened_at=at,
    )


@transaction.atomic
def complete_attempt(*, attempt: Attempt, at: datetime) -> Completion | None:
    """Close the attempt, and with the last module of the path the cycle too.

    A second call, from a double click or another browser, changes nothing. Returns the
    completion when there is one. Raises `StepsLeft` when the module is not finished.
    """
    attempt = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("cycle__assignment__programme__policy", "module_version")
        .get(pk=attempt.pk)
    )
    if attempt.completed_at is None:
        slots = set(attempt.events.values_list("slot", flat=True))
        if steps_left(attempt.module_version.parsed, slots):
            raise StepsLeft
        attempt.completed_at = at
        attempt.save(update_fields=["completed_at"])
        LearningEvent.objects.create(
            attempt=attempt,
            module_version=attempt.module_version,
            slot="completed",
            kind=LearningEvent.Kind.COMPLETED,
            at=at,
        )
    return _close_cycle_if_done(attempt.cycle, at)


def _close_cycle_if_done(cycle: Cycle, at: datetime) -> Completion | None:
    cycle = (
        Cycle.objects.select_for_update(of=("self",))
        .select_related("assignment__programme__policy", "assignment__organisation")
        .get(pk=cycle.pk)
    )
    if cycle.closed_at is not None:
        return Completion.objects.filter(cycle=cycle).first()
    wanted = cycle.assignment.programme.entries.filter(path=cycle.path).count()
    if cycle.attempts.filter(completed_at__isnull=False).count() < wanted:
        return None
    certification = _certification(cycle, at)
    cycle.closed_at = at
    cycle.save(update_fields=["closed_at"])
    policy = cycle.assignment.programme.policy
    completion = Completion.objects.create(
        worker=cycle.assignment.worker,
        assignment=cycle.assignment,
        cycle=cycle,
        completed_at=at,
        completed_on=certification.completed_on,
        valid_through=certification.valid_through,
        remembered_day=certification.remembered_day,
        active_months=policy.active_months,
        window_months=policy.window_months,
    )
    record(
        "training_completed",
        by=cycle.assignment.worker,
        at=at,
        organisation=cycle.assignment.organisation,
        subject=completion,
    )
    return completion


def _certification(cycle: Cycle, at: datetime) -> Certification:
    assignment = cycle.assignment
    today = timezone.localdate(at)
    earlier = [completion.facts for completion in assignment.completions.all()]
    policy = assignment.programme.policy.facts
    certification = certify(
        completed_on=today,
        first_due_on=assignment.first_due_on,
        current=certification_on(earlier, today),
        policy=policy,
    )
    if certification is None:
        # A cycle opens in the window at the earliest: this is a defect, no visitor's doing.
        current = certification_on(earlier, today)
        opens = window_opens_on(current.valid_through, policy) if current else None
        raise AssertionError(f"Cycle {cycle.pk} was finished before its window opened ({opens}).")
    return certification
