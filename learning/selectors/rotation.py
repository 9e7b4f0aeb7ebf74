"""The path that a period asks for: the one that was begun, or the next in turn."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from learning.models import Assignment, Attempt, Cycle, PathKind, ProgrammeModule, ProgrammePath
from learning.rules.rotation import Choice, Option, next_path
from modules.models import ModulePage, ModuleVersion

FINISHED = [Cycle.ClosedAs.ON_TIME, Cycle.ClosedAs.LATE]


@dataclass
class Round:
    """The periods of an assignment since its last completion.

    The open one and those that lapsed or were broken off: what was begun in them goes on
    counting. A lapse closes a period, not somebody's work.
    """

    open: Cycle | None = None
    cycles: set[int] = field(default_factory=set)
    path: int | None = None  # that was begun
    before: frozenset[int] = frozenset()  # the periods of the last completion


def round_of(assignment: int) -> QuerySet[Cycle]:
    """The periods of one assignment since its last completion."""
    return Cycle.objects.filter(pk__in=rounds_of([assignment])[assignment].cycles)


def rounds_of(assignments: Collection[int]) -> dict[int, Round]:
    """The same of many. One query."""
    found = {pk: Round() for pk in assignments}
    for cycle in Cycle.objects.filter(assignment__in=assignments).order_by("number"):
        one = found[cycle.assignment_id]
        if cycle.closed_as in FINISHED:
            found[cycle.assignment_id] = Round(before=frozenset({*one.cycles, cycle.pk}))
            continue
        one.cycles.add(cycle.pk)
        one.path = cycle.programme_path_id or one.path
        one.open = cycle if cycle.closed_on is None else None
    return found


def path_for(assignment: Assignment, kind: str, day: date) -> Choice | None:
    """The path of the period that is open; None when the programme has none in use."""
    rounds = rounds_of([assignment.pk])
    return paths_for([(assignment, kind)], rounds, day).choices[assignment.pk]


@dataclass(frozen=True)
class Paths:
    """Which path each assignment asks for now, with the paths themselves."""

    choices: dict[int, Choice | None]
    modules: dict[int, list[tuple[int, ModulePage]]]  # path to (position, module)


def paths_for(
    asked: Sequence[tuple[Assignment, str]], rounds: Mapping[int, Round], day: date
) -> Paths:
    """For each assignment of one worker and the kind of path. At most four queries."""
    begun = {rounds[one.pk].path for one, _kind in asked} - {None}
    in_use = Q(programme__in={one.programme_id for one, _kind in asked}, retired_at__isnull=True)
    rows = ProgrammePath.objects.filter(in_use | Q(pk__in=begun)).order_by("number")
    entries = ProgrammeModule.objects.select_related("module")
    paths = list(rows.prefetch_related(Prefetch("entries", entries)))
    pools: defaultdict[tuple[int, str], list[ProgrammePath]] = defaultdict(list)
    for path in paths:
        if path.retired_at is None:
            pools[path.programme_id, path.kind].append(path)
    choosing = [
        (one, pools[one.programme_id, kind]) for one, kind in asked if rounds[one.pk].path is None
    ]
    choices: dict[int, Choice | None] = _choices(choosing, day)
    for one, _kind in asked:
        known = rounds[one.pk].path
        if known is not None:
            choices[one.pk] = Choice(known)
    return Paths(
        choices=choices,
        modules={
            path.pk: [(entry.position, entry.module) for entry in path.entries.all()]
            for path in paths
        },
    )


def _choices(
    choosing: Sequence[tuple[Assignment, Sequence[ProgrammePath]]], day: date
) -> dict[int, Choice | None]:
    """What would be begun on the day. Everybody starts alike; refresher paths take turns."""
    turns = [path for _one, pool in choosing for path in pool if path.kind == PathKind.REFRESHER]
    options = {option.path: option for option in _options(turns)} if turns else {}
    seen: dict[int, dict[str, date]] = {}
    chosen: dict[int, Choice | None] = {}
    for one, pool in choosing:
        if not pool or pool[0].kind == PathKind.ONBOARDING:
            chosen[one.pk] = Choice(pool[0].pk) if pool else None
            continue
        if one.worker_id not in seen:
            seen[one.worker_id] = _last_seen(one.worker_id)
        chosen[one.pk] = next_path([options[path.pk] for path in pool], seen[one.worker_id], day)
    return chosen


def _options(paths: Iterable[ProgrammePath]) -> list[Option]:
    listed = [(path, [entry.module_id for entry in path.entries.all()]) for path in paths]
    versions = _current({module for _path, modules in listed for module in modules})
    return [
        Option(
            path=path.pk,
            number=path.number,
            content=frozenset().union(
                *(content_of(module, versions.get(module)) for module in modules)
            ),
        )
        for path, modules in listed
    ]


def _current(modules: Collection[int]) -> dict[int, ModuleVersion]:
    """The newest version of each module."""
    rows: Any = ModuleVersion.objects.filter(module__in=modules).order_by("number")
    return {version.module_id: version for version in rows.defer("content")}


def content_of(module: int, version: ModuleVersion | None) -> frozenset[str]:
    """What a person meets there: the scenarios by name; the module itself where it has none."""
    steps = version.parsed.steps if version is not None else ()
    scenarios = {f"scenario:{step.scenario.id}" for step in steps if step.scenario is not None}
    return frozenset(scenarios or {f"module:{module}"})


def _last_seen(worker: int) -> dict[str, date]:
    """The last day on which the person met each scenario or module."""
    seen: dict[str, date] = {}
    attempts = (
        Attempt.objects.filter(worker=worker)
        .select_related("module_version")
        .defer("module_version__content")
        .order_by("started_at", "pk")
    )
    for attempt in attempts:
        for one in content_of(attempt.module_id, attempt.module_version):
            seen[one] = timezone.localdate(attempt.started_at)
    return seen


def modules_of(path: int) -> list[ModulePage]:
    """The modules of a path in order."""
    rows = ProgrammePath.objects.prefetch_related("entries__module").get(pk=path)
    return [entry.module for entry in rows.entries.all()]
