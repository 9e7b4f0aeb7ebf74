"""Somebody's learning path: what is done, what is now, what comes later."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from learning.models import Assignment, Attempt, Completion, Cycle, LearningEvent
from learning.models.programme import Path, ProgrammeModule
from learning.rules.progress import Progress, progress
from learning.rules.recertification import Certification, Standing, may_start, standing
from organisations.access import Access


@dataclass(frozen=True)
class PathItem:
    """One module of the path that is current."""

    position: int
    module: str  # its public identifier
    title: str
    summary: str
    minutes: int
    progress: Progress | None  # None before it is begun
    attempt: Attempt | None
    is_ready: bool  # whether a version is published

    @property
    def is_done(self) -> bool:
        return self.attempt is not None and self.attempt.completed_at is not None


@dataclass(frozen=True)
class LearningPath:
    """One assignment as the worker sees it."""

    assignment: Assignment
    standing: Standing
    path: str
    items: tuple[PathItem, ...]
    completions: tuple[Completion, ...]
    can_train: bool

    @property
    def next_item(self) -> PathItem | None:
        """The first module that is not done, when training now counts."""
        if not self.can_train:
            return None
        return next((item for item in self.items if not item.is_done), None)


def learning_paths(access: Access, today: date) -> list[LearningPath]:
    """All of a person's own assignments. Six queries at the most."""
    assignments = list(
        Assignment.objects.own(access)
        .select_related("programme__policy", "organisation", "worker")
        .order_by("first_due_on", "pk")
    )
    if not assignments:
        return []
    completions = _completions(assignments)
    cycles = _current_cycles(assignments)
    entries = _entries(assignments)
    attempts, slots = _attempts(cycles.values())
    paths = []
    for assignment in assignments:
        done = completions[assignment.pk]
        state = _standing(assignment, [c.facts for c in done], today)
        cycle = cycles.get(assignment.pk)
        path = cycle.path if cycle else Path.REFRESHER
        paths.append(
            LearningPath(
                assignment=assignment,
                standing=state,
                path=path,
                items=tuple(
                    _item(entry, attempts.get((cycle.pk if cycle else 0, entry.module_id)), slots)
                    for entry in entries[(assignment.programme_id, path)]
                ),
                completions=tuple(done),
                can_train=cycle is not None or may_start(state),
            )
        )
    return paths


def _standing(assignment: Assignment, certifications: list[Certification], today: date) -> Standing:
    return standing(
        assigned_on=assignment.assigned_on,
        first_due_on=assignment.first_due_on,
        certifications=certifications,
        policy=assignment.programme.policy.facts,
        day=today,
    )


def _completions(assignments: list[Assignment]) -> defaultdict[int, list[Completion]]:
    found: defaultdict[int, list[Completion]] = defaultdict(list)
    rows = Completion.objects.filter(assignment__in=assignments).select_related("cycle")
    for completion in rows.order_by("completed_on", "pk"):
        found[completion.assignment_id].append(completion)
    return found


def _current_cycles(assignments: list[Assignment]) -> dict[int, Cycle]:
    """The open cycle of each assignment, if it has one."""
    open_ones = Cycle.objects.open().filter(assignment__in=assignments)
    return {cycle.assignment_id: cycle for cycle in open_ones}


def _entries(
    assignments: list[Assignment],
) -> defaultdict[tuple[int, str], list[ProgrammeModule]]:
    found: defaultdict[tuple[int, str], list[ProgrammeModule]] = defaultdict(list)
    programmes = {assignment.programme_id for assignment in assignments}
    rows = ProgrammeModule.objects.filter(programme__in=programmes).select_related("module")
    for entry in rows.order_by("path", "position", "pk"):
        found[(entry.programme_id, entry.path)].append(entry)
    return found


def _attempts(
    cycles: Iterable[Cycle],
) -> tuple[dict[tuple[int, int], Attempt], dict[int, set[str]]]:
    rows = (
        Attempt.objects.filter(cycle__in=list(cycles))
        .select_related("module_version")
        .defer("module_version__content")
    )
    attempts = {(attempt.cycle_id, attempt.module_id): attempt for attempt in rows}
    slots: dict[int, set[str]] = {attempt.pk: set() for attempt in attempts.values()}
    events = LearningEvent.objects.filter(attempt__in=list(slots))
    for attempt, slot in events.values_list("attempt_id", "slot"):
        slots[attempt].add(slot)
    return attempts, slots


def _item(entry: ProgrammeModule, attempt: Attempt | None, slots: dict[int, set[str]]) -> PathItem:
    module = entry.module
    if attempt is None:
        return PathItem(
            position=entry.position,
            module=module.public_id,
            title=module.title,
            summary=module.summary,
            minutes=module.minutes,
            progress=None,
            attempt=None,
            is_ready=module.live,
        )
    content = attempt.module_version.parsed
    return PathItem(
        position=entry.position,
        module=module.public_id,
        title=content.title,
        summary=content.summary,
        minutes=content.minutes,
        progress=progress(content, slots[attempt.pk]),
        attempt=attempt,
        is_ready=True,
    )
