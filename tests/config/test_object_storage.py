"""Files in a bucket: read in parts, never shown at an address of the bucket."""

import pytest
from django.core.files.base import ContentFile
from environ import Env

from config.settings.buckets import bucket
from tests.config.bucket import bucket_store
from tests.factories.organisations import make_worker

SOUND = bytes(range(100))


@pytest.fixture(scope="module")
def store():
    with bucket_store() as store:
        yield store


def test_what_is_kept_is_read_again(store):
    storage = store.storage()
    name = storage.save("blobs/ab/abc", ContentFile(SOUND))
    assert store.objects["h5p/blobs/ab/abc"] == SOUND
    with storage.open(name) as file:
        assert (file.read(), file.size) == (SOUND, 100)
    assert storage.exists(name)
    storage.delete(name)
    assert not storage.exists(name)


def test_a_part_is_asked_of_the_bucket_as_a_part(store):
    storage = store.storage()
    name = storage.save("klank", ContentFile(SOUND))
    store.asked.clear()
    with storage.open(name) as file:
        assert b"".join(file.part(10, 20)) == SOUND[10:20]
        assert list(file.part(5, 5)) == []
    assert [asked for asked in store.asked if asked[0] == "GET"] == [
        ("GET", "h5p/klank", "bytes=10-19")
    ]


def test_what_is_not_there(store):
    with pytest.raises(FileNotFoundError):
        store.storage().open("niets")


def test_the_same_name_twice_does_not_overwrite_media(store):
    storage = store.storage("media", file_overwrite=False, base_url="/media/")
    first = storage.save("plaatje.png", ContentFile(b"een"))
    second = storage.save("plaatje.png", ContentFile(b"twee"))
    assert first != second
    assert storage.url("een naam.png") == "/media/een%20naam.png"


def test_private_files_have_no_address(store):
    with pytest.raises(ValueError, match="no address"):
        store.storage().url("blobs/ab/abc")


@pytest.mark.django_db
def test_media_come_out_of_the_bucket(store, client, monkeypatch):
    storage = store.storage("media", base_url="/media/")
    storage.save("versions/klank.mp3", ContentFile(SOUND))
    monkeypatch.setattr("config.media.default_storage", storage)
    client.force_login(make_worker())
    response = client.get("/media/versions/klank.mp3", headers={"Range": "bytes=90-"})
    assert (response.status_code, response.getvalue()) == (206, SOUND[90:])
    assert response.headers["Last-Modified"] == "Mon, 02 Mar 2026 12:00:00 GMT"
    assert client.get("/media/versions/klank.mp3").getvalue() == SOUND
    assert client.get("/media/versions/anders.mp3").status_code == 404


def test_settings_name_the_bucket(monkeypatch):
    assert bucket(Env(), media_url="/media/") == {}
    monkeypatch.setenv("OPMERKZAAM_S3_BUCKET", "opmerkzaam")
    told = bucket(Env(), media_url="/media/")
    assert {name: one["OPTIONS"]["location"] for name, one in told.items()} == {
        "default": "media",
        "h5p": "h5p",
    }
