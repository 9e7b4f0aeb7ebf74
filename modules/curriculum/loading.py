"""Putting the shipped curriculum into the database, without ever overwriting an editor's work."""

import json
import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page

from modules.actions import content_hash, publish_version
from modules.curriculum import reading
from modules.curriculum.files import CurriculumFile, Said, read_competencies, read_curriculum
from modules.curriculum.place import module_index
from modules.errors import CurriculumFaulty, FileFault, ModuleFaulty
from modules.library import library_of_the_site
from modules.models import Competency, LoadedContent, ModuleIndexPage, ModulePage, Scenario
from modules.scenario_text import Library
from modules.scenario_text.blocks import FIELDS as SCENARIO_FIELDS
from modules.scenario_text.blocks import raw_fields
from modules.selectors import live_modules_with
from modules.wording import module_fault_text

logger = logging.getLogger(__name__)

MODULE_FIELDS = (
    "title",
    "summary",
    "minutes",
    "content_note",
    "support",
    "review_status",
    "reviewed_by_role",
    "reviewed_on",
    "law_checked_on",
)
FORMER_SCENARIO_FIELDS = ("title", "start")  # of which the state was kept before there were more


@dataclass(frozen=True)
class Loaded:
    """What the curriculum is on this site now, by slug, loaded now or before."""

    scenarios: dict[str, Scenario]
    modules: dict[str, ModulePage]


@transaction.atomic
def load(at: datetime, *, only: Collection[str] | None = None) -> Loaded:
    """Load competencies, scenarios and modules; `at` is when they count as published.

    Safe to run again. With `only`, those modules and the scenarios in them. Raises
    CurriculumFaulty, with nothing loaded, when a file is faulty.
    """
    rows = read_competencies()
    library = library_of_the_site()
    known = {*library.competencies, *(row["code"] for row in rows)}
    library = replace(library, competencies=tuple(sorted(known)))
    curriculum = read_curriculum(library, only)
    load_competencies(rows)
    before = set(Scenario.objects.filter(live=True).values_list("slug", flat=True))
    written = [_load_scenario(said, library, at) for said in curriculum.scenarios]
    modules = _load_modules(curriculum.modules, at)
    scenarios = [scenario for scenario, _is_written in written]
    _renew_modules_with(
        [one for one, is_written in written if is_written and one.slug in before], at
    )
    return Loaded(
        scenarios={scenario.slug: scenario for scenario in scenarios},
        modules={page.slug: page for page in modules},
    )


def load_module(said: Said, *, at: datetime) -> ModulePage:
    """One module as a curriculum file says it. For what is not shipped."""
    page = _load_module(module_index(), said, at)
    assert page is not None  # noqa: S101 - only one with scenarios can be left out
    return page


def load_competencies(rows: list[Said]) -> None:
    """Add those that are missing; what an editor changed stays."""
    for row in rows:
        levels = {f"level_{number}": text for number, text in enumerate(row["levels"], 1)}
        Competency.objects.get_or_create(
            code=row["code"], defaults={"name_nl": row["nl"], "name_en": row["en"], **levels}
        )


def _load_modules(files: list[CurriculumFile], at: datetime) -> list[ModulePage]:
    index, pages, faults = module_index(), [], []
    for file in files:
        try:
            pages.append(_load_module(index, file.said, at))
        except ModuleFaulty as refusal:
            faults += [
                FileFault(
                    file.name,
                    file.found.line("steps", fault.number - 1),
                    module_fault_text(fault),
                )
                for fault in refusal.faults
            ]
    if faults:
        raise CurriculumFaulty(faults)
    return [page for page in pages if page is not None]


def _load_module(index: ModuleIndexPage, said: Said, at: datetime) -> ModulePage | None:
    """None when there is no such page and none can be made: an editor took its scenario offline."""
    wanted = {step["scenario"] for step in said["steps"] if step["kind"] == "scenario"}
    scenarios = dict(Scenario.objects.filter(slug__in=wanted, live=True).values_list("slug", "pk"))
    page: ModulePage | None = ModulePage.objects.filter(slug=said["slug"]).first()
    key, source = f"module/{said['slug']}", content_hash(_plain(said))
    if len(scenarios) < len(wanted):
        logger.warning("Left %s as it is: a scenario in it is not published.", key)
        return page
    if page is not None and not _may_write(key, source, page):
        return page
    new = page is None
    page = page or ModulePage(slug=said["slug"])
    for field, value in reading.module_fields(said).items():
        setattr(page, field, value)
    page.draft_title = page.title
    page.steps = json.dumps(reading.steps(said, scenarios))
    _publish_quietly(page, at, parent=index if new else None)
    page = ModulePage.objects.get(pk=page.pk)
    publish_version(module=page, by=None, at=at)
    _remember(key, source, _state(page, MODULE_FIELDS, "steps"), at)
    return page


def _load_scenario(said: Said, library: Library, at: datetime) -> tuple[Scenario, bool]:
    """The scenario, and whether it was written now."""
    scenario: Scenario | None = Scenario.objects.filter(slug=said["slug"]).first()
    key, source = f"scenario/{said['slug']}", content_hash(_plain(said))
    if scenario is not None and not _may_write(key, source, scenario):
        return scenario, False
    scenario = scenario or Scenario(slug=said["slug"])
    for field, value in raw_fields(said, library).items():
        setattr(scenario, field, value)
    _publish_quietly(scenario, at)
    scenario = Scenario.objects.get(pk=scenario.pk)
    _remember(key, source, _state(scenario, SCENARIO_FIELDS, "nodes"), at)
    return scenario, True


def _renew_modules_with(scenarios: list[Scenario], at: datetime) -> None:
    """As when an editor publishes a scenario: the modules in which it stands get a new version."""
    pages = {page.pk: page for one in scenarios for page in live_modules_with(one)}
    for page in pages.values():
        try:
            publish_version(module=page, by=None, at=at)
        except ModuleFaulty as refusal:
            logger.warning("No version made of module %s: %s", page.public_id, refusal)


def _may_write(key: str, source: str, thing: ModulePage | Scenario) -> bool:
    """Whether the file changed since the last load and no editor changed what was loaded."""
    loaded = LoadedContent.objects.of(key)
    if loaded is not None and loaded.source_hash == source:
        return False
    draft = thing.get_latest_revision_as_object()
    if loaded is None or loaded.written_hash not in _states(draft):
        logger.warning("Left %s as it is: an editor has changed it.", key)
        return False
    return True


def _states(thing: ModulePage | Scenario) -> set[str]:
    """Hashes of what the object says, as this version and former ones kept them."""
    if isinstance(thing, ModulePage):
        return {_state(thing, MODULE_FIELDS, "steps")}
    states = {_state(thing, SCENARIO_FIELDS, "nodes")}
    added = set(SCENARIO_FIELDS) - set(FORMER_SCENARIO_FIELDS)
    if all(getattr(thing, field) == getattr(Scenario(), field) for field in added):
        states.add(_state(thing, FORMER_SCENARIO_FIELDS, "nodes"))
    return states


def _publish_quietly(thing: Any, at: datetime, parent: Page | None = None) -> None:
    """Live from `at`, with a revision to edit on; without the signals that make a version now."""
    thing.live, thing.has_unpublished_changes = True, False
    thing.first_published_at = thing.first_published_at or at
    thing.last_published_at = at
    if parent is not None:
        parent.add_child(instance=thing)
    else:
        thing.save()
    thing.live_revision = thing.save_revision(changed=False)
    thing.save(update_fields=["live_revision"])


def _state(thing: Any, fields: tuple[str, ...], stream: str) -> str:
    """A hash of what the object says."""
    values = {field: getattr(thing, field) for field in fields}
    blocks = getattr(thing, stream).get_prep_value()
    return content_hash(_plain({**values, stream: blocks}))


def _plain(data: Any) -> Any:
    """As JSON would hold it: dates as text."""
    return json.loads(json.dumps(data, default=str))


def _remember(key: str, source: str, written: str, at: datetime) -> None:
    LoadedContent.objects.update_or_create(
        key=key,
        defaults={"source_hash": source, "written_hash": written, "loaded_at": at},
    )
