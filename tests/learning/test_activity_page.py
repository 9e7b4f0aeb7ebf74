"""The page of a step with an H5P activity, as the server makes it: frame, results, going on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.models import ActivityRun, LearningEvent
from learning.presenters.activity import activity_view
from learning.rules.activity_results import MOST_TRIES
from learning.selectors.activities import activity_here
from learning.selectors.attempts import attempt_state
from learning.views import activity_steps
from modules.models import H5PVersion, LibraryDecision
from organisations.access import access_of
from tests.factories.h5p import make_run, make_version
from tests.factories.learning import NOW, TODAY
from tests.factories.organisations import make_worker
from tests.learning.telling import STEP, attempt_with, begun, step_of

pytestmark = pytest.mark.django_db
BY_HAND = "Ga verder zonder resultaat"
FRAME = "data-activity-frame"
AGAIN = "Nog een keer"


@pytest.fixture(autouse=True)
def player(monkeypatch):
    monkeypatch.setattr(activity_steps, "is_player_installed", lambda: True)


@pytest.fixture
def attempt(worker):
    return attempt_with(worker)


@pytest.fixture
def silent(worker):
    return attempt_with(worker, make_version(reports_scores=False))


def url_of(attempt, number=STEP):
    return reverse("learning:step", args=[attempt.public_id, number])


def page_of(client, attempt):
    return client.get(url_of(attempt)).content.decode()


def post(client, attempt, **fields):
    return client.post(url_of(attempt), fields, follow=True)


def version_in(attempt):
    return H5PVersion.objects.get(public_id=step_of(attempt).activity.version)


def ended(attempt, number=1, *, minutes=0, **fields):
    """A try that ended, with what goes with it."""
    at = NOW + timedelta(minutes=minutes)
    run = make_run(
        attempt, version_in(attempt), number=number, started_at=at, ended_at=at, **fields
    )
    LearningEvent.objects.create(
        attempt=attempt,
        module_version=attempt.module_version,
        slot=f"activity:oefening:{number}",
        kind=LearningEvent.Kind.ACTIVITY,
        step_id="oefening",
        at=at,
    )
    return run


def is_done(attempt):
    return attempt.events.filter(slot="step:oefening").exists()


def test_the_frame_waits_for_the_script(signed_in, attempt):
    page = page_of(signed_in, attempt)
    frame = reverse("learning:activity_frame", args=[attempt.public_id, STEP])
    assert f'src="{frame}"' in page.partition("<template data-activity-frame>")[2]
    assert 'sandbox="allow-scripts"' in page
    assert 'title="Oefening: Oefenen met vragen"' in page
    assert "Sla de oefening over" in page


def test_only_this_page_may_show_the_frame_and_only_that_one(signed_in, attempt):
    policy = signed_in.get(url_of(attempt)).headers["Content-Security-Policy"]
    frame = reverse("learning:activity_frame", args=[attempt.public_id, STEP])
    assert f"frame-src http://testserver{frame}" in policy
    other = signed_in.get(reverse("learning:path")).headers["Content-Security-Policy"]
    assert "frame-src" not in other


def test_going_back_asks_for_the_page_anew(signed_in, attempt):
    assert "no-store" in signed_in.get(url_of(attempt)).headers["Cache-Control"]


def test_opening_the_page_begins_nothing(signed_in, attempt):
    page_of(signed_in, attempt)
    assert not ActivityRun.objects.exists()


def test_an_open_try_goes_on_where_it_was(signed_in, attempt):
    run = begun(attempt)
    page = page_of(signed_in, attempt)
    assert f'data-nonce="{run.nonce}"' in page
    assert 'data-next-sequence="1"' in page
    assert reverse("learning:activity_statement", args=[run.public_id]) in page
    assert reverse("learning:activity_state", args=[run.public_id]) in page


def test_before_the_end_one_may_go_on_without_a_result(signed_in, attempt):
    page = page_of(signed_in, attempt)
    assert 'value="finish"' not in page
    assert "Werkt de oefening niet?" in page
    after = post(signed_in, attempt, action="by_hand")
    assert after.redirect_chain[-1][0] == url_of(attempt, STEP + 1)
    assert is_done(attempt)
    assert not ActivityRun.objects.exists()


def test_by_hand_twice_changes_nothing(signed_in, attempt):
    post(signed_in, attempt, action="by_hand")
    post(signed_in, attempt, action="by_hand")
    assert attempt.events.filter(slot="step:oefening").count() == 1


@pytest.mark.parametrize("action", ["by_hand", "again"])
def test_neither_is_possible_in_a_step_without_an_activity(signed_in, attempt, action):
    post(signed_in, attempt, action="by_hand")
    answer = signed_in.post(url_of(attempt, STEP + 1), {"action": action}, follow=True)
    assert "hoort niet bij deze stap" in answer.content.decode()


def test_after_the_end_the_step_can_be_finished(signed_in, attempt):
    ended(attempt, raw=1, maximum=2, scaled=0.5)
    page = page_of(signed_in, attempt)
    assert BY_HAND not in page
    post(signed_in, attempt, action="finish")
    assert is_done(attempt)


def test_without_an_end_the_step_cannot_be_finished_as_if_there_was_one(signed_in, attempt):
    begun(attempt)
    post(signed_in, attempt, action="finish")
    assert not is_done(attempt)


def test_what_tells_nothing_is_done_when_the_worker_says_so(signed_in, silent):
    page = page_of(signed_in, silent)
    assert "Kies ‘Klaar’ als u klaar bent" in page
    assert BY_HAND not in page
    post(signed_in, silent, action="finish")
    assert is_done(silent)


def test_the_result_of_a_single_try(signed_in, attempt):
    ended(attempt, raw=7.5, maximum=10, scaled=0.75)
    page = page_of(signed_in, attempt)
    assert "7,5 van de 10 punten (75%)" in page
    assert "Zelf gerapporteerd" in page
    assert "Het telt niet mee voor een certificaat" in page
    assert "Alle keren" not in page


def test_what_was_scored_here_is_said_to_be(signed_in, attempt):
    ended(attempt, raw=3, maximum=4, scaled=0.75, trust=ActivityRun.Trust.VERIFIED)
    page = page_of(signed_in, attempt)
    assert "Nagerekend op de server" in page
    assert "Zelf gerapporteerd" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Gedaan, zonder punten"),
        ({"success": True}, "Gehaald"),
        ({"success": False}, "Niet gehaald"),
        ({"scaled": 0.5}, "50%"),
        ({"raw": 0, "maximum": 0}, "Gedaan, zonder punten"),
        ({"raw": 1, "maximum": 1, "scaled": 1}, "1 van 1 punt (100%)"),
        ({"raw": 2, "maximum": 3, "scaled": 2 / 3}, "2 van de 3 punten (67%)"),
    ],
)
def test_a_result_says_no_more_than_was_told(signed_in, attempt, fields, words):
    ended(attempt, **fields)
    assert words in page_of(signed_in, attempt)


def test_a_worse_try_takes_the_place_of_none(signed_in, attempt):
    for number, raw in enumerate([1, 4, 2], start=1):
        ended(attempt, number, minutes=number, raw=raw, maximum=4, scaled=raw / 4)
    here = activity_here(attempt, step_of(attempt))
    state = attempt_state(access_of(attempt.worker, TODAY), attempt.public_id)
    shown = activity_view(state, STEP, step_of(attempt).activity, here=here, trouble="").results
    assert [one.number for one in (shown.first, shown.best, shown.last)] == [1, 2, 3]
    assert [one.number for one in shown.newest_first] == [3, 2, 1]
    page = page_of(signed_in, attempt)
    assert "4 van de 4 punten (100%)" in page
    assert "Alle keren" in page


def test_beside_best_last_and_first_stands_how_we_know(signed_in, attempt):
    ended(attempt, 1, raw=100, maximum=100, scaled=1.0)
    ended(attempt, 2, raw=1, maximum=2, scaled=0.5, trust=ActivityRun.Trust.VERIFIED)
    page = page_of(signed_in, attempt).split('<dl class="facts">')[1].split("</dl>")[0]
    best, last, first = page.split("<dd>")[1:4]
    assert "1 van de 2 punten" in best
    assert "nagerekend op de server" in best
    assert "nagerekend op de server" in last
    assert "zelf gerapporteerd" in first


def test_the_path_through_a_branching_scenario_is_text(signed_in, attempt):
    mark = "https://h5p.org/x-api/no-question-score"
    choice = "https://h5p.org/x-api/no-correct-answer"
    child = {
        "object": {
            "definition": {
                "description": {"en-US": "<b>Wat</b> zegt u?"},
                "choices": [{"id": "0", "description": {"en-US": "<script>alert(1)</script>"}}],
                "extensions": {choice: True},
            }
        },
        "result": {"response": "0"},
    }
    whole = {"object": {"definition": {"extensions": {mark: True}}}}
    ended(attempt, report={"statement": whole, "children": [{"statement": child}]})
    page = page_of(signed_in, attempt)
    assert "De weg die u koos" in page
    assert "&lt;b&gt;Wat&lt;/b&gt; zegt u? &lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_after_the_end_another_try_is_a_form_away(signed_in, attempt):
    first = ended(attempt)
    page = page_of(signed_in, attempt)
    assert AGAIN in page
    assert FRAME not in page  # nothing begins by itself
    fresh = post(signed_in, attempt, action="again", nonce=first.nonce).content.decode()
    [run] = ActivityRun.objects.open()
    assert f'data-nonce="{run.nonce}"' in fresh
    assert FRAME in fresh


def test_a_double_click_begins_one_try(signed_in, attempt):
    first = ended(attempt)
    post(signed_in, attempt, action="again", nonce=first.nonce)
    post(signed_in, attempt, action="again", nonce=first.nonce)
    assert ActivityRun.objects.count() == 2


@pytest.mark.parametrize("nonce", ["", "x" * 20, "\x00"])
def test_a_form_of_before_is_told_and_begins_nothing(signed_in, attempt, nonce):
    ended(attempt)
    page = post(signed_in, attempt, action="again", nonce=nonce).content.decode()
    assert "messages" in page
    assert ActivityRun.objects.count() == 1


def test_after_very_many_tries_there_is_no_other(signed_in, attempt):
    for number in range(1, MOST_TRIES + 1):
        make_run(attempt, version_in(attempt), number=number, ended_at=NOW)
    assert AGAIN not in page_of(signed_in, attempt)


def withdraw(attempt):
    library = version_in(attempt).main_library
    LibraryDecision.objects.create(library=library, is_approved=False, at=NOW)


def test_with_an_approval_withdrawn_one_can_go_on(signed_in, attempt):
    withdraw(attempt)
    page = page_of(signed_in, attempt)
    assert "Deze oefening werkt nu niet" in page
    assert "opnieuw bekeken" in page
    assert FRAME not in page
    assert BY_HAND in page
    post(signed_in, attempt, action="by_hand")
    assert is_done(attempt)


def test_with_an_approval_withdrawn_a_result_is_still_a_result(signed_in, attempt):
    withdraw(attempt)
    ended(attempt, raw=1, maximum=2, scaled=0.5)
    page = page_of(signed_in, attempt)
    assert "1 van de 2 punten (50%)" in page
    assert AGAIN not in page
    assert BY_HAND not in page
    post(signed_in, attempt, action="finish")
    assert is_done(attempt)


def test_without_the_player_one_can_go_on(signed_in, attempt, monkeypatch):
    monkeypatch.setattr(activity_steps, "is_player_installed", lambda: False)
    page = page_of(signed_in, attempt)
    assert "Op deze site ontbreekt wat ervoor nodig is" in page
    assert FRAME not in page
    assert BY_HAND in page


def test_in_a_closed_module_it_plays_and_nothing_is_kept(signed_in, attempt):
    ended(attempt)
    post(signed_in, attempt, action="finish")
    attempt.completed_at = NOW
    attempt.save()
    page = page_of(signed_in, attempt)
    assert FRAME in page
    assert "data-begin-url" not in page
    assert "daarvan wordt niets bewaard" in page
    assert AGAIN not in page


def test_without_script_the_page_says_how_to_go_on(signed_in, attempt):
    told = page_of(signed_in, attempt).partition("<noscript>")[2].partition("</noscript>")[0]
    assert "JavaScript" in told
    assert "Werkt de oefening niet?" in told


def test_somebody_else_finds_nothing_there(client, attempt):
    client.force_login(make_worker())
    assert client.get(url_of(attempt)).status_code == 404
    assert client.post(url_of(attempt), {"action": "by_hand"}).status_code == 404
    assert not is_done(attempt)


def test_queries_do_not_grow_with_tries(signed_in, attempt):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as made:
            page_of(signed_in, attempt)
        return len(made)

    ended(attempt)
    few = queries()
    for number in range(2, 22):
        make_run(attempt, version_in(attempt), number=number, ended_at=NOW)
    assert queries() == few


def test_who_was_signed_out_is_not_told_that_it_is_lost(client, attempt):
    """The page still has what its script posted, and sends it again."""
    run = begun(attempt)
    url = reverse("learning:activity_statement", args=[run.public_id])
    answer = client.post(
        url, "{}", content_type="application/json", headers={"X-Requested-With": "fetch"}
    )
    assert answer.status_code == 204
    assert answer.headers["X-Location"].startswith(reverse("account_login"))
    assert "niet bewaard" not in client.get(reverse("account_login")).content.decode()
