"""Which modules hold an H5P activity: as editors wrote them, and as they were published."""

import json
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Revision

from modules.models import H5PPackage, H5PUse, H5PVersion, ModulePage, ModuleVersion


@dataclass(frozen=True)
class ModuleUse:
    """A module that holds the activity as it is written now, live or in a draft."""

    title: str
    edit_url: str
    is_live: bool  # what is live holds it
    is_in_draft: bool  # what waits to be published holds it
    number: int | None  # of the version that who begins now gets
    is_behind: bool  # a newer one can be played, but the module has a fault


@dataclass(frozen=True)
class PublishedUse:
    """Published versions of one module with one version of the activity."""

    title: str
    edit_url: str
    numbers: tuple[int, ...]  # of the module
    is_current: bool  # who begins now gets it


@dataclass(frozen=True)
class Uses:
    modules: tuple[ModuleUse, ...]
    versions: tuple[tuple[H5PVersion, tuple[PublishedUse, ...]], ...]  # newest first

    @property
    def is_used(self) -> bool:
        return bool(self.modules) or any(uses for _version, uses in self.versions)


def uses(package: H5PPackage) -> Uses:
    """Eight queries at most. Reads all modules."""
    versions = package.versions.select_related("main_library").order_by("-number")
    published = list(
        H5PUse.objects.filter(version__package=package)
        .select_related("module_version__module")
        .defer("module_version__content")
        .order_by("module_version__module__title", "module_version__module", "pk")
    )
    latest = set(ModuleVersion.objects.latest_per_module().values_list("pk", flat=True))
    told = tuple((one, tuple(_published(one, published, latest))) for one in versions)
    return Uses(tuple(_modules(package, published, latest)), told)


def live_modules_with(packages: Set[int]) -> list[ModulePage]:
    """Published modules with one of the packages in a step. Reads all published modules."""
    live = ModulePage.objects.live().order_by("pk")
    return [page for page in live if packages & set(_held(page.steps.raw_data))]


def modules_written_with(packages: Set[int]) -> dict[int, ModulePage]:
    """Modules that hold one of the packages, live or in what waits to be published. By key."""
    pages = {page.pk: page for page in ModulePage.objects.order_by("title", "pk")}
    in_row = {pk for pk, page in pages.items() if packages & set(_held(page.steps.raw_data))}
    found = in_row | _drafts_with(packages)
    return {pk: page for pk, page in pages.items() if pk in found}


def _modules(
    package: H5PPackage, published: Iterable[H5PUse], latest: Set[int]
) -> Iterator[ModuleUse]:
    current = package.current_version
    given = {
        use.module_version.module_id: use.version_id
        for use in published
        if use.module_version_id in latest
    }
    numbers = dict(package.versions.values_list("pk", "number"))
    drafts = _drafts_with({package.pk})
    for pk, page in modules_written_with({package.pk}).items():
        is_live = page.live and package.pk in set(_held(page.steps.raw_data))
        got = given.get(pk)
        yield ModuleUse(
            title=page.title,
            edit_url=edit_url(pk),
            is_live=is_live,
            is_in_draft=pk in drafts and (page.has_unpublished_changes or not page.live),
            number=numbers.get(got) if got else None,
            is_behind=is_live and current is not None and got != current.pk,
        )


def _published(
    version: H5PVersion, published: Iterable[H5PUse], latest: Set[int]
) -> Iterator[PublishedUse]:
    per_module: dict[int, list[ModuleVersion]] = {}
    for use in published:
        if use.version_id == version.pk:
            per_module.setdefault(use.module_version.module_id, []).append(use.module_version)
    for pk, rows in per_module.items():
        yield PublishedUse(
            title=rows[0].module.title,
            edit_url=edit_url(pk),
            numbers=tuple(sorted(row.number for row in rows)),
            is_current=any(row.pk in latest for row in rows),
        )


def edit_url(page: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page])


def _drafts_with(packages: Set[int]) -> set[int]:
    """Modules whose latest draft, or one that is to be published later, holds one."""
    kind = ContentType.objects.get_for_model(ModulePage)
    newest = Q(pk__in=ModulePage.objects.values("latest_revision"))
    drafts = Revision.objects.filter(
        newest | Q(approved_go_live_at__isnull=False), content_type=kind
    ).order_by("pk")
    return {
        int(draft.object_id)
        for draft in drafts.only("object_id", "content")
        if packages & set(_held(_steps(draft.content)))
    }


def _steps(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = json.loads(content.get("steps") or "[]")
    return steps


def _held(steps: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    """Keys of the packages in steps as they are stored; nothing is read for it."""
    for step in steps:
        if step["type"] == "h5p" and (activity := step["value"].get("activity")):
            yield activity
