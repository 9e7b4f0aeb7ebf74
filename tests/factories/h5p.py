"""H5P activities of tests, without a file behind them unless one is given."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from learning.models import ActivityRun, Attempt
from modules.models import H5PLibrary, H5PPackage, H5PVersion, LibraryDecision
from modules.rules.content import Activity, Step
from tests.factories.learning import NOW

_numbers = count(1)


def make_library(
    machine_name: str = "Voorbeeld.Vraag",
    *,
    approved: bool = True,
    files: dict[str, list[Any]] | None = None,
    **fields: Any,
) -> H5PLibrary:
    digest = hashlib.sha256(f"library {next(_numbers)}".encode()).hexdigest()
    facts = {"major": 1, "minor": 2, "patch": 3, "title": "Vraag", "added_at": NOW, **fields}
    library = H5PLibrary.objects.create(
        machine_name=machine_name, digest=digest, files=files or {}, **facts
    )
    if approved:
        approve(library)
    return library


def approve(library: H5PLibrary, at: datetime = NOW) -> LibraryDecision:
    return LibraryDecision.objects.create(library=library, is_approved=True, at=at)


def make_version(
    *,
    package: H5PPackage | None = None,
    main_library: H5PLibrary | None = None,
    libraries: Sequence[H5PLibrary] | None = None,
    **fields: Any,
) -> H5PVersion:
    """A version in a package of its own, by one approved library."""
    main = main_library or make_library()
    used = list(libraries or [main])
    facts = {
        "number": 1,
        "title": "Oefenen met vragen",
        "digest": hashlib.sha256(f"version {next(_numbers)}".encode()).hexdigest(),
        "size": 1,
        "description": {"title": "Oefenen met vragen", "mainLibrary": main.machine_name},
        "files": {},
        "load_order": [library.digest for library in used],
        "reports_scores": True,
        "uploaded_at": NOW,
        **fields,
    }
    package = package or H5PPackage.objects.create(title=facts["title"], created_at=NOW)
    version = H5PVersion.objects.create(package=package, main_library=main, **facts)
    version.libraries.set(used)
    return version


def h5p_step(version: H5PVersion, *, step_id: str = "oefening", **fields: Any) -> Step:
    """A step of a module that holds the version."""
    activity = Activity(
        version=version.public_id,
        title=version.title,
        library=str(version.main_library.ref),
        reports_scores=version.reports_scores,
        is_rescored=fields.pop("is_rescored", False),
    )
    return Step(id=step_id, kind="h5p", title="Oefenen", minutes=5, activity=activity, **fields)


def make_run(attempt: Attempt, version: H5PVersion, **fields: Any) -> ActivityRun:
    facts = {"step_id": "oefening", "number": 1, "started_at": NOW, **fields}
    return ActivityRun.objects.create(attempt=attempt, version=version, **facts)
