"""Writes of the modules."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from modules.compile import compile_module
from modules.errors import ModuleFaulty
from modules.models import H5PUse, H5PVersion, ModulePage, ModuleVersion
from modules.rules.module_faults import ModuleFault, review_faults, step_faults
from organisations.models import User
from organisations.trail import record


@transaction.atomic
def publish_version(*, module: ModulePage, by: User | None, at: datetime) -> ModuleVersion:
    """Fix what is published now as a version; the latest one if nothing changed since.

    Reads the page from the database, so that drafts never come in. Raises ModuleFaulty.
    """
    page = ModulePage.objects.select_for_update().get(pk=module.pk)
    if not page.live:
        raise ModuleFaulty([ModuleFault("NOT_LIVE")])
    content = compile_module(page)
    found = step_faults(content.steps) + review_faults(content.review)
    if found:
        raise ModuleFaulty(found)
    data = content.to_json()
    digest = content_hash(data)
    latest: ModuleVersion | None = page.current_version
    if latest is not None and latest.content_hash == digest:
        return latest
    version: ModuleVersion = ModuleVersion.objects.create(
        module=page,
        number=latest.number + 1 if latest else 1,
        content=data,
        content_hash=digest,
        published_at=at,
        published_by=by,
    )
    keep_uses(version)
    record("module.published", by=by, at=at, subject=page, number=version.number)
    return version


def keep_uses(version: ModuleVersion) -> None:
    """Write down which H5P activities the version holds: those can no longer be deleted.

    Raises ModuleFaulty for one that somebody deleted since the module was compiled.
    """
    held = {
        step.activity.version: ModuleFault("NO_ACTIVITY", number, step.title)
        for number, step in enumerate(version.parsed.steps, 1)
        if step.activity
    }
    rows = H5PVersion.objects.select_for_update(no_key=True).filter(public_id__in=held)
    found = dict(rows.order_by("pk").values_list("public_id", "pk"))
    if gone := held.keys() - found.keys():
        raise ModuleFaulty([held[public_id] for public_id in sorted(gone)])
    H5PUse.objects.bulk_create(
        H5PUse(version_id=key, module_version=version) for key in found.values()
    )


def content_hash(data: dict[str, Any]) -> str:
    """SHA-256 of the JSON in one fixed form."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
