"""Trying another choice: from any decision, again and again, and it never counts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from learning.actions import complete_attempt, finish_step, record_answer
from learning.models import LearningEvent, Replay, ReplayChoice
from learning.selectors.attempts import attempt_state
from organisations.access import access_of
from organisations.models.audit import AppendOnlyError
from tests.factories.learning import NOW, TODAY
from tests.factories.organisations import make_worker
from tests.learning.talking import (
    STEP,
    attempt_at,
    choose,
    coming_back,
    form_for,
    seen,
    url_of,
)
from tests.modules.scenarios import dishes

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(worker):
    return attempt_at(worker, dishes())


@pytest.fixture
def played(signed_in, attempt):
    """The first run is over: a good choice, then a harmful one."""
    choose(signed_in, url_of(attempt), "eerst", "vraag")
    choose(signed_in, url_of(attempt), "beloof", "tuurlijk")
    return attempt


def start_url(attempt, number=STEP):
    return reverse("learning:replay_start", args=[attempt.public_id, number])


def start(client, attempt, node="beloof", visit=1):
    return client.post(start_url(attempt), {"node": node, "visit": visit}, follow=True)


def page_of(replay):
    return reverse("learning:replay", args=[replay.public_id])


def again(client, replay, node, visit=1):
    url = reverse("learning:replay_again", args=[replay.public_id])
    return client.post(url, {"node": node, "visit": visit}, follow=True)


def test_it_opens_at_the_decision_and_says_that_it_does_not_count(signed_in, played):
    page = start(signed_in, played)
    replay = Replay.objects.get()
    assert page.redirect_chain[-1][0] == f"{page_of(replay)}#laatste"
    assert replay.before == {"eerst": ["vraag"]}
    assert "telt niet mee" in seen(page)
    assert "Keuze eerlijk" in seen(page)
    assert "De eerste keer koos u: “Keuze tuurlijk”" in seen(page)
    assert "Snel weg" in seen(page)


def test_from_the_first_decision_nothing_came_before(signed_in, played):
    start(signed_in, played, "eerst")
    assert Replay.objects.get().before == {}


def test_nothing_that_counts_changes(signed_in, played, worker):
    def counts():
        state = attempt_state(access_of(worker, TODAY), played.public_id)
        return state.progress, state.summary, LearningEvent.objects.count()

    before = counts()
    start(signed_in, played)
    choose(signed_in, page_of(Replay.objects.get()), "beloof", "eerlijk")
    assert ReplayChoice.objects.get().choice_id == "eerlijk"
    assert counts() == before


def test_choices_are_kept_as_in_the_first_run(signed_in, played, monkeypatch):
    page = start(signed_in, played).content.decode()
    sealed = page.split('name="sealed" value="')[1].split('"')[0]
    later = NOW + timedelta(seconds=7)
    monkeypatch.setattr("organisations.clock.timezone.now", lambda: later)
    choose(signed_in, page_of(Replay.objects.get()), "beloof", "eerlijk", sealed=sealed)
    row = ReplayChoice.objects.get()
    assert (row.visit, row.seconds) == (1, 7.0)
    assert sorted(row.shown) == ["eerlijk", "eerst-bellen", "tuurlijk"]


def test_first_what_followed_then_why_then_both_roads(signed_in, played):
    start(signed_in, played)
    url = page_of(Replay.objects.get())
    page = choose(signed_in, url, "beloof", "eerlijk")
    assert page.redirect_chain[-1][0] == f"{url}#laatste"
    assert "Ze kijkt op." in seen(page)
    assert "Uw eerste keer (die telt)" not in seen(page)
    end = seen(signed_in.get(url, {"regel": 99}))
    assert "Deze keer" in end
    assert "Uw eerste keer (die telt)" in end
    assert "Soms koos u wat helpt" in end  # of the first run
    assert "U koos bijna overal" in end  # of this one
    assert "Terug naar uw eerste keer" in end
    assert 'value="finish"' not in end


def test_a_double_click_makes_one_and_a_new_try_another(signed_in, played):
    for _click in range(2):
        start(signed_in, played)
    assert Replay.objects.count() == 1
    choose(signed_in, page_of(Replay.objects.get()), "beloof", "eerlijk")
    start(signed_in, played)
    start(signed_in, played, "eerst")
    assert Replay.objects.count() == 3


def test_from_a_decision_of_a_replay(signed_in, played):
    start(signed_in, played, "eerst")
    first = Replay.objects.get()
    choose(signed_in, page_of(first), "eerst", "straks")
    choose(signed_in, page_of(first), "beloof", "tuurlijk")
    again(signed_in, first, "beloof")
    assert Replay.objects.latest("pk").before == {"eerst": ["straks"]}


def test_visits_go_on_counting(signed_in, worker):
    attempt = attempt_at(worker, coming_back())
    url = url_of(attempt)
    choose(signed_in, url, "eerst", "overleg")
    choose(signed_in, url, "eerst", "oordeel", visit=2)
    page = start(signed_in, attempt, "eerst", visit=2).content.decode()
    replay = Replay.objects.get()
    assert replay.before == {"eerst": ["overleg"]}
    assert 'value="overleg"' not in page
    assert "“Keuze oordeel”" in page
    choose(signed_in, page_of(replay), "eerst", "vraag", visit=2)
    assert ReplayChoice.objects.get().visit == 2


def test_a_choice_in_a_replay_is_kept_once_and_told(signed_in, played):
    start(signed_in, played)
    url = page_of(Replay.objects.get())
    for _time in range(2):
        choose(signed_in, url, "beloof", "eerlijk")
    page = choose(signed_in, url, "beloof", "tuurlijk")
    assert "Deze keuze blijft staan: “Keuze eerlijk”" in seen(page)
    assert ReplayChoice.objects.get().choice_id == "eerlijk"


@pytest.mark.parametrize(
    "form",
    [
        form_for("eerst", "vraag"),  # before the replay: that choice stands
        form_for("beloof", "vraag"),
        form_for("beloof", "eerlijk", visit=2),
        form_for("nergens", "eerlijk"),
        form_for("beloof", ""),
        {"action": "finish"},
        {},
    ],
)
def test_what_does_not_fit_adds_nothing(signed_in, played, form):
    start(signed_in, played)
    assert signed_in.post(page_of(Replay.objects.get()), form, follow=True).status_code == 200
    assert not ReplayChoice.objects.exists()


def test_a_script_gets_the_new_lines_alone(signed_in, played):
    start(signed_in, played)
    url = page_of(Replay.objects.get())
    headers = {"X-Requested-With": "fetch"}
    answer = signed_in.post(url, form_for("beloof", "eerlijk"), headers=headers)
    assert "<main" not in answer.content.decode()
    assert "Ze kijkt op." in seen(answer)


@pytest.mark.parametrize(
    ("node", "visit"), [("beloof", 2), ("nergens", 1), ("na", 1), ("", 1), ("eerst", 0)]
)
def test_only_from_a_decision_that_one_came_to(signed_in, played, node, visit):
    page = start(signed_in, played, node, visit)
    assert "hoort niet bij deze stap" in seen(page)
    assert not Replay.objects.exists()


def test_not_before_the_first_run_is_over(signed_in, attempt):
    choose(signed_in, url_of(attempt), "eerst", "vraag")
    start(signed_in, attempt, "eerst")
    assert not Replay.objects.exists()


def test_not_from_another_kind_of_step(signed_in, played):
    url = start_url(played, 2)
    page = signed_in.post(url, {"node": "eerst", "visit": 1}, follow=True)
    assert "hoort niet bij deze stap" in seen(page)
    assert signed_in.post(start_url(played, 99)).status_code == 404


def test_also_when_the_module_is_completed(signed_in, played):
    talk, check = played.module_version.parsed.steps[2:]
    finish_step(attempt=played, step=talk, at=NOW)
    for item in check.items:
        record_answer(attempt=played, step=check, item_id=item.id, option_id="goed", at=NOW)
    finish_step(attempt=played, step=check, at=NOW)
    complete_attempt(attempt=played, at=NOW)
    assert "Probeer een andere keuze" in seen(signed_in.get(url_of(played)))
    start(signed_in, played)
    choose(signed_in, page_of(Replay.objects.get()), "beloof", "eerlijk")
    assert ReplayChoice.objects.count() == 1


def test_what_was_tried_is_listed_once_something_was_chosen(signed_in, played):
    start(signed_in, played)
    replay = Replay.objects.get()
    end = url_of(played)
    assert page_of(replay) not in signed_in.get(end, {"regel": 99}).content.decode()
    choose(signed_in, page_of(replay), "beloof", "eerlijk")
    assert page_of(replay) in signed_in.get(end, {"regel": 99}).content.decode()


def test_somebody_elses_replay_is_not_there(client, signed_in, played):
    start(signed_in, played)
    replay = Replay.objects.get()
    client.force_login(make_worker(played.worker.employments.get().team))
    assert client.get(page_of(replay)).status_code == 404
    assert client.post(page_of(replay), form_for("beloof", "eerlijk")).status_code == 404
    assert again(client, replay, "beloof").status_code == 404
    assert client.post(start_url(played), {"node": "beloof"}).status_code == 404
    assert Replay.objects.count() == 1
    assert not ReplayChoice.objects.exists()


def test_an_expired_session_keeps_the_choice(client, signed_in, played, worker):
    start(signed_in, played)
    url = page_of(Replay.objects.get())
    client.logout()
    client.post(url, form_for("beloof", "eerst-bellen"))
    client.force_login(worker)
    page = client.get(url)
    assert "Welkom terug" in seen(page)
    assert page.content.decode().count("checked") == 1


def test_replays_are_not_changed_or_deleted(signed_in, played):
    start(signed_in, played)
    replay = Replay.objects.get()
    with pytest.raises(AppendOnlyError):
        replay.save()
    with pytest.raises(AppendOnlyError):
        Replay.objects.filter(pk=replay.pk).delete()


def test_queries_stay_the_same_however_many_replays_there_are(
    signed_in, played, django_assert_max_num_queries
):
    def count(url):
        signed_in.get(url, {"regel": 99})
        with django_assert_max_num_queries(11) as counted:
            assert signed_in.get(url, {"regel": 99}).status_code == 200
        return len(counted)

    def try_again():
        start(signed_in, played)
        choose(signed_in, page_of(Replay.objects.latest("pk")), "beloof", "eerlijk")

    try_again()
    pages = [url_of(played), page_of(Replay.objects.get())]
    few = [count(url) for url in pages]
    for _time in range(5):
        try_again()
    assert [count(url) for url in pages] == few
