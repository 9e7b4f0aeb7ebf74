"""Taking away what nothing refers to: files of imports that were broken off, and old uploads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from modules.models import H5PLibrary, H5PUpload, H5PVersion
from modules.packages import checking, store
from modules.packages.disk import PART
from modules.packages.uploads import FOLDER

AT_A_TIME = 200
UPLOADS_KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Cleaned:
    blobs: int
    files: int  # that were sent in, or written halfway
    uploads: int  # rows


def clean(*, at: datetime, older_than: timedelta) -> Cleaned:
    """What is younger stays: somebody may be taking it in. May run beside imports."""
    checking.give_up(at=at)
    before = at - older_than
    return Cleaned(
        blobs=_clean_blobs(before),
        files=_clean_files(before),
        uploads=_forget_uploads(at - UPLOADS_KEPT),
    )


def _clean_blobs(before: datetime) -> int:
    referred = _referred()
    found = (name for name in _blobs() if name.rpartition("/")[2] not in referred)
    old = [name for name in found if _is_older(name, before)]
    return sum(_delete(old[at : at + AT_A_TIME]) for at in range(0, len(old), AT_A_TIME))


def _delete(names: list[str]) -> int:
    """Unless a row refers to one meanwhile."""
    with store.rows_and_blobs_held():
        referred = _referred()
        free = [name for name in names if name.rpartition("/")[2] not in referred]
        for name in free:
            store.storage().delete(name)
    return len(free)


def _referred() -> set[str]:
    """Hashes of all files of libraries and versions."""
    return {
        sha256
        for rows in (H5PLibrary.objects, H5PVersion.objects)
        for files in rows.order_by("pk").values_list("files", flat=True).iterator()
        for sha256, _size in files.values()
    }


def _clean_files(before: datetime) -> int:
    waiting = set(H5PUpload.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    sent = [f"{FOLDER}/{name}" for name in _files(FOLDER)]
    halves = [name for name in _files("") if name.endswith(PART)]
    forgotten = [name for name in sent if name not in waiting] + halves
    old = [name for name in forgotten if _is_older(name, before)]
    for name in old:
        store.storage().delete(name)
    return len(old)


def _forget_uploads(before: datetime) -> int:
    """What was sent in, and refused or taken in, is told for a year."""
    over = H5PUpload.objects.filter(finished_at__lt=before)
    deleted, _by_model = over.delete()
    return deleted


def _blobs() -> Iterator[str]:
    for folder in sorted(_folders(store.BLOBS)):
        for name in sorted(_files(f"{store.BLOBS}/{folder}")):
            yield f"{store.BLOBS}/{folder}/{name}"


def _is_older(name: str, before: datetime) -> bool:
    """False also for what somebody else took away meanwhile."""
    try:
        return store.storage().get_modified_time(name) < before
    except FileNotFoundError:
        return False


def _folders(path: str) -> list[str]:
    return _listed(path)[0]


def _files(path: str) -> list[str]:
    return _listed(path)[1]


def _listed(path: str) -> tuple[list[str], list[str]]:
    try:
        folders, files = store.storage().listdir(path)
    except FileNotFoundError:  # nothing was ever kept
        return [], []
    return folders, files
