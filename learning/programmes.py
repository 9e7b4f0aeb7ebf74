"""The programmes that are shipped: their text, their policy, and their paths.

Programmes of an organisation's own are written by its training coordinator.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from learning.actions.paths import add_path
from learning.models import (
    PathKind,
    PolicyTerms,
    Programme,
    ProgrammePath,
    RecertificationPolicy,
)
from learning.models.policy import LADDER
from learning.selectors.rotation import modules_of
from modules.actions import content_hash
from modules.curriculum.files import CurriculumFile, gathered, paths, read_as
from modules.errors import CurriculumFaulty
from modules.models import LoadedContent, ModulePage
from modules.scenario_text.form import SLUG
from modules.yaml_text.forms import Fields, Key, ListOf, Name, OneOf, Text, Whole
from organisations.trail import record

logger = logging.getLogger(__name__)

SINCE_EVER = date(2000, 1, 1)
FORMER_PATHS = [["het-gesprek-openen"]]  # what a site has from before paths were in a file
PATH = Fields(
    {
        "kind": Key(OneOf(tuple(PathKind.values)), required=True),
        "modules": Key(ListOf(Name(60, SLUG), may_be_empty=False), required=True),
    }
)
PROGRAMME = Fields(
    {
        "slug": Key(Name(60, SLUG), required=True),
        "title": Key(Text(120), required=True),
        "reason": Key(Text(), required=True),
        "policy": Key(
            Fields(
                {
                    "name": Key(Text(140), required=True),
                    "active_months": Key(Whole(), required=True),
                    "window_months": Key(Whole(), required=True),
                }
            ),
            required=True,
        ),
        "paths": Key(ListOf(PATH, may_be_empty=False), required=True),
    }
)
Slugs = list[list[str]]


@transaction.atomic
def load_programmes(*, at: datetime) -> list[Programme]:
    """Load the shipped programmes with the modules that are published. Safe to run again.

    Title, reason and policy are written once. Paths follow their file, unless somebody changed
    them on the site: then they stay. Raises CurriculumFaulty when a file is faulty.
    """
    return [_load(file.said, at) for file in _read_all()]


def _read_all() -> list[CurriculumFile]:
    files, faults = gathered(lambda path: read_as(PROGRAMME, path), paths("programmes"))
    there = {path.stem for path in paths("modules")}
    faults += [
        file.problem("NOT_THERE", "paths", number, "modules", place, value=slug)
        for file in files
        for number, path in enumerate(file.said["paths"])
        for place, slug in enumerate(path["modules"])
        if slug not in there
    ]
    if faults:
        raise CurriculumFaulty(faults)
    return files


def _load(said: dict[str, Any], at: datetime) -> Programme:
    programme: Programme | None = (
        Programme.objects.select_for_update()
        .filter(title=said["title"], organisation__isnull=True)
        .first()
    )
    if programme is None:
        programme = Programme.objects.create(
            title=said["title"], reason=said["reason"], policy=_policy(said["policy"], at)
        )
    for kind in PathKind.values:
        listed = [path["modules"] for path in said["paths"] if path["kind"] == kind]
        _follow(programme, kind, listed, key=f"programme/{said['slug']}/{kind}", at=at)
    return programme


def _policy(said: dict[str, Any], at: datetime) -> RecertificationPolicy:
    numbers = dict(said)
    policy, made = RecertificationPolicy.objects.get_or_create(name=numbers.pop("name"))
    if made:
        PolicyTerms.objects.create(
            policy=policy, starts_on=SINCE_EVER, ladder=LADDER, made_at=at, **numbers
        )
    return policy


def _follow(programme: Programme, kind: str, listed: Slugs, *, key: str, at: datetime) -> None:
    """Let the paths of the kind be those of the file, if they were not changed on the site."""
    pages = _ever_published({slug for slugs in listed for slug in slugs})
    kept = ([slug for slug in slugs if slug in pages] for slugs in listed)
    wanted = [slugs for slugs in kept if slugs]
    in_use = programme.paths.filter(kind=kind, retired_at=None).order_by("number")
    now = {path: [page.slug for page in modules_of(path.pk)] for path in in_use}
    loaded, source = LoadedContent.objects.of(key), _hash(wanted)
    if not wanted or (loaded is not None and loaded.source_hash == source):
        return
    former = loaded.written_hash if loaded else _hash(FORMER_PATHS)
    if now and _hash(now.values()) != former:
        logger.warning("Left %s as it is: somebody changed the paths.", key)
        return
    if not all(pages[slug].live for slugs in wanted for slug in slugs):
        logger.warning("Left %s as it is: a module in it is not published.", key)
        return
    _replace(programme, kind, now, [[pages[slug] for slug in slugs] for slugs in wanted], at)
    LoadedContent.objects.update_or_create(
        key=key, defaults={"source_hash": source, "written_hash": source, "loaded_at": at}
    )


def _replace(
    programme: Programme,
    kind: str,
    now: dict[ProgrammePath, list[str]],
    wanted: list[list[ModulePage]],
    at: datetime,
) -> None:
    """Paths that are not wanted retire, and who began one finishes it; those missing are added."""
    slugs_wanted = [[page.slug for page in pages] for pages in wanted]
    going = [path for path, slugs in now.items() if slugs not in slugs_wanted]
    for path in going:
        path.retired_at = at
        path.save(update_fields=["retired_at"])
    for pages, slugs in zip(wanted, slugs_wanted, strict=True):
        if slugs in now.values():
            continue
        made = add_path(programme, kind, pages)
        if now:
            record(
                "path_set",
                by=None,
                at=at,
                subject=made,
                programme=programme.public_id,
                kind=kind,
                modules=[page.public_id for page in pages],
                before=going[0].public_id if going else None,
            )


def _ever_published(slugs: Iterable[str]) -> dict[str, ModulePage]:
    pages = ModulePage.objects.filter(slug__in=list(slugs), versions__isnull=False).distinct()
    return {page.slug: page for page in pages}


def _hash(listed: Iterable[list[str]]) -> str:
    return content_hash({"paths": sorted(listed)})
