"""Putting the shipped curriculum into the database, without ever overwriting an editor's work."""

import json
import logging
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, Site

from modules.actions import content_hash, publish_version
from modules.curriculum import reading
from modules.models import (
    Competency,
    LoadedContent,
    ModuleIndexPage,
    ModulePage,
    Scenario,
)
from modules.permissions import let_editors_work_under

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
SCENARIO_FIELDS = ("title", "start")


@transaction.atomic
def load(at: datetime) -> ModulePage:
    """Load competencies and modules; `at` is when they count as published. Safe to run again.

    Returns the page of the first module.
    """
    load_competencies()
    index = module_index()
    pages = [_load_module(index, reading.read(name), at) for name in reading.MODULES]
    return pages[0]


def load_module(data: Any, *, at: datetime) -> ModulePage:
    """One module from data as in a curriculum file. For what is not shipped."""
    return _load_module(module_index(), data, at)


def load_competencies() -> None:
    """Add those that are missing; what an editor changed stays."""
    for row in reading.read("competencies"):
        levels = {f"level_{number}": text for number, text in enumerate(row["levels"], 1)}
        Competency.objects.get_or_create(
            code=row["code"], defaults={"name_nl": row["nl"], "name_en": row["en"], **levels}
        )


def module_index() -> ModuleIndexPage:
    """The page under which modules stand, as root of the one site; made if it is not there."""
    index: ModuleIndexPage | None = ModuleIndexPage.objects.first()
    if index is None:
        root = Page.get_first_root_node()
        index = ModuleIndexPage(title="Modules", slug="modules")
        root.add_child(instance=index)
        _make_root_of_the_site(index)
    let_editors_work_under(index)
    return index


def _make_root_of_the_site(index: ModuleIndexPage) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=index)
        return
    welcome = site.root_page
    site.root_page = index
    site.site_name = "Opmerkzaam"
    site.save()
    plain = ContentType.objects.get_for_model(Page)
    if welcome.content_type_id == plain.pk and not welcome.is_root():
        welcome.delete()


def _load_module(index: ModuleIndexPage, data: Any, at: datetime) -> ModulePage:
    scenarios = {row["slug"]: _load_scenario(row, at) for row in data["scenarios"]}
    scenario_ids = {slug: scenario.pk for slug, scenario in scenarios.items()}
    page: ModulePage | None = ModulePage.objects.filter(slug=data["slug"]).first()
    key, source = f"module/{data['slug']}", content_hash(_plain(data))
    if page is not None and not _may_write(key, source, page, MODULE_FIELDS, "steps"):
        return page
    new = page is None
    page = page or ModulePage(slug=data["slug"])
    for field, value in reading.module_fields(data).items():
        setattr(page, field, value)
    page.draft_title = page.title
    page.steps = json.dumps(reading.steps(data, scenario_ids))
    _publish_quietly(page, at, parent=index if new else None)
    page = ModulePage.objects.get(pk=page.pk)
    publish_version(module=page, by=None, at=at)
    _remember(key, source, _state(page, MODULE_FIELDS, "steps"), at)
    return page


def _load_scenario(data: Any, at: datetime) -> Scenario:
    scenario = Scenario.objects.filter(slug=data["slug"]).first()
    key, source = f"scenario/{data['slug']}", content_hash(_plain(data))
    if scenario is not None and not _may_write(key, source, scenario, SCENARIO_FIELDS, "nodes"):
        return scenario
    scenario = scenario or Scenario(slug=data["slug"])
    scenario.title, scenario.start = data["title"], data["start"]
    scenario.nodes = json.dumps(reading.nodes(data))
    _publish_quietly(scenario, at)
    scenario = Scenario.objects.get(pk=scenario.pk)
    _remember(key, source, _state(scenario, SCENARIO_FIELDS, "nodes"), at)
    return scenario


def _may_write(key: str, source: str, thing: Any, fields: tuple[str, ...], stream: str) -> bool:
    """Whether the file changed since the last load and no editor changed what was loaded."""
    loaded = LoadedContent.objects.of(key)
    if loaded is not None and loaded.source_hash == source:
        return False
    draft = thing.get_latest_revision_as_object()
    if loaded is None or loaded.written_hash != _state(draft, fields, stream):
        logger.warning("Left %s as it is: an editor has changed it.", key)
        return False
    return True


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
