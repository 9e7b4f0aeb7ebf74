"""Trying an activity as an editor: in the frame that learners get, and nothing is kept."""

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from learning.models import ActivityRun, ActivityStatement, Attempt
from modules.packages.serving.frame import is_player_installed
from tests.factories import make_approver, make_worker
from tests.factories.h5p import make_library, make_version
from tests.modules.h5p_site import IN_MEMORY, approve_all, taken

pytestmark = pytest.mark.django_db
KEPT = (ActivityRun, ActivityStatement, Attempt)


@pytest.fixture(autouse=True)
def storage(settings):
    settings.STORAGES = {**settings.STORAGES, "h5p": IN_MEMORY}
    return storages["h5p"]


@pytest.fixture
def client(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def version():
    found = taken().version
    approve_all()
    return found


def play(version):
    return reverse("h5p_play", args=[version.public_id])


def frame(version):
    return reverse("h5p_frame", args=[version.public_id])


def test_the_frame_is_shut_in_and_the_page_shows_no_other(client, version):
    answer = client.get(play(version))
    html = answer.content.decode()
    assert 'sandbox="allow-scripts"' in html
    assert f'src="{frame(version)}"' in html
    policy = answer["Content-Security-Policy"]
    assert f"frame-src http://testserver{frame(version)};" in f"{policy};"
    assert "script-src 'self';" in policy


def test_the_frame_knows_nothing_of_who_looks(client, editor, version):
    if not is_player_installed():
        pytest.skip("make setup")
    answer = client.get(frame(version))
    assert answer.status_code == 200
    assert "sandbox allow-scripts" in answer["Content-Security-Policy"]
    html = answer.content.decode()
    assert editor.email not in html
    assert "csrf" not in html.lower()


def test_nothing_is_kept(client, version):
    client.get(play(version))
    client.get(frame(version))
    assert not any(model.objects.exists() for model in KEPT)


def test_what_was_not_approved_is_not_played(client):
    version = make_version(main_library=make_library(approved=False))
    answer = client.get(play(version))
    assert answer.status_code == 200
    assert "<iframe" not in answer.content.decode()
    assert client.get(frame(version)).status_code == 409


def test_an_older_version_can_be_tried_as_well(client, version):
    make_version(package=version.package, number=2)
    assert "Versie 1" in client.get(play(version)).content.decode()


@pytest.mark.parametrize("who", [make_worker, make_approver])
def test_for_who_is_no_editor_it_is_not_there(client, version, who):
    client.force_login(who())
    for address in (play(version), frame(version)):
        assert client.get(address).status_code == 404
