"""Somebody's learning path: what is done, what is now, what comes later."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from learning.models import Assignment, Attempt, Completion, LearningEvent
from learning.rules.policy import Basis
from learning.rules.progress import Progress, progress
from learning.rules.status import Dates, Standing, Status, standing_on
from learning.selectors.current import Now, now_of
from learning.selectors.rotation import Paths, Round, paths_for, rounds_of
from modules.models import ModulePage
from organisations.access import Access
from organisations.models import Leave


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
class Away:
    """That the person is on leave. `back_on` is the first day back; None: not known yet."""

    back_on: date | None


@dataclass(frozen=True)
class LearningPath:
    """One assignment as the worker sees it."""

    assignment: Assignment
    dates: Dates
    standing: Standing
    is_exempt: bool
    away: Away | None
    kind: str  # onboarding or refresher
    items: tuple[PathItem, ...]
    finished: tuple[Attempt, ...]  # the modules of the last completion
    completions: tuple[Completion, ...]
    can_train: bool
    seen_on: date | None  # the path was met within three years: there was nothing unseen
    keeps_yearly_date: bool  # who renews in time

    @property
    def next_item(self) -> PathItem | None:
        """The first module that is not done, when training now counts."""
        if not self.can_train:
            return None
        return next((item for item in self.items if not item.is_done), None)

    @property
    def is_asked(self) -> bool:
        """Whether it is assigned; what was asked once is history."""
        return self.dates.is_assigned

    @property
    def state(self) -> str:
        """The status, with *grace* and *undecided* apart: they are told differently."""
        if self.standing.status is Status.OVERDUE and self.standing.covered:
            return "grace"
        if self.standing.status is Status.ASSIGNED and self.standing.due_on is None:
            return "undecided"
        return self.standing.status.value

    @property
    def newest_first(self) -> tuple[Completion, ...]:
        return self.completions[::-1]

    @property
    def has_later_due_date(self) -> bool:
        """Whether renewing is due after the expiry: somebody was away, or it was decided."""
        due, through = self.standing.due_on, self.standing.certified_through
        return self.can_train and due is not None and through is not None and due > through

    @property
    def extended_to(self) -> date | None:
        """The last valid day, where that is later than any completion made it."""
        through = self.dates.certified_through
        made = [one.valid_through for one in self.completions if not hasattr(one, "revocation")]
        latest = max((day for day in made if day is not None), default=None)
        is_later = through is not None and latest is not None and through > latest
        return through if is_later else None


@dataclass(frozen=True)
class _Read:
    """All that was read for somebody's path, by assignment, path or attempt."""

    now: dict[int, Now]
    rounds: dict[int, Round]
    paths: Paths
    attempts: list[Attempt]
    slots: defaultdict[int, set[str]]
    completions: defaultdict[int, list[Completion]]
    away: Away | None


def learning_paths(access: Access, today: date) -> list[LearningPath]:
    """All of a person's own training, what is most urgent first. Queries do not grow.

    Whether the person is at work plays no part in the status: a worker on leave may train.
    """
    assignments = list(
        Assignment.objects.own(access)
        .select_related("programme__policy", "organisation", "worker", "validity")
        .prefetch_related("programme__policy__terms")
        .order_by("pk")
    )
    if not assignments:
        return []
    rounds = rounds_of([one.pk for one in assignments])
    now = now_of(assignments, rounds, today)
    attempts = _attempts(access)
    read = _Read(
        now=now,
        rounds=rounds,
        paths=paths_for([(one, now[one.pk].kind) for one in assignments], rounds, today),
        attempts=attempts,
        slots=_slots(attempts, rounds),
        completions=_completions(assignments),
        away=_away(access, today),
    )
    return sorted((_path(one, read, today) for one in assignments), key=_urgency)


def _urgency(path: LearningPath) -> tuple[bool, bool, date, int]:
    due = path.standing.due_on or path.standing.certified_through or date.max
    return not path.is_asked, path.next_item is None, due, path.assignment.pk


def _path(assignment: Assignment, read: _Read, today: date) -> LearningPath:
    now, this_round = read.now[assignment.pk], read.rounds[assignment.pk]
    choice = read.paths.choices[assignment.pk]
    begun = {one.module_id: one for one in read.attempts if one.cycle_id in this_round.cycles}
    listed = read.paths.modules[choice.path] if choice and now.dates.is_assigned else []
    finished = {one.module_id: one for one in read.attempts if one.cycle_id in this_round.before}
    return LearningPath(
        assignment=assignment,
        dates=now.dates,
        standing=standing_on(now.dates, today),
        is_exempt=now.is_exempt,
        away=read.away,
        kind=now.kind,
        items=tuple(
            _item(position, module, begun.get(module.pk), read.slots) for position, module in listed
        ),
        finished=tuple(one for one in finished.values() if one.completed_at is not None),
        completions=tuple(read.completions[assignment.pk]),
        can_train=now.can_train,
        seen_on=choice.seen_on if choice else None,
        keeps_yearly_date=assignment.programme.policy.terms_on(today).basis == Basis.EXPIRY,
    )


def _completions(assignments: Sequence[Assignment]) -> defaultdict[int, list[Completion]]:
    found: defaultdict[int, list[Completion]] = defaultdict(list)
    rows = Completion.objects.filter(assignment__in=assignments).select_related(
        "assignment__programme", "certificate", "revocation"
    )
    for completion in rows.order_by("completed_on", "pk"):
        found[completion.assignment_id].append(completion)
    return found


def _attempts(access: Access) -> list[Attempt]:
    """All of the person's attempts, oldest first."""
    return list(
        Attempt.objects.visible_to(access)
        .select_related("module_version")
        .defer("module_version__content")
        .order_by("started_at", "pk")
    )


def _slots(attempts: Sequence[Attempt], rounds: Mapping[int, Round]) -> defaultdict[int, set[str]]:
    """The places that were filled, of attempts in the periods that go on."""
    cycles = {cycle for one in rounds.values() for cycle in one.cycles}
    going_on = [attempt.pk for attempt in attempts if attempt.cycle_id in cycles]
    slots: defaultdict[int, set[str]] = defaultdict(set)
    if going_on:
        events = LearningEvent.objects.filter(attempt__in=going_on)
        for attempt, slot in events.values_list("attempt_id", "slot"):
            slots[attempt].add(slot)
    return slots


def _away(access: Access, today: date) -> Away | None:
    """Leave that lasts today; the last day of several."""
    on_leave = list(Leave.objects.on(today).filter(user=access.user_id).order_by("pk"))
    if not on_leave:
        return None
    ends = [one.ends_before for one in on_leave]
    return Away(None if None in ends else max(day for day in ends if day is not None))


def _item(
    position: int, module: ModulePage, attempt: Attempt | None, slots: Mapping[int, set[str]]
) -> PathItem:
    if attempt is None:
        return PathItem(
            position=position,
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
        position=position,
        module=module.public_id,
        title=content.title,
        summary=content.summary,
        minutes=content.minutes,
        progress=progress(content, slots[attempt.pk]),
        attempt=attempt,
        is_ready=True,
    )
