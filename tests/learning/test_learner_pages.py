"""The worker's own pages through HTTP: what is shown, what is saved, what is refused."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import SelfRating
from learning.actions import complete_attempt
from learning.models import Attempt, Completion, LearningEvent
from tests.factories.learning import (
    NOW,
    TODAY,
    covered,
    make_assignment,
    make_content,
    make_module,
    make_programme,
    make_rule,
    make_version,
    module_of,
    walk,
)
from tests.factories.organisations import make_employment, make_organisation, make_user, make_worker

pytestmark = pytest.mark.django_db


def step_url(attempt, number):
    return reverse("learning:step", args=[attempt.public_id, number])


def begin_args(assignment):
    module = module_of(assignment, "onboarding")
    return [assignment.public_id, module.public_id]


def finish_url(attempt):
    return reverse("learning:finish", args=[attempt.public_id])


def choose(client, attempt, node="eerst", choice="vraag"):
    form = {"action": "choose", "node": node, "choice": choice}
    return client.post(step_url(attempt, 3), form, follow=True)


def test_the_path_shows_one_next_step(signed_in, assignment):
    page = signed_in.get(reverse("learning:path")).content.decode()
    assert page.count("card--next") == 1
    assert "Uw volgende stap" in page
    assert "Beginnen" in page


def test_the_start_page_of_a_worker_is_the_path(signed_in, assignment):
    assert signed_in.get("/", follow=True).redirect_chain[-1][0] == reverse("learning:path")


def test_beginning_leads_to_the_first_step(signed_in, assignment):
    response = signed_in.post(reverse("learning:begin", args=begin_args(assignment)), follow=True)
    attempt = Attempt.objects.get()
    assert response.redirect_chain[-1][0] == step_url(attempt, 1)


def test_going_on_in_another_browser_opens_where_one_was(attempt, worker):
    walk(attempt, until=2)
    other = Client()
    other.force_login(worker)
    response = other.get(reverse("learning:attempt", args=[attempt.public_id]), follow=True)
    assert response.redirect_chain[-1][0] == step_url(attempt, 3)


def test_a_later_step_waits_for_its_turn(signed_in, attempt):
    response = signed_in.get(step_url(attempt, 4))
    assert response.headers["Location"] == step_url(attempt, 1)


@pytest.mark.parametrize("number", [0, 5, 10**30])
def test_a_step_that_is_not_there(signed_in, attempt, number):
    assert signed_in.get(step_url(attempt, number)).status_code == 404


def test_rating_oneself_needs_two_numbers(signed_in, attempt):
    response = signed_in.post(step_url(attempt, 1), {"action": "rate", "recognising": "4"})
    assert response.status_code == 422
    assert "Kies een cijfer van 0 tot 10" in response.content.decode()
    assert not SelfRating.objects.exists()


@pytest.mark.parametrize("wrong", ["11", "-1", "4.5", "veel", "٤", "9" * 2_000_000])
def test_a_rating_that_is_no_number_from_0_to_10(signed_in, attempt, wrong):
    form = {"action": "rate", "recognising": wrong, "acting": "5"}
    assert signed_in.post(step_url(attempt, 1), form).status_code == 422
    assert not SelfRating.objects.exists()


def test_a_paste_of_ten_megabytes_is_refused_in_dutch(signed_in, attempt):
    form = {"action": "rate", "recognising": "x" * 10_000_000, "acting": "5"}
    response = signed_in.post(step_url(attempt, 1), form)
    assert response.status_code in {400, 413}
    assert 'lang="nl"' in response.content.decode()
    assert not LearningEvent.objects.exists()


def test_the_scenario_says_what_followed_and_why(signed_in, attempt):
    walk(attempt, until=2)
    before = signed_in.get(step_url(attempt, 3)).content.decode()
    assert "Omdat het zo is." not in before  # neither reason nor quality before the choice
    after = choose(signed_in, attempt).content.decode()
    assert "Ze kijkt op." in after
    assert "Omdat het zo is." in after
    assert "sterk" in after


def test_a_double_click_on_a_choice(signed_in, attempt):
    walk(attempt, until=2)
    choose(signed_in, attempt)
    choose(signed_in, attempt)
    assert LearningEvent.objects.filter(kind="choice").count() == 1


def test_going_back_and_choosing_otherwise_is_told(signed_in, attempt):
    walk(attempt, until=2)
    choose(signed_in, attempt)
    page = choose(signed_in, attempt, choice="oordeel").content.decode()
    assert "Deze keuze blijft staan" in page
    assert LearningEvent.objects.get(kind="choice").choice_id == "vraag"


def test_no_choice_is_told(signed_in, attempt):
    walk(attempt, until=2)
    page = choose(signed_in, attempt, choice="").content.decode()
    assert "Kies eerst" in page


@pytest.mark.parametrize("action", ["", "vernietig", "choose", "answer", "rate"])
def test_a_form_of_another_step_is_refused(signed_in, attempt, action):
    walk(attempt, until=1)
    response = signed_in.post(step_url(attempt, 2), {"action": action, "choice": "x"}, follow=True)
    assert "Die keuze hoort niet bij deze stap" in response.content.decode()
    assert LearningEvent.objects.count() == 1


def test_nul_in_a_choice_is_refused(signed_in, attempt):
    walk(attempt, until=2)
    assert "hoort niet" in choose(signed_in, attempt, choice="vraag\x00").content.decode()


def test_the_check_gives_feedback_after_each_answer(signed_in, attempt):
    walk(attempt, until=3)
    form = {"action": "answer", "item": "vraag-1", "choice": "fout"}
    page = signed_in.post(step_url(attempt, 4), form, follow=True).content.decode()
    assert "Niet goed" in page
    assert "Volgende vraag" in page


@pytest.mark.parametrize("asked", ["", "1", "2", "99", "-1", "²", "x" * 5000])
def test_any_question_asked_for_is_answered_with_a_page(signed_in, attempt, asked):
    walk(attempt, until=3)
    assert signed_in.get(step_url(attempt, 4), {"vraag": asked}).status_code == 200


def test_finishing_shows_through_when_it_is_valid(signed_in, attempt):
    walk(attempt)
    page = signed_in.post(finish_url(attempt), follow=True).content.decode()
    assert "geldig tot en met 30 augustus 2027" in page


def test_a_double_click_on_finishing(signed_in, attempt):
    walk(attempt)
    for _click in range(2):
        assert signed_in.post(finish_url(attempt), follow=True).status_code == 200
    assert Completion.objects.count() == 1


def test_finishing_early_leads_back(signed_in, attempt):
    walk(attempt, until=2)
    response = signed_in.post(finish_url(attempt), follow=True)
    assert response.redirect_chain[-1][0] == step_url(attempt, 3)
    assert not Completion.objects.exists()


def test_what_was_done_can_be_read_again(signed_in, attempt):
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    for number in range(1, 5):
        page = signed_in.get(step_url(attempt, number)).content.decode()
        assert 'value="finish"' not in page
        assert 'value="rate"' not in page


def test_a_publication_in_between_changes_nothing_for_who_began(signed_in, attempt):
    walk(attempt, until=1)
    make_version(attempt.module, make_content("Heel anders"))
    page = signed_in.get(step_url(attempt, 2)).content.decode()
    assert "Heel anders" not in page
    assert "Versie 1" in page


@pytest.mark.parametrize("name", ["attempt", "finish"])
def test_somebody_elses_attempt_is_not_there(client, attempt, name):
    team = attempt.worker.employments.get().team
    client.force_login(make_worker(team))
    assert client.get(reverse(f"learning:{name}", args=[attempt.public_id])).status_code == 404
    assert client.post(finish_url(attempt)).status_code == 404
    assert client.get(step_url(attempt, 1)).status_code == 404


def test_somebody_elses_assignment_is_not_there(client, assignment):
    client.force_login(make_worker())
    assert client.get(reverse("learning:why", args=[assignment.public_id])).status_code == 404
    begin = reverse("learning:begin", args=begin_args(assignment))
    assert client.post(begin).status_code == 404
    assert not Attempt.objects.exists()


def test_an_expired_session_keeps_the_choice(client, attempt, worker):
    walk(attempt, until=2)
    form = {"action": "choose", "node": "eerst", "choice": "straks"}
    response = client.post(step_url(attempt, 3), form)
    assert response.headers["Location"].startswith(reverse("account_login"))
    assert "bewaard" in client.get(response.headers["Location"]).content.decode()
    assert not LearningEvent.objects.filter(kind="choice").exists()
    client.force_login(worker)
    page = client.get(step_url(attempt, 3)).content.decode()
    assert "Welkom terug" in page
    assert page.count("checked") == 1
    assert "Welkom terug" not in client.get(step_url(attempt, 3)).content.decode()


def test_what_was_kept_is_not_shown_to_somebody_else(client, attempt):
    walk(attempt, until=2)
    client.post(step_url(attempt, 3), {"action": "choose", "node": "eerst", "choice": "straks"})
    client.force_login(make_worker())
    assert client.get(step_url(attempt, 3)).status_code == 404


def test_why_replays_the_dates(signed_in, worker):
    assignment = covered(worker, through=date(2026, 6, 20))
    page = signed_in.get(reverse("learning:why", args=[assignment.public_id])).content.decode()
    assert "20 juni 2026" in page
    assert "20 mei 2026" in page  # the window's opening


def test_covered_means_nothing_to_do(signed_in, worker):
    covered(worker, through=TODAY + timedelta(days=200))
    page = signed_in.get(reverse("learning:path")).content.decode()
    assert "U bent bij" in page
    assert "Beginnen" not in page


def test_window_open_offers_the_refresher(signed_in, worker):
    covered(worker, through=TODAY + timedelta(days=10))
    page = signed_in.get(reverse("learning:path")).content.decode()
    assert "U bent gedekt tot en met 11 juni 2026" in page
    assert "Beginnen" in page


def test_before_the_works_council_agreed_nothing_can_be_started(client):
    organisation = make_organisation(works_council_agreed_on=None)
    worker = make_user()
    make_employment(worker, organisation.teams.create(name="Team"))
    client.force_login(worker)
    assert "ondernemingsraad" in client.get(reverse("learning:path")).content.decode()


def test_an_assignment_of_an_organisation_that_is_not_live_cannot_be_begun(client):
    worker = make_worker()
    assignment = make_assignment(worker)
    assignment.organisation.works_council_agreed_on = None
    assignment.organisation.save()
    client.force_login(worker)
    begin = reverse("learning:begin", args=begin_args(assignment))
    assert client.post(begin).status_code == 404


def test_development_shows_both_apart_and_only_to_oneself(signed_in, client, attempt):
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    page = signed_in.get(reverse("learning:development")).content.decode()
    assert "Hoe u uzelf inschatte" in page
    assert "1 van 2 goed" in page
    client.force_login(make_worker(attempt.worker.employments.get().team))
    assert "1 van 2 goed" not in client.get(reverse("learning:development")).content.decode()


def count_queries(client, url, django_assert_max_num_queries, most):
    client.get(url)  # what a process keeps is kept from here on
    with django_assert_max_num_queries(most) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_a_step_page_takes_at_most_six_queries(signed_in, attempt, django_assert_max_num_queries):
    walk(attempt, until=2)
    url = step_url(attempt, 3)
    few = count_queries(signed_in, url, django_assert_max_num_queries, 6)
    LearningEvent.objects.bulk_create(
        LearningEvent(
            attempt=attempt,
            module_version=attempt.module_version,
            slot=f"extra:{number}",
            kind="answer",
            at=NOW,
        )
        for number in range(200)
    )
    assert count_queries(signed_in, url, django_assert_max_num_queries, 6) == few


def test_the_path_costs_the_same_with_2_and_with_22_assignments(
    signed_in, worker, django_assert_max_num_queries
):
    organisation = worker.employments.get().team.organisation
    url = reverse("learning:path")

    def assign(number):
        for _programme in range(number):
            rule = make_rule(organisation, make_programme(make_module()))
            make_assignment(worker, rule=rule)

    assign(2)
    few = count_queries(signed_in, url, django_assert_max_num_queries, 14)
    assign(20)
    assert count_queries(signed_in, url, django_assert_max_num_queries, 14) == few


def test_a_button_pressed_after_the_session_expired_leads_back_to_its_page(client, assignment):
    begin = reverse("learning:begin", args=begin_args(assignment))
    page = reverse("learning:path")
    response = client.post(begin, headers={"Referer": f"http://testserver{page}"})
    assert response.headers["Location"].endswith(f"?next={page}")
    assert not Attempt.objects.exists()
    elsewhere = client.post(begin, headers={"Referer": "https://elders.example/boos/"})
    assert elsewhere.headers["Location"].endswith(f"?next={begin}")
