"""Which libraries may play here, as the check of a file wants to know it."""

import hashlib
from functools import cache

from modules.h5p import library as ours
from modules.models import H5PLibrary, LibraryDecision
from modules.rules.h5p.found import (
    FileFound,
    KnownLibrary,
    LibraryFound,
    LibraryRef,
    library_digest,
)


def approved_libraries() -> list[KnownLibrary]:
    """All that were approved, and our own unless somebody refused it. Two queries."""
    rows = H5PLibrary.objects.approved().order_by("pk").defer("files", "title")
    known = {row.digest: _known(row) for row in rows}
    own = shipped_library()
    if own.digest not in known and not _is_decided(own.digest):
        known[own.digest] = own
    return list(known.values())


def shipped_library() -> KnownLibrary:
    """Our own content type, as its files are on this disk. Needs no database."""
    own = shipped()
    return KnownLibrary(
        own.ref, own.patch, own.digest, own.dependencies, own.core_api, own.reports_scores
    )


@cache
def shipped() -> LibraryFound:
    """Our own content type, as a check would find it in a file that we exported."""
    told = ours.described()
    api = told["coreApi"]
    files = tuple(_file(member, body) for member, body in sorted(ours.files().items()))
    return LibraryFound(
        ref=LibraryRef(told["machineName"], told["majorVersion"], told["minorVersion"]),
        patch=told["patchVersion"],
        title=told["title"],
        licence=told.get("license", ""),
        digest=library_digest((file.path, file.sha256) for file in files),
        files=files,
        dependencies=(),
        preloaded_js=tuple(one["path"] for one in told["preloadedJs"]),
        preloaded_css=tuple(one["path"] for one in told["preloadedCss"]),
        runnable=bool(told["runnable"]),
        core_api=f"{api['majorVersion']}.{api['minorVersion']}",
        reports_scores=True,
    )


def _file(member: str, body: bytes) -> FileFound:
    path = member.partition("/")[2]
    return FileFound(path, member, len(body), hashlib.sha256(body).hexdigest())


def _is_decided(digest: str) -> bool:
    return LibraryDecision.objects.filter(library__digest=digest).exists()


def _known(row: H5PLibrary) -> KnownLibrary:
    return KnownLibrary(
        row.ref, row.patch, row.digest, row.requires, row.core_api, row.reports_scores
    )
