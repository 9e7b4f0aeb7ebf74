"""Rows about a file that passed the check. The caller holds rows and blobs."""

from datetime import datetime
from pathlib import PurePosixPath

from modules.models import H5PLibrary, H5PPackage, H5PVersion, LibraryDecision
from modules.packages import known
from modules.packages.texts import one_line, storable
from modules.rules.h5p.found import Checked, FileFound, LibraryFound
from organisations.models import User

LONGEST = 255
NAMELESS = "H5P"


def libraries_of(checked: Checked) -> dict[str, LibraryFound]:
    """By digest: those in the file, and our own where it needs that without bringing it."""
    found = {library.digest: library for library in checked.libraries}
    own = known.shipped()
    if any(used.digest == own.digest for used in checked.used):
        found.setdefault(own.digest, own)
    return found


def add_libraries(checked: Checked, at: datetime) -> dict[str, H5PLibrary]:
    """All that it needs, in the order of loading; what was there before is shared."""
    digests = [used.digest for used in checked.used]
    rows = {row.digest: row for row in H5PLibrary.objects.filter(digest__in=digests)}
    found = libraries_of(checked)
    for digest in digests:
        if digest not in rows:
            rows[digest] = _add_library(found[digest], at)
    return {digest: rows[digest] for digest in digests}


def _add_library(found: LibraryFound, at: datetime) -> H5PLibrary:
    library: H5PLibrary = H5PLibrary.objects.create(
        machine_name=found.ref.machine_name,
        major=found.ref.major,
        minor=found.ref.minor,
        patch=found.patch,
        title=one_line(found.title, LONGEST) or found.ref.machine_name,
        licence=one_line(found.licence, 40),
        digest=found.digest,
        files=as_kept(found.files),
        preloaded_js=list(found.preloaded_js),
        preloaded_css=list(found.preloaded_css),
        dependencies=[[one.machine_name, one.major, one.minor] for one in found.dependencies],
        runnable=found.runnable,
        core_api=found.core_api[:12],
        reports_scores=found.reports_scores,
        added_at=at,
    )
    if found.digest == known.shipped().digest:
        LibraryDecision.objects.create(library=library, is_approved=True, by=None, at=at)
    return library


def add_version(
    package: H5PPackage,
    checked: Checked,
    libraries: dict[str, H5PLibrary],
    *,
    filename: str,
    by: User | None,
    at: datetime,
) -> H5PVersion:
    """The package is locked, so that the number is free."""
    latest = package.versions.order_by("-number").first()
    main = next(used.digest for used in checked.used if used.ref == checked.main_library)
    version: H5PVersion = package.versions.create(
        number=latest.number + 1 if latest else 1,
        digest=checked.digest,
        title=title_of(checked, filename),
        filename=one_line(filename, LONGEST),
        size=checked.size,
        description=storable(dict(checked.description)),
        files=as_kept(checked.files),
        main_library=libraries[main],
        load_order=list(libraries),
        languages=storable(list(checked.languages)),
        core_api=checked.core_api[:12],
        reports_scores=checked.reports_scores,
        uploaded_by=by,
        uploaded_at=at,
    )
    version.libraries.set(libraries.values())
    _follow_title(package, latest, version)
    return version


def title_of(checked: Checked, filename: str) -> str:
    return one_line(checked.title, LONGEST) or named_after(filename)


def named_after(filename: str) -> str:
    return one_line(PurePosixPath(filename).stem, LONGEST) or NAMELESS


def as_kept(files: tuple[FileFound, ...]) -> dict[str, list[str | int]]:
    return {file.path: [file.sha256, file.size] for file in files}


def _follow_title(package: H5PPackage, latest: H5PVersion | None, version: H5PVersion) -> None:
    """Editors see the title of the newest version, unless they gave one of their own."""
    if latest is not None and package.title == latest.title != version.title:
        package.title = version.title
        package.save(update_fields=["title"])
