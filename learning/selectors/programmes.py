"""Programmes as their coordinator sees them: paths, minutes, what is met in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q

from learning.models import PathKind, PolicyTerms, Programme, ProgrammePath
from learning.rules.repetition import Again, Shared, first_repetition, paths_needed, shared_between
from learning.selectors.rotation import content_of
from learning.selectors.training import people_per_programme
from modules.models import ModulePage, ModuleVersion
from organisations.models import Organisation


@dataclass(frozen=True)
class ModuleLine:
    """A module as people get it who begin now."""

    module: ModulePage
    minutes: int
    scenarios: tuple[str, ...]  # titles
    met: tuple[tuple[str, str], ...]  # what is met there, as the rotation counts it: key, title
    is_published: bool = True


@dataclass(frozen=True)
class PathLine:
    path: ProgrammePath
    modules: tuple[ModuleLine, ...]

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.modules)

    @property
    def scenarios(self) -> list[str]:
        """Titles, each once, in the order in which they are met."""
        return list(dict.fromkeys(title for line in self.modules for title in line.scenarios))

    @property
    def content(self) -> frozenset[str]:
        return frozenset(key for line in self.modules for key, _title in line.met)


@dataclass(frozen=True)
class Repetition:
    """What is met again too soon. `titles` name scenarios, or modules that have none."""

    shared: tuple[tuple[Shared, tuple[str, ...]], ...]
    again: Again | None
    again_titles: tuple[str, ...]
    paths_needed: int


@dataclass(frozen=True)
class ProgrammePaths:
    onboarding: PathLine | None
    refreshers: tuple[PathLine, ...]


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme in the list; `people` have it now at this organisation."""

    programme: Programme
    modules: int
    refreshers: int
    terms: PolicyTerms
    people: int


def offered_modules() -> list[ModuleLine]:
    """Published modules that have a version, by title. Two queries."""
    return _lines(ModulePage.objects.live().order_by("title", "pk"), only_published=True)


def paths_of(programme: Programme) -> ProgrammePaths:
    """The paths in use with what is in them. Four queries."""
    in_use = programme.paths.filter(retired_at=None).order_by("kind", "number")
    paths = list(in_use.prefetch_related("entries"))
    wanted = {entry.module_id for path in paths for entry in path.entries.all()}
    lines = {one.module.pk: one for one in _lines(ModulePage.objects.filter(pk__in=wanted))}
    shown = [
        PathLine(path, tuple(lines[entry.module_id] for entry in path.entries.all()))
        for path in paths
    ]
    return ProgrammePaths(
        onboarding=next((one for one in shown if one.path.kind == PathKind.ONBOARDING), None),
        refreshers=tuple(one for one in shown if one.path.kind == PathKind.REFRESHER),
    )


def repetition_in(paths: ProgrammePaths, *, active_months: int) -> Repetition:
    """What people would meet again within three years."""
    names = _names([*paths.refreshers, *([paths.onboarding] if paths.onboarding else [])])
    refreshers = [one.content for one in paths.refreshers]
    begun = paths.onboarding.content if paths.onboarding else frozenset()
    again = first_repetition(begun, refreshers, active_months=active_months)
    return Repetition(
        shared=tuple((one, _called(one.content, names)) for one in shared_between(refreshers)),
        again=again,
        again_titles=_called(again.content, names) if again else (),
        paths_needed=paths_needed(active_months),
    )


def programmes_at(organisation: Organisation, today: date) -> list[ProgrammeRow]:
    """Programmes that may be used here: shipped ones, then own ones. Four queries."""
    in_use = Q(paths__retired_at=None)
    begins, refreshes = Q(paths__kind=PathKind.ONBOARDING), Q(paths__kind=PathKind.REFRESHER)
    rows = (
        Programme.objects.usable_at(organisation)
        .select_related("policy")
        .prefetch_related(Prefetch("policy__terms", PolicyTerms.objects.order_by("starts_on")))
        .annotate(
            modules_to_begin=Count("paths__entries", filter=in_use & begins, distinct=True),
            ways_to_refresh=Count("paths", filter=in_use & refreshes, distinct=True),
        )
        .order_by("organisation", "title", "pk")
    )
    people = people_per_programme(organisation, today)
    return [
        ProgrammeRow(
            programme=row,
            modules=row.modules_to_begin,
            refreshers=row.ways_to_refresh,
            terms=row.policy.terms_on(today),
            people=people.get(row.pk, 0),
        )
        for row in sorted(rows, key=lambda row: row.organisation_id is not None)
    ]


def _lines(pages: Iterable[ModulePage], *, only_published: bool = False) -> list[ModuleLine]:
    pages = list(pages)
    newest = ModuleVersion.objects.filter(module__in=[page.pk for page in pages])
    versions = {version.module_id: version for version in newest.latest_per_module()}
    return [
        _line(page, versions.get(page.pk))
        for page in pages
        if page.pk in versions or not only_published
    ]


def _line(page: ModulePage, version: ModuleVersion | None) -> ModuleLine:
    content = version.parsed if version is not None else None
    steps = content.steps if content is not None else ()
    titles = {f"scenario:{s.scenario.id}": s.scenario.title for s in steps if s.scenario}
    met = {key: titles.get(key, str(page.title)) for key in sorted(content_of(page.pk, version))}
    return ModuleLine(
        module=page,
        minutes=content.minutes if content is not None else page.minutes,
        scenarios=tuple(titles.values()),
        met=tuple(met.items()),
        is_published=page.live and version is not None,
    )


def _names(paths: Iterable[PathLine]) -> dict[str, str]:
    """Titles of what is met; the title of the module for one without scenarios."""
    return {key: title for path in paths for line in path.modules for key, title in line.met}


def _called(content: frozenset[str], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(names.get(one, one) for one in content))
