"""Files of H5P by a signed address: without a session, kept by browsers, inert by themselves."""

from datetime import UTC, datetime, timedelta

import pytest

from modules.packages.serving import tokens
from tests.config.bucket import bucket_store
from tests.factories.organisations import make_worker
from tests.h5p_packages import PNG, QUESTION, library
from tests.h5p_site import stored_version

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
SOUND = bytes(range(200))
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    now = [AT]
    monkeypatch.setattr("modules.packages.serving.assets.now_of", lambda request: now[0])
    return now


@pytest.fixture
def version(settings):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "h5p": memory}
    return stored_version(QUESTION, files={"audios/klank.mp3": SOUND, "images/a.png": PNG})


def address(version, path, at=AT):
    return tokens.folder_of(version.digest, at=at) + path


def test_a_file_of_the_content(client, version):
    response = client.get(address(version, "content/images/a.png"))
    assert (response.status_code, response.getvalue()) == (200, PNG)
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Length"] == str(len(PNG))


def test_a_file_of_a_library(client, version):
    folder = version.main_library.ref.folder
    path = version.main_library.preloaded_js[0]
    response = client.get(address(version, f"libraries/{folder}/{path}"))
    assert response.getvalue() == QUESTION.files[path]
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_it_is_inert_by_itself_and_may_be_loaded_by_an_opaque_origin(client, version):
    headers = client.get(address(version, "content/content.json")).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_browsers_keep_it_until_the_address_expires(client, version):
    response = client.get(address(version, "content/images/a.png"))
    left = tokens.expiry_at(AT) - int(AT.timestamp())
    assert response.headers["Cache-Control"] == f"public, max-age={left}, immutable"
    etag = response.headers["ETag"]
    assert version.files["images/a.png"][0] in etag
    again = client.get(address(version, "content/images/a.png"), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    other = client.get(address(version, "content/images/a.png"), headers={"If-Match": '"anders"'})
    assert other.status_code == 412


def test_no_session_is_read_and_none_is_made(client, version, django_assert_num_queries):
    client.force_login(make_worker())
    client.cookies.load({"taal": "en"})
    with django_assert_num_queries(2):  # the version and its libraries, once per process
        response = client.get(address(version, "content/content.json"))
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    with django_assert_num_queries(0):
        client.get(address(version, "content/images/a.png"))


def test_head_tells_the_same_without_the_bytes(client, version):
    response = client.head(address(version, "content/audios/klank.mp3"))
    assert response.content == b""
    assert response.headers["Content-Length"] == "200"
    assert response.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "part"),
    [("bytes=0-1", SOUND[:2]), ("bytes=150-", SOUND[150:]), ("bytes=-7", SOUND[-7:])],
)
def test_recordings_in_parts(client, version, asked, part):
    response = client.get(address(version, "content/audios/klank.mp3"), headers={"Range": asked})
    assert (response.status_code, response.getvalue()) == (206, part)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Content-Length"] == str(len(part))


def test_a_large_recording_goes_in_pieces(client, settings, version):
    film = bytes(range(256)) * 1000
    long = stored_version(QUESTION, files={"videos/film.mp4": film})
    path = address(long, "content/videos/film.mp4")
    whole = client.get(path)
    assert (whole.streaming, whole.getvalue()) == (True, film)
    part = client.get(path, headers={"Range": "bytes=1000-200999"})
    assert (part.status_code, part.getvalue()) == (206, film[1000:201000])


def test_a_part_that_is_not_there(client, version):
    path = address(version, "content/audios/klank.mp3")
    response = client.get(path, headers={"Range": "bytes=200-"})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */200"


def test_parts_of_another_file_are_not_mixed_with_this_one(client, version):
    path = address(version, "content/audios/klank.mp3")
    etag = client.head(path).headers["ETag"]
    asked = {"Range": "bytes=0-1"}
    assert client.get(path, headers={**asked, "If-Range": etag}).status_code == 206
    assert client.get(path, headers={**asked, "If-Range": '"anders"'}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "",
        "content/",
        "content/anders.png",
        "content/../content/content.json",
        "content/images",
        "h5p.json",
        "libraries/Voorbeeld.Anders-1.1/script.js",
        "content/%2e%2e/%2e%2e/config/settings/base.py",
    ],
)
def test_what_is_not_of_this_version_is_not_there(client, version, path):
    response = client.get(address(version, path))
    assert (response.status_code, response.content) == (404, b"")


def test_a_file_of_another_version_is_not_there(client, version):
    other = stored_version(library("Voorbeeld.Anders", js="1"), files={"images/b.png": PNG})
    assert client.get(address(other, "content/images/b.png")).status_code == 200
    assert client.get(address(version, "content/images/b.png")).status_code == 404


def test_an_expired_or_forged_address_says_nothing(client, version, clock):
    path = address(version, "content/content.json")
    forged = path.replace("-", "-x", 1)
    unknown = path.replace(version.digest, "ab" * 32)
    clock[0] = AT + timedelta(hours=12)
    for refused in [path, forged, unknown]:
        response = client.get(refused)
        assert (response.status_code, response.content) == (403, b"")
        assert response.headers["Cache-Control"] == "no-store"


def test_a_version_that_is_gone(client, version):
    path = address(version, "content/content.json").replace(version.digest, "ab" * 32)
    path = tokens.folder_of("ab" * 32, at=AT) + "content/content.json"
    assert client.get(path).status_code == 404


def test_only_reading(client, version):
    assert client.post(address(version, "content/content.json")).status_code == 405


def test_nothing_is_a_document_that_runs(client, version):
    drawn = stored_version(library("Voorbeeld.Tekening", js="1", files={"a.svg": SVG}))
    kinds = {
        path: client.get(address(drawn, f"libraries/Voorbeeld.Tekening-1.1/{path}")).headers
        for path in ["a.svg", "script.js", "library.json"]
    }
    assert kinds["a.svg"]["Content-Type"] == "image/svg+xml"
    assert all("html" not in headers["Content-Type"] for headers in kinds.values())
    assert all("sandbox" in headers["Content-Security-Policy"] for headers in kinds.values())


def test_a_kind_that_is_not_in_the_list_is_never_guessed():
    from modules.packages.serving.files import kind_of

    assert (
        kind_of("a.html") == kind_of("a.xhtml") == kind_of("zonder") == "application/octet-stream"
    )
    assert kind_of("A.PNG") == "image/png"


def test_a_file_that_was_lost(client, version):
    from modules.packages import store

    sha256, _size = version.files["images/a.png"]
    store.storage().delete(store.blob_name(sha256))
    assert client.get(address(version, "content/images/a.png")).status_code == 404


def test_out_of_a_bucket_only_the_part_that_was_asked_for(client, settings):
    with bucket_store() as store:
        backend = "config.object_storage.BucketStorage"
        options = {"BACKEND": backend, "OPTIONS": store.options("h5p")}
        settings.STORAGES = {**settings.STORAGES, "h5p": options}
        version = stored_version(QUESTION, files={"audios/klank.mp3": SOUND})
        path = address(version, "content/audios/klank.mp3")
        store.asked.clear()
        response = client.get(path, headers={"Range": "bytes=10-19"})
        assert (response.status_code, response.getvalue()) == (206, SOUND[10:20])
        assert [asked[2] for asked in store.asked if asked[0] == "GET"] == ["bytes=10-19"]
        assert client.get(path).getvalue() == SOUND
        film = stored_version(QUESTION, files={"videos/film.mp4": SOUND * 1000})
        assert client.get(address(film, "content/videos/film.mp4")).getvalue() == SOUND * 1000
        store.asked.clear()
        assert client.head(path).status_code == 200
        assert store.asked == []


def test_every_kind_that_is_taken_in_has_a_type():
    from modules.packages.serving.files import UNKNOWN, kind_of
    from modules.rules.h5p import kinds

    taken = kinds.IN_LIBRARIES
    assert not [ending for ending in sorted(taken) if kind_of(f"a.{ending}") == UNKNOWN]
