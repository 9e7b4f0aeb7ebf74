"""What is told of a file when it was looked through."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from modules.rules.h5p.closure import Closure
from modules.rules.h5p.described import Description
from modules.rules.h5p.directory import Entry
from modules.rules.h5p.found import (
    Checked,
    FileFound,
    KnownLibrary,
    LibraryFound,
    Reason,
    Used,
    Verdict,
    library_digest,
)
from modules.rules.h5p.layout import Layout
from modules.rules.h5p.libraries import Inside
from modules.rules.h5p.reading import Found

NAMES_IT = {"title", "extraTitle", "a11yTitle"}  # decide nothing about how it plays


@dataclass(frozen=True)
class Gathered:
    """All that was read. `description` is None when h5p.json is no object."""

    told: Mapping[str, Any]  # h5p.json
    description: Description | None
    closure: Closure
    external: tuple[str, ...]
    found: Found


def refused(gathered: Gathered, reasons: Sequence[Reason]) -> Checked:
    """With what could be read all the same, so that an editor knows which file this was."""
    return Checked("refused", tuple(reasons), **_of_description(gathered))


def taken(
    gathered: Gathered, layout: Layout, known: Sequence[KnownLibrary], *, approve_inside: bool
) -> Checked:
    """Of a file in which nothing is wrong."""
    closure = gathered.closure
    libraries = tuple(_library(one, gathered.found) for one in closure.needed_inside)
    approved = {(one.ref, one.digest) for one in known}
    if approve_inside:
        approved |= {(one.ref, one.digest) for one in libraries}
    used = tuple(_used(closure, libraries, approved))
    waiting = tuple(_waiting(used, closure))
    files = tuple(_files(layout.content, gathered.found))
    return Checked(
        _verdict(libraries, waiting),
        waiting,
        libraries=libraries,
        used=used,
        files=files,
        size=sum(one.size for one in [*files, *(it for one in libraries for it in one.files)]),
        external=gathered.external,
        reports_scores=_reports_scores(gathered, libraries),
        digest=_digest(gathered.told, files, used),
        **_of_description(gathered),
    )


def _of_description(gathered: Gathered) -> dict[str, Any]:
    description = gathered.description
    return {
        "title": description.title if description else "",
        "languages": description.languages if description else (),
        "main_library": description.main if description else None,
        "core_api": gathered.closure.core_api,
        "description": gathered.told,
    }


def _reports_scores(gathered: Gathered, libraries: Iterable[LibraryFound]) -> bool:
    """As far as the main library tells; what others in the content do is theirs."""
    main = gathered.description.main if gathered.description else None
    inside = {one.ref: one.reports_scores for one in libraries}
    known = {one.ref: one.reports_scores for one in gathered.closure.known.values()}
    return main is not None and {**known, **inside}.get(main, False)


def _verdict(libraries: Sequence[LibraryFound], waiting: Sequence[Reason]) -> Verdict:
    if waiting:
        return "quarantine"
    return "accepted" if libraries else "accepted_content_only"


def _used(
    closure: Closure, libraries: Iterable[LibraryFound], approved: set[Any]
) -> Iterator[Used]:
    inside = {one.ref: one for one in libraries}
    for needed in closure.order:
        one = inside.get(needed.ref) or closure.known[needed.ref]
        is_approved = (one.ref, one.digest) in approved
        yield Used(one.ref, one.patch, one.digest, one.ref in inside, is_approved)


def _waiting(used: Iterable[Used], closure: Closure) -> Iterator[Reason]:
    for one in used:
        if not one.is_approved:
            folder = closure.inside[one.ref].folder
            yield Reason(folder, "LIBRARY_NOT_APPROVED", {"library": str(one.ref)})


def _library(one: Inside, found: Found) -> LibraryFound:
    said = one.described
    files = tuple(_files(one.entries, found))
    scripts = {one.entries[path].shown for path in one.scripts}
    return LibraryFound(
        said.ref,
        said.patch,
        said.title,
        said.licence,
        library_digest((file.path, file.sha256) for file in files),
        files,
        said.dependencies,
        one.scripts,
        one.styles,
        runnable=bool(said.runnable),
        core_api=".".join(map(str, said.core_api)) if said.core_api else "",
        reports_scores=not scripts.isdisjoint(found.scoring),
    )


def _files(entries: Mapping[str, Entry], found: Found) -> Iterator[FileFound]:
    for path, entry in sorted(entries.items()):
        yield FileFound(path, entry.shown, entry.size, found.sha256[entry.shown])


def _digest(told: Mapping[str, Any], files: Iterable[FileFound], used: Iterable[Used]) -> str:
    manifest = {
        "h5p": {name: value for name, value in told.items() if name not in NAMES_IT},
        "files": [(one.path, one.sha256) for one in files],
        "libraries": [(str(one.ref), one.digest) for one in used],
    }
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
