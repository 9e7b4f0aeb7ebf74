"""Writes of the modules."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from modules.compile import compile_module
from modules.errors import ModuleFaulty
from modules.models import ModulePage, ModuleVersion
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
    record("module.published", by=by, at=at, subject=page, number=version.number)
    return version


def content_hash(data: dict[str, Any]) -> str:
    """SHA-256 of the JSON in one fixed form."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
