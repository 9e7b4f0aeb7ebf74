"""Taking in an H5P file of others: checked first, then kept as a whole or not at all."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from modules.h5p import library as ours
from modules.models import H5PLibrary, H5PPackage, H5PVersion
from modules.packages import known, rows, store
from modules.packages.caps import caps
from modules.packages.errors import PackageGone, PackageRefused
from modules.packages.known import approved_libraries
from modules.packages.renewing import renew_modules_after_commit
from modules.packages.texts import one_line
from modules.rules.h5p.check import check_package
from modules.rules.h5p.found import Checked, FileFound
from organisations.models import User
from organisations.trail import record

PIECE = 64 * 1024


@dataclass(frozen=True)
class Taken:
    version: H5PVersion
    is_new: bool  # False: this package held the same content before


Then = Callable[[Taken], None]


def take_in(
    file: BinaryIO,
    *,
    filename: str,
    replaces: H5PPackage | None,
    by: User | None,
    at: datetime,
    then: Then | None = None,
) -> Taken:
    """A first version of a new package, or the next one of the package that it replaces.

    `then` runs in the transaction of the rows. Raises PackageRefused or PackageGone, with no rows
    kept. The caller has checked that the person may do so. When the version can be played at once,
    live modules that hold the package get a version with it after the commit.

    The files are kept first, outside a transaction. If we stop there, they are blobs that no row
    tells of, and `clean_h5p` takes them away.
    """
    checked = check_package(file, caps=caps(), known=approved_libraries())
    if checked.verdict == "refused":
        raise PackageRefused(checked.reasons, one_line(checked.title, rows.LONGEST))
    while True:
        was_there = _keep_files(file, checked)
        with store.rows_and_blobs_held():
            if all(store.blob_exists(sha256) for sha256 in was_there):  # else cleaned meanwhile
                taken = _keep_rows(checked, filename=filename, replaces=replaces, by=by, at=at)
                if then is not None:
                    then(taken)
                return taken


def _keep_files(file: BinaryIO, checked: Checked) -> set[str]:
    """Write what is not there yet; the hashes of what was."""
    was_there = set()
    with zipfile.ZipFile(file) as archive:
        for found in checked.files:
            if not store.keep_blob(found.sha256, _pieces(archive, found)):
                was_there.add(found.sha256)
        new = _new_libraries(checked)
        for digest, files in new.items():
            source = _ours if digest == known.shipped().digest else _pieces
            for found in files:
                if not store.keep_blob(found.sha256, source(archive, found)):
                    was_there.add(found.sha256)
    return was_there


def _new_libraries(checked: Checked) -> dict[str, tuple[FileFound, ...]]:
    """Those without a row. A library with one is never deleted, nor are its files."""
    found = rows.libraries_of(checked)
    known_here = H5PLibrary.objects.filter(digest__in=found).values_list("digest", flat=True)
    present = set(known_here)
    return {digest: one.files for digest, one in found.items() if digest not in present}


def _pieces(archive: zipfile.ZipFile, found: FileFound) -> Iterator[bytes]:
    with archive.open(found.member) as member:
        while piece := member.read(PIECE):
            yield piece


def _ours(_archive: zipfile.ZipFile, found: FileFound) -> Iterator[bytes]:
    """From this disk: the file may do without."""
    yield ours.files()[f"{known.shipped().ref.folder}/{found.path}"]


def _keep_rows(
    checked: Checked,
    *,
    filename: str,
    replaces: H5PPackage | None,
    by: User | None,
    at: datetime,
) -> Taken:
    package = _locked(replaces) or H5PPackage.objects.create(
        title=rows.title_of(checked, filename), created_at=at, created_by=by
    )
    same = package.versions.filter(digest=checked.digest).first()
    if same is not None:
        return Taken(same, is_new=False)
    libraries = rows.add_libraries(checked, at)
    version = rows.add_version(package, checked, libraries, filename=filename, by=by, at=at)
    record(
        "h5p.taken_in",
        by=by,
        at=at,
        subject=package,
        number=version.number,
        library=str(version.main_library),
    )
    renew_modules_after_commit([package], by=by, at=at)
    return Taken(version, is_new=True)


def _locked(package: H5PPackage | None) -> H5PPackage | None:
    if package is None:
        return None
    locked: H5PPackage | None = H5PPackage.objects.select_for_update().filter(pk=package.pk).first()
    if locked is None:
        raise PackageGone
    return locked
