"""What an H5P activity tells, and how a try ends by it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.actions import complete_attempt, finish_step
from learning.errors import StepsLeft
from learning.models import (
    ActivityRefusal,
    ActivityRun,
    ActivityState,
    ActivityStatement,
    Attempt,
    Completion,
    LearningEvent,
)
from learning.rules.activity_results import MOST_A_MINUTE, MOST_STATEMENTS
from learning.selectors.activities import activity_here
from learning.selectors.attempts import attempt_state
from modules.h5p.content import Files, content_of
from modules.packages.store import blob_name, storage
from organisations.access import access_of
from tests.factories.learning import NOW, TODAY
from tests.factories.organisations import make_worker
from tests.learning.telling import (
    attempt_with,
    begin,
    begun,
    leave,
    post,
    said,
    scored,
    step_of,
    tell,
    version_of,
)
from tests.learning.test_statement_rules import WALKED
from tests.modules.h5p_site import IN_MEMORY
from tests.modules.scenarios import dishes

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
FIRST = "5d1bb2f8-6c4b-4c29-8f3e-0a4a4f7a8c01"
TRUE = {"question": "Is dit waar?", "correct": "true"}


@pytest.fixture(autouse=True)
def in_memory(settings):
    settings.STORAGES = {**settings.STORAGES, "h5p": IN_MEMORY}


@pytest.fixture
def attempt(worker):
    return attempt_with(worker)


@pytest.fixture
def run(attempt):
    return begun(attempt)


@pytest.fixture
def true_or_false(worker):
    """An open try of a question that is scored again here."""
    return begun(attempt_with(worker, version_of(TRUE), is_rescored=True))


def result_of(run):
    run.refresh_from_db()
    return (run.raw, run.maximum, run.scaled, run.success, run.trust)


def counted():
    return dict(ActivityRefusal.objects.values_list("code", "count"))


def refused(answer, status, code):
    """With words for the reader, counted once, and nothing else changed."""
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert counted()[code] == 1
    return True


def tells_nothing_new(run):
    """The try is as open as it was."""
    assert result_of(run) == (None, None, None, None, "self_reported")
    assert run.ended_at is None
    assert not ActivityStatement.objects.filter(run=run).exists()
    assert not LearningEvent.objects.filter(kind="activity").exists()
    return True


# Kept


def test_a_statement_is_kept_with_the_time_of_the_server(signed_in, run):
    statement = said("interacted", part=FIRST, response="1", success=False)
    statement |= {"timestamp": "1999-01-01T00:00:00Z", "id": "mine"}
    answer = tell(signed_in, run, statement)
    assert answer.json() == {"kept": True, "ended": False, "result": None}
    assert answer["Cache-Control"] == "private, no-store"
    kept = ActivityStatement.objects.values().get()
    assert len(kept.pop("fingerprint")) == 64
    kept.pop("id")
    assert kept == {
        "run_id": run.pk,
        "sequence": 1,
        "verb": "interacted",
        "sub_content_id": FIRST,
        "is_child": True,
        "raw": None,
        "maximum": None,
        "scaled": None,
        "success": False,
        "completion": None,
        "response": "1",
        "duration": "",
        "at": NOW,
    }


def test_nothing_of_who_the_client_says_it_is_is_stored(signed_in, run):
    tell(signed_in, run, scored(1, 2), report=WALKED)
    run.refresh_from_db()
    stored = [*ActivityStatement.objects.values_list(), run.report]
    assert run.report is not None
    assert "Iemand" not in str(stored)
    assert "iemand@" not in str(stored)


def test_a_child_is_kept_as_detail_and_ends_nothing(signed_in, run):
    tell(signed_in, run, scored(1, 1, part=FIRST), 1)
    tell(signed_in, run, scored(1, 1, "completed", parent=True), 2)
    assert not tell(signed_in, run, said("progressed"), 3).json()["ended"]
    assert ActivityStatement.objects.filter(is_child=True, raw=1).count() == 2
    assert result_of(run) == (None, None, None, None, "self_reported")


# The end


@pytest.mark.parametrize("verb", ["answered", "completed"])
def test_the_first_of_the_whole_ends_the_try(signed_in, run, verb):
    answer = tell(signed_in, run, scored(3, 4, verb))
    assert answer.json() == {
        "kept": True,
        "ended": True,
        "result": {
            "raw": 3,
            "maximum": 4,
            "scaled": 0.75,
            "success": None,
            "trust": "self_reported",
            "ended_at": "2026-06-01T10:00:00Z",
        },
    }
    assert result_of(run) == (3, 4, 0.75, None, "self_reported")
    assert run.ended_at == NOW


@pytest.mark.parametrize("verb", ["attempted", "interacted", "passed", "failed", "progressed"])
def test_nothing_else_ends_it(signed_in, run, verb):
    assert not tell(signed_in, run, scored(3, 4, verb)).json()["ended"]


def test_the_end_without_a_result_is_an_end(signed_in, run):
    assert tell(signed_in, run, said("completed")).json()["ended"]
    assert result_of(run) == (None, None, None, None, "self_reported")
    assert run.ended_at == NOW


def test_the_end_fills_a_place_so_the_step_may_be_finished(signed_in, run):
    with pytest.raises(StepsLeft):
        finish_step(attempt=run.attempt, step=step_of(run.attempt), at=NOW)
    tell(signed_in, run, scored(0, 4))
    event = LearningEvent.objects.get()
    assert (event.slot, event.kind, event.part_id, event.choice_id, event.at) == (
        "activity:oefening:1",
        "activity",
        "",
        "",
        NOW,
    )
    finish_step(attempt=run.attempt, step=step_of(run.attempt), at=NOW)


def test_success_is_what_was_told(signed_in, run):
    tell(signed_in, run, scored(0, 4, success=True))
    assert result_of(run) == (0, 4, 0, True, "self_reported")


def test_a_share_without_points_is_kept_within_0_and_1(signed_in, run):
    tell(signed_in, run, said(score={"scaled": -0.5}))
    assert result_of(run) == (None, None, 0, None, "self_reported")


def test_less_than_nothing_is_a_share_of_nothing(signed_in, run):
    tell(signed_in, run, said(score={"raw": -1, "min": -2, "max": 2}))
    assert result_of(run) == (-1, 2, 0, None, "self_reported")


def test_nothing_to_earn_is_no_share(signed_in, run):
    tell(signed_in, run, scored(0, 0))
    assert result_of(run) == (0, 0, None, None, "self_reported")


def test_the_report_is_kept_with_the_path(signed_in, run):
    tell(signed_in, run, scored(2, 4, "completed"), report=WALKED)
    run.refresh_from_db()
    assert run.report["children"][0]["statement"]["result"] == {
        "response": "0",
        "completion": True,
    }
    last = activity_here(run.attempt, step_of(run.attempt)).results.last
    assert last.path == ("Wat doet u? Ik luister", "Gaat u mee: Nee")


def test_the_path_of_the_last_try_is_read_and_of_no_other(signed_in, run):
    tell(signed_in, run, scored(2, 4, "completed"), report=WALKED)
    tell(signed_in, begun(run.attempt, nonce=run.nonce), scored(2, 4, "completed"))
    assert [one.path for one in activity_here(run.attempt, step_of(run.attempt)).results.tries] == [
        (),
        (),
    ]


@pytest.mark.parametrize("report", [None, "x", [], {"statement": []}])
def test_an_odd_report_costs_nobody_a_result(signed_in, run, report):
    assert tell(signed_in, run, scored(2, 4), report=report).json()["ended"]
    run.refresh_from_db()
    assert run.report is None


def test_a_report_before_the_end_is_not_kept(signed_in, run):
    tell(signed_in, run, said("interacted"), report=WALKED)
    run.refresh_from_db()
    assert run.report is None


def test_where_one_was_goes_with_the_end(signed_in, run):
    leave(signed_in, run)
    tell(signed_in, run, scored(2, 4))
    assert not ActivityState.objects.exists()


def test_another_machine_with_a_slower_clock_ends_it_too(signed_in, run):
    ActivityRun.objects.update(started_at=LATER)
    tell(signed_in, run, scored(2, 4))
    run.refresh_from_db()
    assert run.ended_at == LATER


# Scored again


def test_what_can_be_scored_is_scored_from_the_answer(signed_in, true_or_false):
    answer = tell(signed_in, true_or_false, scored(1, 1, response="true", success=True))
    assert answer.json()["result"]["trust"] == "verified"
    assert result_of(true_or_false) == (1, 1, 1, True, "verified")
    assert counted() == {}


def test_an_answer_of_before_the_end_counts_where_the_whole_tells_none(signed_in, worker):
    """Packages of ours until 1.1.0 tell each decision alone."""
    content = content_of(dishes(), language="nl", competencies={}, files=Files())
    parts = {one["id"]: one.get("subContentId", "") for one in content["nodes"]}
    version = version_of(content, "Opmerkzaam.Gesprek", 1)
    run = begun(attempt_with(worker, version, is_rescored=True))
    tell(signed_in, run, said("answered", part=parts["eerst"], response="straks"), 1)
    tell(signed_in, run, said("answered", part=parts["beloof"], response="tuurlijk"), 2)
    tell(signed_in, run, scored(2, 6, "completed"), 3)
    assert result_of(run) == (2, 6, pytest.approx(1 / 3), None, "verified")


def test_a_scenario_of_ours_that_comes_back_in_is_verified(signed_in, worker):
    content = content_of(dishes(), language="nl", competencies={}, files=Files())
    version = version_of(content, "Opmerkzaam.Gesprek", 1)
    run = begun(attempt_with(worker, version, is_rescored=True))
    road = "eerst[.]straks[,]beloof[.]tuurlijk"
    tell(signed_in, run, scored(6, 6, "completed", response=road))
    assert result_of(run) == (2, 6, pytest.approx(1 / 3), None, "verified")
    assert counted() == {"SCORE_DISAGREES": 1}


def test_a_child_that_does_not_say_which_is_not_the_whole(signed_in, true_or_false):
    tell(signed_in, true_or_false, said(parent=True, response="true"), 1)
    tell(signed_in, true_or_false, said(response="false"), 2)
    assert result_of(true_or_false) == (0, 1, 0, False, "verified")


@pytest.mark.parametrize("response", ["maybe", "TRUE", "1"])
def test_an_answer_that_the_content_does_not_have_is_refused(signed_in, true_or_false, response):
    answer = tell(signed_in, true_or_false, scored(1, 1, response=response))
    assert refused(answer, 400, "ANSWER")
    assert tells_nothing_new(true_or_false)
    assert tell(signed_in, true_or_false, scored(1, 1, response="true")).json()["ended"]


def test_a_content_that_cannot_be_read_costs_nobody_a_result(signed_in, worker, caplog):
    version = version_of({"correct": "true", "only": "here"})
    sha256, _size = version.files["content.json"]
    storage().delete(blob_name(sha256))
    run = begun(attempt_with(worker, version, is_rescored=True))
    tell(signed_in, run, scored(1, 1, response="true"))
    assert result_of(run) == (1, 1, 1, None, "self_reported")
    assert "cannot be read" in caplog.text


def test_what_was_published_as_not_scored_again_is_self_reported(signed_in, worker):
    run = begun(attempt_with(worker, version_of(TRUE), is_rescored=False))
    tell(signed_in, run, scored(1, 1, response="true"))
    assert result_of(run) == (1, 1, 1, None, "self_reported")


# Row 12: forged 100/100; NaN; 1e400; null result; verb as list; unknown; other person's


def test_row_12_a_forged_score_is_self_reported(signed_in, run):
    tell(signed_in, run, scored(100, 100, success=True))
    assert result_of(run) == (100, 100, 1, True, "self_reported")


def test_row_12_a_forged_score_is_not_that_of_the_answer(signed_in, true_or_false):
    tell(signed_in, true_or_false, scored(100, 100, response="false", success=True))
    assert result_of(true_or_false) == (0, 1, 0, False, "verified")
    assert list(ActivityRefusal.objects.values_list("code", "version", "count", "day")) == [
        ("SCORE_DISAGREES", true_or_false.version.public_id, 1, TODAY)
    ]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400"])
def test_row_12_what_is_no_number_is_refused(signed_in, run, number):
    body = (
        f'{{"nonce": "{run.nonce}", "sequence": 1, "statement": '
        f'{{"verb": {{"id": "http://adlnet.gov/expapi/verbs/answered"}}, "object": {{"id": "x"}}, '
        f'"result": {{"score": {{"raw": {number}, "max": 100}}}}}}}}'
    )
    answer = post(signed_in, reverse("learning:activity_statement", args=[run.public_id]), body)
    assert refused(answer, 400, "NOT_JSON")
    assert tells_nothing_new(run)


@pytest.mark.parametrize("result", [{}, {"score": {"raw": 1, "max": 1}, "success": True}, None])
def test_row_12_without_an_answer_nothing_is_verified(signed_in, true_or_false, result):
    tell(signed_in, true_or_false, said() | {"result": result})
    assert true_or_false.trust == "self_reported"
    assert result_of(true_or_false)[-1] == "self_reported"
    assert true_or_false.ended_at == NOW


def test_row_12_a_verb_as_a_list_is_refused(signed_in, run):
    for n, verb in enumerate([[said()["verb"]], {"id": [said()["verb"]["id"]]}], start=1):
        answer = tell(signed_in, run, scored(1, 1) | {"verb": verb})
        assert (answer.status_code, answer.json()["code"]) == (400, "VERB")
        assert counted() == {"VERB": n}
    assert tells_nothing_new(run)


def test_row_12_unknown_and_another_persons_are_the_same_404(client, run):
    client.force_login(make_worker())
    unknown = reverse("learning:activity_statement", args=["zzzzzzzzzzzz"])
    body = {"nonce": run.nonce, "sequence": 1, "statement": scored(1, 1)}
    answers = [tell(client, run, scored(1, 1)), post(client, unknown, body)]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content
    assert list(ActivityRefusal.objects.values_list("code", "version", "count")) == [
        ("UNKNOWN", "", 2)
    ]
    assert tells_nothing_new(run)


def test_row_12_another_persons_attempt_begins_no_try(client, attempt):
    client.force_login(make_worker())
    assert begin(client, attempt).status_code == 404
    assert not ActivityRun.objects.exists()


# Row 13: the same again, completed again on resume, a child after the end


def test_row_13_the_same_statement_again_changes_nothing(signed_in, run):
    answers = [tell(signed_in, run, scored(3, 4)) for _again in range(10)]
    assert {answer.content for answer in answers} == {answers[0].content}
    assert answers[0].json()["kept"]
    assert (ActivityStatement.objects.count(), LearningEvent.objects.count()) == (1, 1)
    assert counted() == {}


def test_row_13_completed_again_on_resume_changes_nothing(signed_in, run):
    tell(signed_in, run, scored(3, 4, "completed"))
    before = result_of(run)
    answer = tell(signed_in, run, scored(4, 4, "completed"), 2)
    assert (answer.json()["kept"], answer.json()["ended"]) == (False, True)
    assert answer.json()["result"]["raw"] == 3
    assert result_of(run) == before
    assert (ActivityStatement.objects.count(), LearningEvent.objects.count()) == (1, 1)


def test_row_13_a_child_after_the_end_changes_nothing(signed_in, run):
    tell(signed_in, run, scored(3, 4, "completed"), 2)
    before = result_of(run)
    for sequence in [1, 2, 3]:
        answer = tell(signed_in, run, scored(1, 1, part=FIRST), sequence)
        assert answer.json() == {
            "kept": False,
            "ended": True,
            "result": answer.json()["result"],
        }
    assert result_of(run) == before
    assert ActivityStatement.objects.count() == 1
    assert ActivityRun.objects.count() == 1


def test_an_early_statement_told_again_after_the_end_was_kept(signed_in, run):
    tell(signed_in, run, said("attempted"), 1)
    tell(signed_in, run, scored(3, 4), 2)
    assert tell(signed_in, run, said("attempted"), 1).json()["kept"]
    assert ActivityStatement.objects.count() == 2


# What does not fit


def test_another_statement_under_the_same_number_is_refused(signed_in, run):
    tell(signed_in, run, said("attempted"), 1)
    tell(signed_in, run, said("interacted"), 6)
    answer = tell(signed_in, run, scored(3, 4), 1)
    assert refused(answer, 409, "SEQUENCE_TAKEN")
    assert answer.json()["sequence"] == 7
    assert tell(signed_in, run, scored(3, 4), 7).json()["ended"]


@pytest.mark.parametrize("nonce", ["", "another", "é"])
def test_a_wrong_nonce_is_refused(signed_in, run, nonce):
    assert refused(tell(signed_in, run, scored(3, 4), nonce=nonce), 409, "NONCE")
    assert tells_nothing_new(run)


def test_a_closed_attempt_takes_nothing_but_knows_what_it_took(signed_in, run):
    tell(signed_in, run, said("attempted"), 1)
    Attempt.objects.update(completed_at=LATER)
    assert tell(signed_in, run, said("attempted"), 1).json()["kept"]
    assert refused(tell(signed_in, run, scored(3, 4), 2), 409, "ATTEMPT_CLOSED")
    assert ActivityStatement.objects.count() == 1
    assert result_of(run)[0] is None


def test_of_a_closed_attempt_an_ended_try_takes_nothing_either(signed_in, run):
    tell(signed_in, run, scored(3, 4))
    Attempt.objects.update(completed_at=LATER)
    assert tell(signed_in, run, scored(4, 4), 2).json()["code"] == "ATTEMPT_CLOSED"
    assert result_of(run)[0] == 3


def told_before(run, last, at=NOW, first=1):
    ActivityStatement.objects.bulk_create(
        ActivityStatement(run=run, sequence=n, verb="interacted", fingerprint=f"{n}", at=at)
        for n in range(first, last + 1)
    )


def test_more_than_120_in_a_minute_are_refused(signed_in, run):
    told_before(run, MOST_A_MINUTE, at=NOW - timedelta(seconds=20))
    answer = tell(signed_in, run, said("interacted"), 200)
    assert refused(answer, 429, "TOO_FAST")
    assert answer["Retry-After"] == "40"


def test_the_120th_in_a_minute_is_taken_and_those_of_before_do_not_count(signed_in, run):
    told_before(run, MOST_A_MINUTE - 1)
    assert tell(signed_in, run, said("interacted"), 200).status_code == 200
    ActivityStatement.objects.filter(run=run)._raw_delete("default")
    told_before(run, MOST_A_MINUTE, at=NOW - timedelta(seconds=60))
    assert tell(signed_in, run, said("interacted"), 200).status_code == 200


def test_the_rate_is_that_of_one_try(signed_in, run):
    told_before(run, MOST_A_MINUTE)
    other = begun(attempt_with(run.attempt.worker))
    assert tell(signed_in, other, said("interacted")).status_code == 200


def test_a_try_has_a_thousand_statements_and_the_last_place_is_for_its_end(signed_in, run):
    told_before(run, MOST_STATEMENTS - 2, at=NOW - timedelta(hours=1))
    assert tell(signed_in, run, said("interacted"), 2000).status_code == 200
    assert refused(tell(signed_in, run, said("interacted"), 2001), 409, "TRY_IS_FULL")
    assert tell(signed_in, run, scored(3, 4), 2001).json()["ended"]
    assert ActivityStatement.objects.filter(run=run).count() == MOST_STATEMENTS


def test_an_end_is_taken_however_fast_it_comes(signed_in, run):
    told_before(run, MOST_A_MINUTE)
    assert tell(signed_in, run, scored(3, 4), 200).json()["ended"]


# What it costs


def cost(client, *args, **more):
    with CaptureQueriesContext(connection) as captured:
        answer = tell(client, *args, **more)
    assert answer.status_code == 200
    asked = [query["sql"] for query in captured]
    return len([sql for sql in asked if "SAVEPOINT" not in sql])


def test_a_statement_costs_eight_queries_however_many_came_before(signed_in, run):
    tell(signed_in, run, said("attempted"), 1)
    assert cost(signed_in, run, said("interacted"), 2) == 8
    told_before(run, 60, first=3)
    assert cost(signed_in, run, said("interacted"), 61) == 8


def test_the_end_costs_the_same_however_much_was_told(signed_in, run, true_or_false):
    assert cost(signed_in, run, scored(3, 4), report=WALKED) == 11
    told_before(true_or_false, 60)
    assert cost(signed_in, true_or_false, scored(1, 1, response="true"), 61) == 13


# It never certifies


def test_completing_still_needs_what_is_scored_here(signed_in, run):
    tell(signed_in, run, scored(100, 100, success=True))
    finish_step(attempt=run.attempt, step=step_of(run.attempt), at=NOW)
    with pytest.raises(StepsLeft):
        complete_attempt(attempt=run.attempt, at=NOW)
    assert not Completion.objects.exists()


def test_no_result_of_it_is_in_what_a_module_showed(signed_in, true_or_false, worker):
    def shown():
        state = attempt_state(access_of(worker, TODAY), true_or_false.attempt.public_id)
        return state.summary

    before = shown()
    tell(signed_in, true_or_false, scored(1, 1, response="true", success=True))
    assert shown() == before
    assert [title for title, _score in before.scenario_scores] == ["Afwas"]
