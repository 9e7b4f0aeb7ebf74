"""Files by the hash of what is in them: written once, whole, and on any storage."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from modules.packages.disk import WholeFiles
from modules.packages.errors import BlobBrokenError
from modules.packages.store import blob_exists, blob_name, keep_blob, open_blob
from tests.modules.h5p_site import IN_MEMORY

BODY = b"function speel() {}"
SHA = hashlib.sha256(BODY).hexdigest()
LARGE = bytes(range(256)) * 8192  # 2 MB: waits on the disk
LARGE_SHA = hashlib.sha256(LARGE).hexdigest()


class Bucket(Storage):
    """As object stores behave: no path, whole files, and the last one written stays."""

    def __init__(self):
        self.kept = {}

    def _save(self, name, content):
        content.seek(0)  # they ask for the size first, and read from the beginning
        size, body = content.size, content.read()
        assert size == len(body)
        self.kept[name] = body
        return name

    def _open(self, name, mode="rb"):
        return ContentFile(self.kept[name], name)

    def exists(self, name):
        return name in self.kept

    def get_available_name(self, name, max_length=None):
        return name

    def delete(self, name):
        self.kept.pop(name, None)


@pytest.fixture(params=["disk", "memory", "bucket"])
def storage(request, settings, tmp_path):
    backend = {
        "disk": {
            "BACKEND": "modules.packages.disk.WholeFiles",
            "OPTIONS": {"location": tmp_path / "h5p", "base_url": None},
        },
        "memory": IN_MEMORY,
        "bucket": {"BACKEND": "tests.modules.test_h5p_store.Bucket"},
    }[request.param]
    settings.STORAGES = {**settings.STORAGES, "h5p": backend}
    return storages["h5p"]


@pytest.mark.parametrize(("body", "sha256"), [(BODY, SHA), (LARGE, LARGE_SHA), (b"", None)])
def test_what_is_kept_is_read_back(storage, body, sha256):
    sha256 = sha256 or hashlib.sha256(b"").hexdigest()
    assert not blob_exists(sha256)
    assert keep_blob(sha256, [body[:7], body[7:]])
    assert blob_exists(sha256)
    with open_blob(sha256) as file:
        assert file.read() == body


def test_a_blob_is_written_once(storage):
    assert keep_blob(SHA, [BODY])
    assert not keep_blob(SHA, pytest.fail)  # not even looked at


def test_other_bytes_than_the_hash_tells_are_not_kept(storage):
    with pytest.raises(BlobBrokenError):
        keep_blob(SHA, [BODY, b" "])
    assert not blob_exists(SHA)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA.upper(), SHA[:-1], f"{SHA}\n"])
def test_a_name_is_a_hash(name):
    with pytest.raises(ValueError, match="no SHA-256"):
        blob_name(name)


def test_a_double_that_somebody_made_meanwhile_goes(settings, tmp_path, monkeypatch):
    use_disk(settings, tmp_path)
    keep_blob(SHA, [BODY])
    monkeypatch.setattr(FileSystemStorage, "exists", lies_once(FileSystemStorage.exists))
    assert keep_blob(SHA, [BODY])
    assert everything_in(tmp_path) == [f"h5p/{blob_name(SHA)}"]


def test_many_at_once_keep_one(settings, tmp_path):
    use_disk(settings, tmp_path)
    together = Barrier(8)

    def keep(_number):
        together.wait()
        keep_blob(LARGE_SHA, [LARGE])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(keep, range(8)))
    assert everything_in(tmp_path) == [f"h5p/{blob_name(LARGE_SHA)}"]
    assert hashlib.sha256((tmp_path / "h5p" / blob_name(LARGE_SHA)).read_bytes()).hexdigest() == (
        LARGE_SHA
    )


def test_a_disk_that_is_full_leaves_nothing(tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        WholeFiles(location=tmp_path).save("a/b", ContentFile(BODY))
    assert everything_in(tmp_path) == []


def test_a_write_that_is_broken_off_has_not_the_name_of_a_whole_file(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(os, "fsync", lambda _descriptor: seen.append(everything_in(tmp_path)))
    WholeFiles(location=tmp_path).save("a/b", ContentFile(BODY))
    assert len(seen[0]) == 1
    assert seen[0][0].endswith(".part")
    assert everything_in(tmp_path) == ["a/b"]


def use_disk(settings, tmp_path):
    backend = {
        "BACKEND": "modules.packages.disk.WholeFiles",
        "OPTIONS": {"location": tmp_path / "h5p", "base_url": None},
    }
    settings.STORAGES = {**settings.STORAGES, "h5p": backend}


def everything_in(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def lies_once(exists):
    lies = iter([False])

    def told(self, name):
        return next(lies, True) and exists(self, name)

    return told
