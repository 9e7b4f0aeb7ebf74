"""Pictures and recordings: only for who is signed in, and in parts, as Safari asks for sound."""

import pytest

from tests.factories.organisations import make_worker

pytestmark = pytest.mark.django_db
SOUND = bytes(range(100))
ADDRESS = "/media/versions/klank.mp3"


@pytest.fixture
def listener(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "klank.mp3").write_bytes(SOUND)
    client.force_login(make_worker())
    return client


def ask(client, asked, **headers):
    response = client.get(ADDRESS, headers={"Range": asked, **headers})
    return response.status_code, b"".join(response) if response.streaming else response.content


def test_the_whole_says_that_parts_may_be_asked_for(listener):
    response = listener.get(ADDRESS)
    assert b"".join(response) == SOUND
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Content-Type"] == "audio/mpeg"
    assert "private" in response.headers["Cache-Control"]


def test_nobody_gets_it_without_signing_in(listener):
    listener.logout()
    assert listener.get(ADDRESS, headers={"Range": "bytes=0-1"}).status_code == 302


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),  # Safari's first question
        ("bytes=0-", 0, 99),
        ("bytes=90-1000", 90, 99),
        ("bytes=99-99", 99, 99),
        ("bytes=-10", 90, 99),
        ("bytes=-1000", 0, 99),
    ],
)
def test_a_part(listener, asked, first, last):
    assert ask(listener, asked) == (206, SOUND[first : last + 1])
    response = listener.get(ADDRESS, headers={"Range": asked})
    assert response.getvalue() == SOUND[first : last + 1]
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/100"
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert response.headers["Content-Type"] == "audio/mpeg"


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_a_part_that_is_not_there(listener, asked):
    assert ask(listener, asked)[0] == 416
    assert listener.get(ADDRESS, headers={"Range": asked}).headers["Content-Range"] == "bytes */100"


@pytest.mark.parametrize(
    "asked", ["", "bytes=-", "bytes=5-2", "bytes=0-1,5-6", "regels=0-1", "bytes=a-b", "bytes=²-"]
)
def test_what_is_not_one_part_is_answered_with_the_whole(listener, asked):
    assert ask(listener, asked) == (200, SOUND)


def test_parts_of_an_older_file_are_not_mixed_with_this_one(listener):
    today = listener.head(ADDRESS).headers["Last-Modified"]
    older = {"If-Range": "Thu, 01 Jan 1970 00:00:00 GMT"}
    assert ask(listener, "bytes=0-1", **older)[0] == 200
    assert ask(listener, "bytes=0-1", **{"If-Range": today})[0] == 206


def test_what_is_not_there(listener):
    assert listener.get("/media/versions/anders.mp3").status_code == 404
    assert listener.get("/media/versions/").status_code == 404
    assert listener.get("/media/versions/../../db.sqlite3").status_code == 404


def test_what_did_not_change_is_not_sent_again(listener):
    told = listener.head(ADDRESS).headers
    since = {"If-Modified-Since": told["Last-Modified"]}
    assert told["Content-Length"] == "100"
    assert listener.get(ADDRESS, headers=since).status_code == 304
