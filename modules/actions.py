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
    """Write down which H5P activities the version holds: those can no longer be deleted."""
    held = {step.activity.version for step in version.parsed.steps if step.activity}
    uses = [
        H5PUse(version=activity, module_version=version)
        for activity in H5PVersion.objects.filter(public_id__in=held).order_by("pk")
    ]
    H5PUse.objects.bulk_create(uses)


def content_hash(data: dict[str, Any]) -> str:
    """SHA-256 of the JSON in one fixed form."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
