"""The page in the frame of an H5P activity: whose, of which version, and where they were."""

from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.urls import reverse

from learning.models import ActivityRun, ActivityState, Attempt
from modules.models import LibraryDecision
from tests.factories.h5p import h5p_step, make_version
from tests.factories.learning import NOW
from tests.factories.learning import make_version as make_module_version
from tests.factories.organisations import make_administrator, make_worker
from tests.learning.telling import STEP, attempt_with, begun, leave, scored, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return make_version()


@pytest.fixture
def attempt(worker, version):
    return attempt_with(worker, version)


@pytest.fixture
def framed(monkeypatch):
    """What the frame was asked to show."""
    asked = []

    def frame_page(request, **facts):
        asked.append(facts)
        return HttpResponse("het kader")

    monkeypatch.setattr("learning.views.activities.frame_page", frame_page)
    return asked


def url_of(attempt, number=STEP):
    return reverse("learning:activity_frame", args=[attempt.public_id, number])


def test_it_begins_clean_and_writes_nothing(signed_in, attempt, version, framed):
    assert signed_in.get(url_of(attempt)).content == b"het kader"
    assert framed == [{"version": version, "state": "", "at": NOW}]
    assert not ActivityRun.objects.exists()


def test_it_goes_on_where_somebody_was(signed_in, attempt, framed):
    leave(signed_in, begun(attempt), '{"page": 2}')
    signed_in.get(url_of(attempt))
    assert framed[0]["state"] == '{"page": 2}'


def test_after_the_end_it_is_clean(signed_in, attempt, framed):
    run = begun(attempt)
    leave(signed_in, run, '{"page": 2}')
    tell(signed_in, run, scored(1, 2))
    signed_in.get(url_of(attempt))
    assert framed[0]["state"] == ""


def test_a_state_of_an_older_version_is_not_shown(signed_in, attempt, version, framed):
    older = make_version(package=version.package, number=2)
    ActivityState.objects.create(run=begun(attempt), version=older, state="{}", saved_at=NOW)
    signed_in.get(url_of(attempt))
    assert framed[0]["state"] == ""


def test_row_15_after_a_replacement_the_old_version_is_shown(signed_in, attempt, version, framed):
    newer = make_version(package=version.package, number=2)
    content = attempt.module_version.parsed
    newer_content = replace(content, steps=(h5p_step(newer), *content.steps[1:]))
    make_module_version(attempt.module, newer_content)
    signed_in.get(url_of(attempt))
    assert framed[0]["version"] == version


def test_a_closed_attempt_can_still_be_looked_at(signed_in, attempt, framed):
    Attempt.objects.update(completed_at=NOW)
    assert signed_in.get(url_of(attempt)).status_code == 200


def test_for_others_it_is_not_there(client, attempt, framed):
    for other in [make_worker(), make_administrator()]:
        client.force_login(other)
        assert client.get(url_of(attempt)).status_code == 404
    assert not framed


@pytest.mark.parametrize("number", [0, 2, 3, 99])
def test_a_step_without_an_activity_or_out_of_turn_is_not_there(signed_in, attempt, framed, number):
    assert signed_in.get(url_of(attempt, number)).status_code == 404


def test_a_version_that_is_gone_is_not_there(signed_in, worker, framed):
    attempt = attempt_with(worker, replace_of(make_version()))
    assert signed_in.get(url_of(attempt)).status_code == 404


def replace_of(version):
    version.public_id = "zzzzzzzzzzzz"
    return version


def test_what_may_no_longer_be_played_says_so(signed_in, attempt, version):
    for library in version.libraries.all():
        LibraryDecision.objects.create(library=library, is_approved=False, at=NOW)
    answer = signed_in.get(url_of(attempt))
    assert answer.status_code == 409
    assert "<script" not in answer.content.decode()


def test_it_is_only_read(signed_in, attempt, framed):
    assert signed_in.post(url_of(attempt)).status_code == 405
