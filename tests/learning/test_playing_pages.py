"""A conversation through HTTP: a line at a time, choices that are kept once, and nothing early."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from learning.actions import record_choice, recording
from learning.errors import ChoiceStands
from learning.models import LearningEvent
from modules.rules.scenario import Picture, Recording
from tests.factories.learning import NOW
from tests.learning.talking import (
    attempt_at,
    choose,
    coming_back,
    form_for,
    rich,
    seen,
    url_of,
)
from tests.modules.scenarios import changed, dishes

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(worker):
    return url_of(attempt_at(worker, dishes()))


def choices():
    return LearningEvent.objects.filter(kind="choice").order_by("pk")


def sealed_in(response):
    return response.content.decode().split('name="sealed" value="')[1].split('"')[0]


def at(monkeypatch, moment):
    monkeypatch.setattr("organisations.clock.timezone.now", lambda: moment)


def test_without_script_one_line_at_a_time(signed_in, talk):
    first = seen(signed_in.get(talk))
    assert "Snel weg" in first
    assert "Jullie doen samen de afwas." not in first
    second = seen(signed_in.get(talk, {"regel": 2}))
    assert "Jullie doen samen de afwas." in second
    assert "Dom hè?" not in second
    third = seen(signed_in.get(talk, {"regel": 3}))
    assert "Dom hè?" in third
    assert "Keuze vraag" not in third
    assert "Keuze vraag" in seen(signed_in.get(talk, {"regel": 4}))


def test_nothing_is_stored_by_reading(signed_in, talk):
    before = LearningEvent.objects.count()
    signed_in.get(talk, {"regel": 4})
    assert LearningEvent.objects.count() == before


def test_the_note_of_the_scenario_comes_first(signed_in, worker):
    talk = url_of(attempt_at(worker, rich()))
    assert "Over geld voor foto’s." in seen(signed_in.get(talk))


def test_a_decision_without_words_still_shows_its_choices(signed_in, worker):
    talk = url_of(attempt_at(worker, rich()))
    assert "Keuze vraag" not in seen(signed_in.get(talk, {"regel": 3}))
    page = signed_in.get(talk, {"regel": 4})
    assert "Keuze vraag" in seen(page)
    assert 'id="laatste"' in page.content.decode()


def test_what_is_seen_or_heard_is_there_in_words(signed_in, worker):
    picture = Picture("/media/keuken.jpg", 400, 300, alt="Een keuken met een aanrecht.")
    sound = Recording("/media/noor.mp3", transcript="Noor zucht.")
    scenario = changed("keuken", picture=picture, recording=sound)
    page = signed_in.get(url_of(attempt_at(worker, scenario)), {"regel": 2})
    html = " ".join(page.content.decode().split())
    assert 'width="400" height="300" alt="Een keuken met een aanrecht."' in html
    assert 'preload="none" src="/media/noor.mp3"' in html
    assert "Lees wat er gezegd wordt Noor zucht." in seen(page)


def test_a_decoration_is_nothing_to_a_screen_reader(signed_in, worker):
    picture = Picture("/media/strook.jpg", 400, 30, alt="", is_decoration=True)
    scenario = changed("keuken", text="", picture=picture)
    page = signed_in.get(url_of(attempt_at(worker, scenario)), {"regel": 2})
    assert 'alt=""' in page.content.decode()


def test_who_speaks_is_said_and_not_only_seen(signed_in, talk):
    choose(signed_in, talk, "eerst", "vraag")
    page = seen(signed_in.get(talk, {"regel": 5}))
    assert "Noor : Dom hè?" in page
    assert "U koos : Keuze vraag" in page


def test_after_a_choice_first_what_followed_then_why(signed_in, talk):
    page = choose(signed_in, talk, "eerst", "vraag")
    assert page.redirect_chain[-1][0] == f"{talk}#laatste"
    assert "U koos" in seen(page)
    assert "Ze kijkt op." in seen(page)
    assert "Omdat het zo is." not in seen(page)
    why = seen(signed_in.get(talk, {"regel": 6}))
    assert "Omdat het zo is." in why
    assert "Waarom: sterk" in why


def test_the_whole_answer_holds_nothing_of_what_was_not_chosen(signed_in, worker):
    """Templates included: what a script could read."""
    attempt = attempt_at(worker, dishes_with_own_words())
    page = signed_in.get(url_of(attempt)).content.decode()
    for word in ["gevolg-", "reden-", "ook-", "sterk", "schadelijk", "C3", "++"]:
        assert word not in page
    assert "Zeg je het tegen niemand?" not in page
    after = choose(signed_in, url_of(attempt), "eerst", "straks").content.decode()
    assert {word for word in WORDS if word in after} == {"gevolg-straks", "reden-straks"}
    assert "Zeg je het tegen niemand?" in after
    assert "Terugblik" not in after


WORDS = [
    f"{part}-{name}"
    for part in ["gevolg", "reden", "ook"]
    for name in ["vraag", "straks", "oordeel", "overleg", "eerlijk", "tuurlijk", "eerst-bellen"]
]


def dishes_with_own_words():
    nodes = tuple(
        replace(
            node,
            choices=tuple(
                replace(
                    choice,
                    consequence=f"gevolg-{choice.id}",
                    why=f"reden-{choice.id}",
                    alternative="" if choice.id == "straks" else f"ook-{choice.id}",
                )
                for choice in node.choices
            ),
        )
        for node in dishes().nodes
    )
    return replace(dishes(), nodes=nodes)


def test_on_another_device_it_opens_at_the_last_choice(talk, worker, signed_in):
    choose(signed_in, talk, "eerst", "vraag")
    other = Client()
    other.force_login(worker)
    page = seen(other.get(talk))
    assert "Ze kijkt op." in page
    assert "Zeg je het tegen niemand?" not in page


def test_what_was_done_opens_whole(signed_in, worker):
    attempt = attempt_at(worker, dishes())
    choose(signed_in, url_of(attempt), "eerst", "oordeel")
    signed_in.post(url_of(attempt), {"action": "finish"})
    page = seen(signed_in.get(url_of(attempt)))
    assert "De weg die u koos" in page
    assert "Volgende stap" in page


@pytest.mark.parametrize("asked", ["0", "-1", "99", "²", "x" * 5000])
def test_any_line_asked_for_is_answered_with_a_page(signed_in, talk, asked):
    assert signed_in.get(talk, {"regel": asked}).status_code == 200


# What comes back from the form


def test_the_time_taken_is_measured_here(signed_in, talk, monkeypatch):
    sealed = sealed_in(signed_in.get(talk))
    at(monkeypatch, NOW + timedelta(seconds=12.34))
    choose(signed_in, talk, "eerst", "vraag", sealed=sealed)
    assert choices().get().seconds == 12.3


@pytest.mark.parametrize("wrong", ["", "gemaakt", "[]", "W10:abc"])
def test_without_a_seal_the_time_is_not_known_and_the_choice_counts(signed_in, talk, wrong):
    choose(signed_in, talk, "eerst", "vraag", sealed=wrong)
    assert choices().get().seconds is None


def test_the_seal_of_another_decision_or_somebody_else_says_nothing(signed_in, talk, worker):
    other = sealed_in(signed_in.get(url_of(attempt_at(worker, dishes()))))
    choose(signed_in, talk, "eerst", "vraag", sealed=other)
    assert choices().get().seconds is None


@pytest.mark.parametrize(
    ("in_view", "seconds"),
    [("3.4", 3.4), ("99", 12.3), ("-1", 12.3), ("nan", 12.3), ("1e3", 12.3), ("", 12.3)],
)
def test_a_script_may_only_shorten_the_time_taken(signed_in, talk, monkeypatch, in_view, seconds):
    sealed = sealed_in(signed_in.get(talk))
    at(monkeypatch, NOW + timedelta(seconds=12.34))
    choose(signed_in, talk, "eerst", "vraag", sealed=sealed, in_view=in_view)
    assert choices().get().seconds == seconds


def test_a_clock_that_ran_back_says_nothing(signed_in, talk, monkeypatch):
    sealed = sealed_in(signed_in.get(talk))
    at(monkeypatch, NOW - timedelta(seconds=5))
    choose(signed_in, talk, "eerst", "vraag", sealed=sealed)
    assert choices().get().seconds is None


def test_the_order_is_kept_as_it_was_shown(signed_in, talk):
    page = signed_in.get(talk, {"regel": 4}).content.decode()
    choose(signed_in, talk, "eerst", "vraag")
    shown = choices().get().shown
    assert sorted(shown) == ["oordeel", "overleg", "straks", "vraag"]
    places = [page.index(f'value="{choice}"') for choice in shown]
    assert places == sorted(places)


def test_the_order_differs_between_attempts(worker):
    def order(client, attempt):
        page = client.get(url_of(attempt)).content.decode()
        return tuple(sorted(["vraag", "straks", "oordeel", "overleg"], key=page.index))

    client = Client()
    client.force_login(worker)
    assert len({order(client, attempt_at(worker, dishes())) for _attempt in range(6)}) > 1


@pytest.mark.parametrize("visit", ["0", "2", "-1", "", "x", "9" * 5000])
def test_a_visit_that_was_not_come_to_is_refused(signed_in, talk, visit):
    page = choose(signed_in, talk, "eerst", "vraag", visit)
    assert "hoort niet bij deze stap" in page.content.decode()
    assert not choices().exists()


def test_a_form_without_a_visit_is_of_the_first(signed_in, talk):
    signed_in.post(talk, {"action": "choose", "node": "eerst", "choice": "vraag"})
    assert choices().get().visit == 1


def test_no_choice_leads_back_to_the_choices(signed_in, talk):
    page = choose(signed_in, talk, "eerst", "")
    assert "Kies eerst" in seen(page)
    assert "Keuze vraag" in seen(page)


# Once, and told


def test_a_form_sent_twice_is_one_choice(signed_in, talk):
    for _time in range(2):
        choose(signed_in, talk, "eerst", "vraag")
    assert choices().count() == 1


def test_an_old_tab_is_told_which_choice_stands(signed_in, talk):
    choose(signed_in, talk, "eerst", "vraag")
    choose(signed_in, talk, "beloof", "eerlijk")
    page = choose(signed_in, talk, "eerst", "oordeel")
    assert "Deze keuze blijft staan: “Keuze vraag”" in seen(page)
    assert page.redirect_chain[-1][0].endswith("?regel=5")  # where that choice stands
    assert list(choices().values_list("choice_id", flat=True)) == ["vraag", "eerlijk"]


def test_a_resend_of_an_earlier_choice_goes_on_where_one_is(signed_in, talk):
    choose(signed_in, talk, "eerst", "vraag")
    choose(signed_in, talk, "beloof", "eerlijk")
    page = choose(signed_in, talk, "eerst", "vraag")
    assert "Keuze eerlijk" in seen(page)
    assert choices().count() == 2


def test_who_is_second_by_a_moment_is_told_too(worker, monkeypatch):
    """Both saw the decision open; the other browser's row is there just before ours."""
    attempt = attempt_at(worker, dishes())
    step = attempt.module_version.parsed.steps[2]
    first = {"attempt": attempt, "step": step, "node_id": "eerst", "shown": [], "at": NOW}
    record_choice(**first, choice_id="vraag")
    real, calls = recording.made_in, []

    def blind_once(*args):
        calls.append(args)
        return {} if len(calls) == 1 else real(*args)

    monkeypatch.setattr(recording, "made_in", blind_once)
    with pytest.raises(ChoiceStands, match="Keuze vraag"):
        record_choice(**first, choice_id="oordeel")
    assert choices().get().choice_id == "vraag"


def test_after_an_expired_session_the_decision_is_open_with_what_was_chosen(client, worker):
    talk = url_of(attempt_at(worker, dishes()))
    client.post(talk, form_for("eerst", "straks"))
    client.force_login(worker)
    page = client.get(talk)
    assert "Welkom terug" in seen(page)
    assert "Keuze straks" in seen(page)
    assert page.content.decode().count("checked") == 1


def test_after_an_expired_session_another_device_may_have_chosen(client, worker, signed_in):
    talk = url_of(attempt_at(worker, dishes()))
    expired = Client()
    expired.post(talk, form_for("eerst", "straks"))
    choose(signed_in, talk, "eerst", "vraag")
    expired.force_login(worker)
    page = seen(expired.get(talk))
    assert "Deze keuze blijft staan: “Keuze vraag”" in page
    assert "Welkom terug" not in page


# To a script


def by_script(client, url, node, choice_, **fields):
    return client.post(
        url, form_for(node, choice_, **fields), headers={"X-Requested-With": "fetch"}
    )


def test_a_script_gets_the_new_lines_alone(signed_in, talk):
    answer = by_script(signed_in, talk, "eerst", "vraag")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<main" not in text
    assert 'data-after="4"' in text
    assert 'data-at="5"' in text
    assert "Ze kijkt op." in seen(answer)
    assert "Dom hè?" not in text
    assert "Zeg je het tegen niemand?" in text  # waits in a template


def test_a_script_that_missed_the_answer_gets_it_again(signed_in, talk):
    first = by_script(signed_in, talk, "eerst", "vraag").content
    assert strip_tokens(by_script(signed_in, talk, "eerst", "vraag").content) == strip_tokens(first)
    assert choices().count() == 1


def strip_tokens(content):
    return [line for line in content.decode().splitlines() if "csrf" not in line]


def test_a_script_is_sent_to_the_page_that_tells_a_refusal(signed_in, talk):
    by_script(signed_in, talk, "eerst", "vraag")
    answer = by_script(signed_in, talk, "eerst", "oordeel")
    assert answer.status_code == 204
    assert answer.headers["X-Location"] == f"{talk}?regel=5"
    assert "blijft staan" in signed_in.get(answer.headers["X-Location"]).content.decode()


# Coming back


def test_who_comes_back_is_offered_what_they_did_not_choose(signed_in, worker):
    talk = url_of(attempt_at(worker, coming_back()))
    page = choose(signed_in, talk, "eerst", "overleg").content.decode()
    assert "U was hier eerder" in page
    assert 'value="overleg"' not in page
    assert 'name="visit" value="2"' in page
    choose(signed_in, talk, "eerst", "vraag", visit=2)
    assert list(choices().values_list("visit", "choice_id")) == [(1, "overleg"), (2, "vraag")]
    assert choices()[1].shown == [one for one in choices()[0].shown if one != "overleg"]


def test_the_same_choice_at_a_later_visit_is_refused(signed_in, worker):
    talk = url_of(attempt_at(worker, coming_back()))
    choose(signed_in, talk, "eerst", "overleg")
    assert "hoort niet" in choose(signed_in, talk, "eerst", "overleg", visit=2).content.decode()
    assert choices().count() == 1


# At the end


def played(client, url, *pairs):
    for node, choice_ in pairs:
        page = choose(client, url, node, choice_)
    return page


def test_looking_back_says_it_in_words(signed_in, talk):
    page = played(signed_in, talk, ("eerst", "straks"), ("beloof", "tuurlijk")).content.decode()
    assert "Op de meeste momenten kon het sterker" in page
    assert "Een sterkere weg" in page
    assert page.count("Een sterkere keuze:") == 2
    assert page.count("Probeer een andere keuze") == 2
    assert "punten" not in page


def test_the_best_road_has_no_stronger_one_beside_it(signed_in, talk):
    page = played(signed_in, talk, ("eerst", "vraag"), ("beloof", "eerlijk")).content.decode()
    assert "Een sterkere weg door dit gesprek is er niet" in page
    assert "Een sterkere keuze:" not in page


def test_the_support_of_the_module_stands_at_the_end(signed_in, talk):
    page = played(signed_in, talk, ("eerst", "oordeel")).content.decode()
    assert page.count("<p>Steun</p>") == 2  # at the end, and folded away at the bottom


def count_queries(client, url, django_assert_max_num_queries, most):
    client.get(url)
    with django_assert_max_num_queries(most) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_queries_of_a_turn_and_of_the_end(signed_in, talk, django_assert_max_num_queries):
    count_queries(signed_in, talk, django_assert_max_num_queries, 6)
    played(signed_in, talk, ("eerst", "vraag"), ("beloof", "eerlijk"))
    count_queries(signed_in, talk, django_assert_max_num_queries, 10)
