"""Files of H5P by the hash of what is in them, in `storages["h5p"]`: on a disk, or in a bucket.

Each is written once and never changed. The storage must show a file only when it is complete:
`disk.WholeFiles` does, and object stores do.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import connection, transaction

from modules.packages.errors import BlobBrokenError

BLOBS = "blobs"
IN_MEMORY = 1024 * 1024  # bytes; a larger file waits on the disk until its hash is known
LOCK = 0x48355020  # "H5P "
SHA256 = re.compile(r"[0-9a-f]{64}")


def storage() -> Storage:
    found: Storage = storages["h5p"]
    return found


def blob_name(sha256: str) -> str:
    if SHA256.fullmatch(sha256) is None:
        raise ValueError(f"{sha256!r} is no SHA-256")
    return f"{BLOBS}/{sha256[:2]}/{sha256}"


def blob_exists(sha256: str) -> bool:
    return storage().exists(blob_name(sha256))


def open_blob(sha256: str) -> "File[bytes]":
    """To be closed by who asks. Raises FileNotFoundError, or what the storage raises."""
    return storage().open(blob_name(sha256))


def keep_blob(sha256: str, chunks: Iterable[bytes]) -> bool:
    """Write it unless it is there; False when it was. Raises BlobBrokenError, and keeps nothing."""
    name = blob_name(sha256)
    if storage().exists(name):
        return False
    with SpooledTemporaryFile(max_size=IN_MEMORY) as whole:
        _fill(whole, sha256, chunks)
        whole.seek(0)
        saved = storage().save(name, File(whole, name))
    if saved != name:  # somebody kept the same meanwhile; storages then make up another name
        storage().delete(saved)
    return True


def _fill(whole: Any, sha256: str, chunks: Iterable[bytes]) -> None:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        whole.write(chunk)
    if digest.hexdigest() != sha256:
        raise BlobBrokenError(f"expected {sha256}, got {digest.hexdigest()}")


@contextmanager
def rows_and_blobs_held() -> Iterator[None]:
    """A transaction in which nobody else adds rows about blobs, and nobody deletes blobs.

    So blobs that are there when rows about them are added are there when these are committed.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":  # on SQLite the transaction itself keeps others out
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield
