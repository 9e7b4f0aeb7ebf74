"""Beginning and closing an attempt, and what closing it leads to."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from learning.actions.certificates import give_certificate
from learning.actions.upkeep import bring_up_to_date
from learning.errors import NothingPublished, NothingToStart, StepsLeft
from learning.models import Assignment, Attempt, Completion, Cycle, LearningEvent
from learning.rules.certifying import Certification
from learning.rules.events import Event, EventType
from learning.rules.progress import steps_left
from learning.rules.taking import take
from learning.selectors.facts import facts_of_one
from learning.selectors.rotation import modules_of, path_for, round_of
from modules.models import ModulePage
from organisations.trail import record


@transaction.atomic
def start_attempt(*, assignment: Assignment, module: ModulePage, at: datetime) -> Attempt:
    """Begin a module of the current cycle, or give the attempt that was begun already.

    The attempt is pinned to the version that is current now, the cycle to its path. The caller
    has checked that the assignment is the worker's own. Raises `NothingToStart` when training
    now would not count or the module is not in the path, `NothingPublished` when it has no
    version, or is withdrawn.
    """
    today = timezone.localdate(at)
    bring_up_to_date([assignment.pk], today=today)
    cycle = assignment.cycles.open().select_related("assignment").first()
    if cycle is None:
        raise NothingToStart
    path = _path_with(cycle, module, today)
    known = _attempts_of(cycle).filter(module=module).order_by("-started_at", "-pk").first()
    if known is not None:
        return known
    version = module.current_version if module.live else None
    if version is None:
        raise NothingPublished
    if cycle.programme_path_id is None:
        cycle.programme_path_id = path
        cycle.save(update_fields=["programme_path"])
    return Attempt.objects.create(
        worker=assignment.worker,
        cycle=cycle,
        module=module,
        module_version=version,
        started_at=at,
    )


def _path_with(cycle: Cycle, module: ModulePage, today: date) -> int:
    choice = path_for(cycle.assignment, cycle.path, today)
    if choice is None or module.pk not in {one.pk for one in modules_of(choice.path)}:
        raise NothingToStart
    return choice.path


def _attempts_of(cycle: Cycle) -> QuerySet[Attempt]:
    return Attempt.objects.filter(cycle__in=round_of(cycle.assignment_id))


@transaction.atomic
def complete_attempt(*, attempt: Attempt, at: datetime) -> Completion | None:
    """Close the attempt, and with the last module of the path the cycle too.

    A second call, from a double click or another browser, changes nothing. Returns the
    completion when there is one. Raises `StepsLeft` when the module is not finished.
    """
    assignment = Assignment.objects.select_for_update().get(cycles__attempts=attempt)
    attempt = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("module_version", "cycle")
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
    known: Completion | None = (
        Completion.objects.filter(
            cycle__assignment=assignment, cycle__number__gte=attempt.cycle.number
        )
        .order_by("cycle__number")
        .first()
    )
    return known or _complete_if_done(assignment, at)


def _complete_if_done(assignment: Assignment, at: datetime) -> Completion | None:
    """With every module of the path done, certify and close the period."""
    today = timezone.localdate(at)
    bring_up_to_date([assignment.pk], today=today)
    cycle = assignment.cycles.open().select_related("assignment").first()
    choice = path_for(cycle.assignment, cycle.path, today) if cycle is not None else None
    if cycle is None or choice is None:
        return None
    wanted = {module.pk for module in modules_of(choice.path)}
    done = _attempts_of(cycle).filter(completed_at__isnull=False).select_related("module_version")
    finished = {attempt.module_id: attempt for attempt in done if attempt.module_id in wanted}
    if set(finished) != wanted:
        return None
    minutes = sum(attempt.module_version.parsed.minutes for attempt in finished.values())
    return _complete(assignment, cycle, minutes=minutes, at=at)


def _complete(assignment: Assignment, cycle: Cycle, *, minutes: int, at: datetime) -> Completion:
    today = timezone.localdate(at)
    made = _certification(assignment, today)
    completion = Completion.objects.create(
        worker_id=assignment.worker_id,
        assignment=assignment,
        cycle=cycle,
        completed_on=today,
        valid_through=made.valid_through,
        covered_through=made.covered_through,
        remembered_day=made.remembered_day,
        active_months=assignment.programme.policy.terms_on(today).active_months,
        minutes=minutes,
        recorded_on=today,
        recorded_by=assignment.worker,
        recorded_at=at,
    )
    give_certificate(completion, at=at)
    bring_up_to_date([assignment.pk], today=today)
    record(
        "training_completed",
        by=assignment.worker,
        at=at,
        organisation=assignment.organisation,
        subject=completion,
    )
    return completion


def _certification(assignment: Assignment, today: date) -> Certification:
    """What completing on the day makes valid; the period is open, so it counts."""
    ledger = facts_of_one(assignment).ledger_on(today)
    take(ledger, Event(today, EventType.COMPLETED), place=-1)
    return ledger.taken[-1]
