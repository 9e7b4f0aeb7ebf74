"""Where somebody is in an H5P activity: kept small, on any device, gone at the end."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.models import ActivityRefusal, ActivityRun, ActivityState, Attempt
from learning.selectors.activities import usable_state
from tests.factories.h5p import make_version
from tests.factories.learning import NOW
from tests.factories.organisations import make_worker
from tests.learning.telling import attempt_with, begun, leave, post, scored, step_of, tell

pytestmark = pytest.mark.django_db
LARGEST = 65_536


@pytest.fixture
def attempt(worker):
    return attempt_with(worker)


@pytest.fixture
def run(attempt):
    return begun(attempt)


def refused(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert list(ActivityRefusal.objects.values_list("code", "count")) == [(code, 1)]
    return not ActivityState.objects.exists()


def of_size(size):
    return '"' + "a" * (size - 2) + '"'


def test_a_state_is_kept_and_the_next_takes_its_place(signed_in, run):
    assert leave(signed_in, run, '{"page": 1}').json() == {"kept": True}
    assert leave(signed_in, run, '{"page": 2}').json() == {"kept": True}
    kept = ActivityState.objects.get()
    assert (kept.run, kept.version, kept.state, kept.saved_at) == (
        run,
        run.version,
        '{"page": 2}',
        NOW,
    )


def test_another_device_goes_on_where_one_was(signed_in, attempt, run):
    assert usable_state(attempt, step_of(attempt)) == ""
    leave(signed_in, run, '{"page": 2}')
    assert usable_state(attempt, step_of(attempt)) == '{"page": 2}'


def test_of_another_step_or_person_nothing_is_read(signed_in, attempt, run):
    leave(signed_in, run, '{"page": 2}')
    assert usable_state(attempt_with(make_worker()), step_of(attempt)) == ""
    ActivityRun.objects.update(step_id="anders")
    assert usable_state(attempt, step_of(attempt)) == ""
    assert usable_state(attempt, attempt.module_version.parsed.steps[1]) == ""


# Row 14: a state of 1 MB; a state of an older version


@pytest.mark.parametrize("size", [LARGEST + 1, 1_000_000, 3_000_000])
def test_row_14_a_large_state_is_refused(signed_in, run, size):
    assert refused(leave(signed_in, run, of_size(size)), 413, "TOO_LARGE")


def test_row_14_the_largest_state_is_kept(signed_in, run):
    assert leave(signed_in, run, of_size(LARGEST)).json() == {"kept": True}
    quotes = json.dumps(['"' * 16_000])
    assert len(quotes) < LARGEST
    assert leave(signed_in, run, quotes).json() == {"kept": True}


def test_row_14_a_state_is_measured_in_bytes(signed_in, run):
    assert refused(leave(signed_in, run, '"' + "é" * 32_768 + '"'), 413, "TOO_LARGE")


def test_row_14_a_state_told_of_an_older_version_is_refused(signed_in, run):
    older = make_version(package=run.version.package, number=2)
    answer = leave(signed_in, run, version=older.public_id)
    assert refused(answer, 409, "OLD_VERSION")


@pytest.mark.parametrize("version", [None, "", 5, []])
def test_row_14_a_state_says_of_which_version_it_is(signed_in, run, version):
    assert refused(leave(signed_in, run, version=version), 409, "OLD_VERSION")


def test_row_14_a_kept_state_of_an_older_version_is_dropped_with_a_clean_start(
    signed_in, attempt, run
):
    older = make_version(package=run.version.package, number=2)
    ActivityState.objects.create(run=run, version=older, state='{"page": 2}', saved_at=NOW)
    assert usable_state(attempt, step_of(attempt)) == ""
    leave(signed_in, run, '{"page": 1}')
    assert ActivityState.objects.get().version == run.version
    assert usable_state(attempt, step_of(attempt)) == '{"page": 1}'


# What is no state


@pytest.mark.parametrize("state", [None, {"page": 1}, 5, "", "{", "NaN", "undefined", "[" * 9_000])
def test_a_state_is_json_in_a_text(signed_in, run, state):
    assert refused(leave(signed_in, run, state), 400, "STATE")


def test_a_state_that_cannot_be_stored_is_refused(signed_in, run):
    assert refused(leave(signed_in, run, '"\x00"'), 400, "TEXT")


def test_half_a_character_within_a_state_is_kept_as_it_is(signed_in, run):
    """A content type may cut a text anywhere; JSON writes the half that is left."""
    assert leave(signed_in, run, '"\\ud83d"').json() == {"kept": True}


# Whose, and until when


def test_a_wrong_nonce_is_refused(signed_in, run):
    assert refused(leave(signed_in, run, nonce="another"), 409, "NONCE")


def test_another_persons_try_and_one_that_is_not_there_are_the_same(client, run):
    client.force_login(make_worker())
    unknown = reverse("learning:activity_state", args=["zzzzzzzzzzzz"])
    body = {"nonce": run.nonce, "version": run.version.public_id, "state": "{}"}
    answers = [leave(client, run), post(client, unknown, body)]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content
    assert not ActivityState.objects.exists()


def test_after_the_end_nothing_is_kept_and_nothing_is_refused(signed_in, attempt, run):
    """Activities tell where one is at their end too: that is no fault of anybody."""
    leave(signed_in, run, '{"page": 2}')
    tell(signed_in, run, scored(1, 2))
    assert leave(signed_in, run, '{"page": 3}').json() == {"kept": False}
    assert not ActivityState.objects.exists()
    assert not ActivityRefusal.objects.exists()
    assert usable_state(attempt, step_of(attempt)) == ""


def test_the_next_try_begins_clean(signed_in, attempt, run):
    leave(signed_in, run, '{"page": 2}')
    tell(signed_in, run, scored(1, 2))
    begun(attempt, nonce=run.nonce)
    assert usable_state(attempt, step_of(attempt)) == ""


def test_a_state_of_a_try_that_ended_is_not_used(signed_in, attempt, run):
    leave(signed_in, run, '{"page": 2}')
    ActivityRun.objects.update(ended_at=NOW)
    assert usable_state(attempt, step_of(attempt)) == ""


def test_of_a_closed_attempt_nothing_is_kept(signed_in, run):
    Attempt.objects.update(completed_at=NOW + timedelta(minutes=1))
    assert refused(leave(signed_in, run), 409, "ATTEMPT_CLOSED")


def test_it_costs_the_same_the_second_time(signed_in, run):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            leave(signed_in, run, '{"page": 2}')
        return len([one for one in captured if "SAVEPOINT" not in one["sql"]])

    assert run.version.public_id  # asked before it is counted
    assert (cost(), cost()) == (7, 7)
