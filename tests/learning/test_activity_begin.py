"""Beginning a try of an H5P activity, and going on in one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.actions import finish_step
from learning.actions.activities import BY_HAND, begin_run, finish_by_hand
from learning.errors import AttemptIsClosed, NotPossibleHere, StepsLeft
from learning.errors_activities import TooManyTries, TryIsAnother, TryIsClosed
from learning.models import ActivityRun, LearningEvent
from learning.rules.activity_results import MOST_TRIES
from learning.selectors.activities import activity_here
from learning.selectors.attempts import attempt_state
from modules.models import H5PVersion, LibraryDecision
from organisations.access import access_of
from tests.factories.h5p import h5p_step, make_run, make_version
from tests.factories.learning import NOW, TODAY
from tests.factories.learning import make_version as make_module_version
from tests.factories.organisations import make_administrator, make_worker
from tests.learning.telling import STEP, attempt_with, begin, begun, said, scored, step_of, tell
from tests.learning.test_statement_rules import WALKED

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def attempt(worker):
    return attempt_with(worker)


def ended(attempt, number=1, **fields):
    version = begun_version(attempt)
    return make_run(attempt, version, number=number, ended_at=LATER, **fields)


def begun_version(attempt):
    return H5PVersion.objects.get(public_id=step_of(attempt).activity.version)


def test_the_first_try_begins(signed_in, attempt):
    answer = begin(signed_in, attempt)
    run = ActivityRun.objects.get()
    assert answer.status_code == 200
    assert answer.json() == {
        "run": run.public_id,
        "nonce": run.nonce,
        "sequence": 1,
        "statement_url": f"/leren/activiteit/{run.public_id}/uitspraak/",
        "state_url": f"/leren/activiteit/{run.public_id}/stand/",
        "version": run.version.public_id,
    }
    assert (run.number, run.started_at, run.ended_at) == (1, NOW, None)
    assert (run.attempt, run.step_id) == (attempt, "oefening")


def test_twice_gives_the_same_try(signed_in, attempt):
    assert begin(signed_in, attempt).json() == begin(signed_in, attempt).json()
    assert ActivityRun.objects.count() == 1


def test_another_device_goes_on_in_the_open_try(signed_in, attempt):
    run = begun(attempt)
    tell(signed_in, run, said("attempted"), 1)
    tell(signed_in, run, said("interacted"), 4)
    answer = begin(signed_in, attempt, nonce="of no try")
    assert (answer.json()["run"], answer.json()["sequence"]) == (run.public_id, 5)


def test_after_the_end_a_further_try_begins(signed_in, attempt):
    first = begun(attempt)
    tell(signed_in, first, scored(1, 2))
    answer = begin(signed_in, attempt, nonce=first.nonce).json()
    second = ActivityRun.objects.get(number=2)
    assert (answer["run"], answer["sequence"]) == (second.public_id, 1)
    assert second.nonce != first.nonce


@pytest.mark.parametrize("nonce", ["", "of no try"])
def test_after_the_end_the_nonce_of_the_latest_try_is_needed(signed_in, attempt, nonce):
    ended(attempt)
    answer = begin(signed_in, attempt, nonce=nonce)
    assert (answer.status_code, answer.json()["code"]) == (409, "NONCE")
    assert ActivityRun.objects.count() == 1


def test_the_nonce_of_an_earlier_try_begins_nothing(attempt):
    first = ended(attempt)
    ended(attempt, number=2)
    with pytest.raises(TryIsAnother):
        begun(attempt, nonce=first.nonce)


def test_fifty_tries_are_enough(attempt):
    last = ended(attempt, number=MOST_TRIES - 1)
    last = begun(attempt, nonce=last.nonce)
    ActivityRun.objects.filter(pk=last.pk).update(ended_at=LATER)
    with pytest.raises(TooManyTries):
        begun(attempt, nonce=last.nonce)


def test_a_closed_attempt_begins_nothing(signed_in, attempt):
    type(attempt).objects.filter(pk=attempt.pk).update(completed_at=LATER)
    with pytest.raises(TryIsClosed):
        begun(attempt)
    assert begin(signed_in, attempt).json()["code"] == "ATTEMPT_CLOSED"


def test_a_step_without_an_activity_begins_nothing(signed_in, attempt):
    with pytest.raises(NotPossibleHere):
        begin_run(attempt=attempt, step=attempt.module_version.parsed.steps[1], nonce="", at=NOW)
    finish_by_hand(attempt=attempt, step=step_of(attempt), at=NOW)
    assert begin(signed_in, attempt, number=2).status_code == 404


@pytest.mark.parametrize("number", [0, 99])
def test_a_step_that_is_not_there_begins_nothing(signed_in, attempt, number):
    assert begin(signed_in, attempt, number=number).status_code == 404


def test_a_step_of_which_the_turn_has_not_come_begins_nothing(signed_in, worker):
    version = make_version()
    attempt = attempt_with(worker, version)
    _first, rate, read, *others = attempt.module_version.parsed.steps
    steps = (rate, read, h5p_step(version), *others)
    content = replace(attempt.module_version.parsed, steps=steps)
    attempt.module_version = make_module_version(attempt.module, content)
    attempt.save()
    assert begin(signed_in, attempt, number=3).status_code == 404


def test_another_persons_attempt_is_not_there(client, attempt):
    for other in [make_worker(), make_administrator()]:
        client.force_login(other)
        answer = begin(client, attempt)
        assert (answer.status_code, answer.json()["code"]) == (404, "UNKNOWN")
    assert not ActivityRun.objects.exists()


def test_who_is_not_signed_in_is_sent_to_sign_in(client, attempt):
    assert begin(client, attempt).status_code == 302


def test_only_a_post_begins(signed_in, attempt):
    url = f"/leren/{attempt.public_id}/stap/1/activiteit/"
    assert signed_in.get(url).status_code == 405


def test_a_post_of_another_site_begins_nothing(worker, attempt):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(worker)
    assert begin(browser, attempt).status_code == 403


def test_row_15_a_package_replaced_while_somebody_plays(signed_in, worker):
    """They go on in the old version, also in further tries."""
    old = make_version()
    attempt = attempt_with(worker, old)
    run = begun(attempt)
    new = make_version(package=old.package, number=2)
    make_module_version(attempt.module, content_with(attempt, new))
    tell(signed_in, run, scored(1, 2))
    begin(signed_in, attempt, nonce=run.nonce)
    assert {one.version for one in ActivityRun.objects.all()} == {old}
    assert ActivityRun.objects.count() == 2


def content_with(attempt, version):
    content = attempt.module_version.parsed
    return replace(content, steps=(h5p_step(version), *content.steps[1:]))


# What a step page needs of it


def test_before_the_first_try_there_is_nothing(attempt):
    here = activity_here(attempt, step_of(attempt))
    assert (here.open_run, here.next_sequence, here.nonce, here.results.count) == (None, 1, "", 0)


def test_an_open_try_tells_where_it_is(signed_in, attempt):
    run = begun(attempt)
    assert activity_here(attempt, step_of(attempt)).next_sequence == 1
    tell(signed_in, run, said("attempted"), 3)
    here = activity_here(attempt, step_of(attempt))
    assert (here.open_run, here.next_sequence, here.nonce) == (run, 4, run.nonce)


def test_tries_pile_up_and_none_takes_the_place_of_another(signed_in, attempt):
    nonce = ""
    for raw in [3, 4, 1]:
        run = begun(attempt, nonce=nonce)
        tell(signed_in, run, scored(raw, 4))
        nonce = run.nonce
    here = activity_here(attempt, step_of(attempt))
    found = here.results
    assert (found.best.raw, found.last.raw, found.first.raw, found.count) == (4, 1, 3, 3)
    assert (here.open_run, here.nonce) == (None, nonce)
    assert [one.scaled for one in found.tries] == [0.75, 1, 0.25]


def test_tries_of_another_step_and_of_others_are_left_out(attempt):
    ended(attempt, step_id="anders")
    make_run(attempt_with(make_worker()), begun_version(attempt), ended_at=LATER)
    assert activity_here(attempt, step_of(attempt)).results.count == 0


def test_it_costs_one_query_however_many_tries(attempt):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            activity_here(attempt, step_of(attempt))
        return len(captured)

    ended(attempt, number=1)
    before = cost()
    for number in range(2, 23):
        ended(attempt, number=number, report={"statement": {}})
    assert before == cost() == 1


def test_the_page_of_the_step_costs_eight_queries_however_many_tries(signed_in, attempt):
    url = reverse("learning:step", args=[attempt.public_id, STEP])

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get(url).status_code == 200
        return len(captured)

    signed_in.get(url)  # what is asked once in a process
    assert cost() == 8
    for number in range(1, 23):
        ended(attempt, number=number, scaled=0.5, report=WALKED)
    assert cost() == 8


# By hand


def done_by(attempt):
    events = LearningEvent.objects.filter(attempt=attempt, kind="step_done")
    return list(events.values_list("slot", "choice_id", "part_id"))


def test_by_hand_finishes_an_activity_that_told_nothing(attempt):
    with pytest.raises(StepsLeft):
        finish_step(attempt=attempt, step=step_of(attempt), at=NOW)
    finish_by_hand(attempt=attempt, step=step_of(attempt), at=NOW)
    finish_by_hand(attempt=attempt, step=step_of(attempt), at=LATER)
    assert done_by(attempt) == [("step:oefening", BY_HAND, "")]


def test_by_hand_is_never_a_result(attempt, worker):
    finish_by_hand(attempt=attempt, step=step_of(attempt), at=NOW)
    assert activity_here(attempt, step_of(attempt)).results.count == 0
    state = attempt_state(access_of(worker, TODAY), attempt.public_id)
    assert state.progress.current == 1
    assert state.made(step_of(attempt)) == {}


def test_after_a_result_it_is_not_marked_as_by_hand(signed_in, attempt):
    tell(signed_in, begun(attempt), scored(1, 2))
    finish_by_hand(attempt=attempt, step=step_of(attempt), at=NOW)
    assert done_by(attempt) == [("step:oefening", "", "")]


def test_what_tells_nothing_is_finished_either_way(worker):
    silent = make_version(reports_scores=False)
    attempt = attempt_with(worker, silent)
    finish_step(attempt=attempt, step=step_of(attempt), at=NOW)
    finish_by_hand(attempt=attempt, step=step_of(attempt), at=NOW)
    assert done_by(attempt) == [("step:oefening", "", "")]


def test_only_an_activity_is_finished_by_hand(attempt):
    conversation = next(s for s in attempt.module_version.parsed.steps if s.scenario)
    with pytest.raises(NotPossibleHere):
        finish_by_hand(attempt=attempt, step=conversation, at=NOW)


def test_a_closed_attempt_is_not_finished_by_hand(attempt):
    type(attempt).objects.filter(pk=attempt.pk).update(completed_at=LATER)
    with pytest.raises(AttemptIsClosed):
        finish_by_hand(attempt=attempt, step=step_of(attempt), at=NOW)


# What the database promises


def test_there_is_one_open_try(attempt):
    begun(attempt)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_run(attempt, begun_version(attempt), number=2)


def test_an_approval_that_was_withdrawn_stops_no_try(signed_in, attempt):
    """What was done is done: it is still taken in."""
    run = begun(attempt)
    for library in run.version.libraries.all():
        LibraryDecision.objects.create(library=library, is_approved=False, at=LATER)
    assert tell(signed_in, run, scored(1, 2)).json()["ended"]
