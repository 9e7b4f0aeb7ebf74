"""Somebody's learning path: what is done, what is now, what comes later."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from learning.models import (
    Assignment,
    Attempt,
    Completion,
    Cycle,
    LearningEvent,
    PathKind,
    ProgrammeModule,
)
from learning.rules.ledger import Ledger
from learning.rules.progress import Progress, progress
from learning.rules.status import Standing, standing_on
from learning.selectors.facts import facts_of
from learning.selectors.rotation import path_for, round_of
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
    kind: str  # onboarding or refresher
    items: tuple[PathItem, ...]
    completions: tuple[Completion, ...]
    can_train: bool
    seen_on: date | None  # the path was met within three years: there was nothing unseen

    @property
    def next_item(self) -> PathItem | None:
        """The first module that is not done, when training now counts."""
        if not self.can_train:
            return None
        return next((item for item in self.items if not item.is_done), None)


def learning_paths(access: Access, today: date) -> list[LearningPath]:
    """All of a person's own training, what is asked now first. Queries grow with programmes only.

    Whether the person is at work plays no part here: a worker on leave may train.
    """
    assignments = list(
        Assignment.objects.own(access)
        .select_related("programme__policy", "organisation", "worker")
        .order_by("pk")
    )
    if not assignments:
        return []
    facts = facts_of([assignment.pk for assignment in assignments])
    completions = _completions(assignments)
    paths = [
        _path(one, facts[one.pk].ledger_on(today), completions[one.pk], today)
        for one in assignments
    ]
    return sorted(paths, key=lambda path: (not path.can_train, path.standing.due_on or date.max))


def _path(
    assignment: Assignment, ledger: Ledger, done: list[Completion], today: date
) -> LearningPath:
    line = ledger.open_cycle
    kind = line.path if line else PathKind.REFRESHER
    choice = path_for(assignment, kind, today)
    attempts, slots = _attempts(round_of(assignment.pk))
    entries = (
        ProgrammeModule.objects.filter(path=choice.path).select_related("module")
        if choice and ledger.is_assigned
        else []
    )
    return LearningPath(
        assignment=assignment,
        standing=standing_on(ledger.dates, today),
        kind=kind,
        items=tuple(_item(entry, attempts.get(entry.module_id), slots) for entry in entries),
        completions=tuple(done),
        can_train=line is not None,
        seen_on=choice.seen_on if choice else None,
    )


def _completions(assignments: list[Assignment]) -> defaultdict[int, list[Completion]]:
    found: defaultdict[int, list[Completion]] = defaultdict(list)
    rows = Completion.objects.filter(assignment__in=assignments).select_related(
        "cycle", "certificate", "revocation"
    )
    for completion in rows.order_by("completed_on", "pk"):
        found[completion.assignment_id].append(completion)
    return found


def _attempts(cycles: QuerySet[Cycle]) -> tuple[dict[int, Attempt], dict[int, set[str]]]:
    """The newest attempt at each module in the periods, with the places that were filled."""
    rows = (
        Attempt.objects.filter(cycle__in=cycles)
        .select_related("module_version")
        .defer("module_version__content")
        .order_by("started_at", "pk")
    )
    attempts = {attempt.module_id: attempt for attempt in rows}
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
