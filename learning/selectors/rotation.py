"""The path that a period asks for: the one that was begun, or the next in turn."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from learning.models import Assignment, Attempt, Cycle, PathKind, ProgrammePath
from learning.rules.rotation import Choice, Option, next_path
from modules.models import ModulePage, ModuleVersion


def round_of(assignment: int) -> QuerySet[Cycle]:
    """Periods since the last completion: the open one and those that lapsed or were broken off.

    What was begun in them goes on counting: a lapse closes a period, not somebody's work.
    """
    finished = Cycle.objects.filter(
        assignment=assignment, closed_as__in=[Cycle.ClosedAs.ON_TIME, Cycle.ClosedAs.LATE]
    )
    last = finished.order_by("-number").values_list("number", flat=True).first() or 0
    return Cycle.objects.filter(assignment=assignment, number__gt=last)


def path_for(assignment: Assignment, kind: str, day: date) -> Choice | None:
    """The path of the period that is open; None when the programme has none in use."""
    begun = round_of(assignment.pk).exclude(programme_path__isnull=True).order_by("-number")
    known = begun.values_list("programme_path", flat=True).first()
    if known is not None:
        return Choice(known)
    return coming_path(
        programme=assignment.programme_id, kind=kind, worker=assignment.worker_id, day=day
    )


def coming_path(*, programme: int, kind: str, worker: int, day: date) -> Choice | None:
    """The path that somebody would begin on the day."""
    paths = ProgrammePath.objects.filter(
        programme=programme, kind=kind, retired_at__isnull=True
    ).order_by("number")
    if kind == PathKind.ONBOARDING:
        first = paths.first()
        return Choice(first.pk) if first else None
    options = _options(paths.prefetch_related("entries__module"))
    if len(options) == 1 and not options[0].content:
        return Choice(options[0].path)
    return next_path(options, _last_seen(worker), day)


def _options(paths: Iterable[ProgrammePath]) -> list[Option]:
    listed = [(path, [entry.module for entry in path.entries.all()]) for path in paths]
    versions = _current({module.pk for _path, modules in listed for module in modules})
    return [
        Option(
            path=path.pk,
            number=path.number,
            content=frozenset().union(
                *(content_of(module.pk, versions.get(module.pk)) for module in modules)
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
