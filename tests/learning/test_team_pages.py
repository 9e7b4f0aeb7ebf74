"""*Team*: validity for those who may see it, and never an answer, score or self-rating."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from learning.actions import complete_attempt, start_attempt
from learning.models import Validity
from organisations.models import AuditEvent
from tests.factories.learning import (
    NOW,
    TODAY,
    covered,
    make_assignment,
    make_programme,
    make_rule,
    module_of,
    walk,
)
from tests.factories.organisations import (
    make_coordinator,
    make_employment,
    make_focal_person,
    make_leave,
    make_manager,
    make_organisation,
    make_researcher,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db
TEAM = "learning:team"


@pytest.fixture
def team():
    return make_team(name="De Wilg")


@pytest.fixture
def manager(client, team):
    person = make_manager(team, last_name="Leiding")
    client.force_login(person)
    return client


def person_url(person):
    return reverse("learning:person", args=[person.public_id])


def test_numbers_are_disjoint_and_add_up(manager, team):
    make_rule(team.organisation)
    covered(make_worker(team), through=TODAY + timedelta(days=200))
    covered(make_worker(team), through=TODAY + timedelta(days=30))
    covered(make_worker(team), through=TODAY - timedelta(days=1))
    make_assignment(make_worker(team))
    away = make_worker(team)
    covered(away, through=TODAY + timedelta(days=200))
    make_leave(away, starts_on=TODAY - timedelta(days=5))
    total = manager.get(reverse(TEAM)).context["overview"].total
    assert (total.covered, total.soon, total.overdue, total.not_yet) == (2, 1, 1, 1)
    assert (total.on_leave, total.unassigned) == (1, 1)  # the manager has no training
    assert total.in_denominator == 4


def test_the_last_bar_says_what_the_tiles_say(manager, team):
    make_rule(team.organisation)
    covered(make_worker(team), through=TODAY + timedelta(days=200))
    make_assignment(make_worker(team))
    make_worker(team)  # and the manager: no training
    response = manager.get(reverse(TEAM))
    total = response.context["overview"].total
    assert (total.covered, total.not_covered, total.unassigned) == (1, 1, 2)
    assert [bar["y"][-1] for bar in response.context["figure"]["data"]] == [1, 1, 2]
    assert "2 personen hebben deze training niet" in response.content.decode()


def test_who_is_in_two_teams_counts_once_above_them(manager, team):
    make_rule(team.organisation)
    below = make_team(parent=team)
    both = make_worker(team)
    make_employment(both, below)
    covered(both, through=TODAY + timedelta(days=200))
    overview = manager.get(reverse(TEAM)).context["overview"]
    assert [(row.tally.covered, row.whole and row.whole.covered) for row in overview.rows] == [
        (1, 1),
        (1, None),
    ]
    assert overview.total.covered == 1


def test_grace_counts_as_covered(manager, team):
    make_rule(team.organisation, make_programme(grace_days=30))
    worker = make_worker(team)
    assignment = covered(worker, through=TODAY - timedelta(days=1))
    Validity.objects.update(covered_through=TODAY + timedelta(days=3))
    total = manager.get(reverse(TEAM)).context["overview"].total
    assert assignment.worker == worker
    assert (total.covered, total.soon, total.overdue) == (1, 1, 0)


def test_one_programme_at_a_time(manager, team):
    often, seldom = make_rule(team.organisation), make_rule(team.organisation)
    first = make_worker(team)
    make_assignment(first, rule=often)
    make_assignment(make_worker(team), rule=often)
    make_assignment(first, rule=seldom)
    page = manager.get(reverse(TEAM))
    assert page.context["scope"].programme == often.programme
    assert page.context["overview"].total.in_denominator == 2
    asked = manager.get(reverse(TEAM), {"leerlijn": seldom.programme.public_id})
    assert asked.context["overview"].total.in_denominator == 1
    assert f"leerlijn={seldom.programme.public_id}" in asked.content.decode()


def test_without_a_choice_no_choice_is_shown(manager, team):
    make_rule(team.organisation)
    assert 'name="leerlijn"' not in manager.get(reverse(TEAM)).content.decode()


def test_a_programme_of_elsewhere_cannot_be_asked_for(manager, team):
    here, elsewhere = make_rule(team.organisation), make_rule()
    page = manager.get(reverse(TEAM), {"leerlijn": elsewhere.programme.public_id})
    assert page.context["scope"].programme == here.programme


def test_a_programme_that_another_employer_owns_is_not_named(client):
    elsewhere = make_organisation("Elders Jeugdhulp")
    person = make_worker(make_team(elsewhere))
    make_rule(elsewhere, make_programme(organisation=elsewhere))
    secret = covered(person, through=date(2026, 12, 24)).programme.title
    here = make_team()
    make_employment(person, here)
    client.force_login(make_manager(here))
    assert secret not in client.get(person_url(person)).content.decode()


def test_a_person_page_shows_every_programme(manager, team):
    worker = make_worker(team)
    titles = []
    for _number in range(2):
        rule = make_rule(team.organisation)
        make_assignment(worker, rule=rule)
        titles.append(rule.programme.title)
    page = manager.get(person_url(worker)).content.decode()
    assert all(f">{title}</h2>" in page for title in titles)


def test_another_employer_is_not_named(client):
    person = make_worker(make_team(make_organisation("Elders Jeugdhulp")))
    covered(person, through=date(2026, 12, 24))
    here = make_team()
    make_employment(person, here)
    client.force_login(make_manager(here))
    page = client.get(person_url(person)).content.decode()
    assert "24 december 2026" in page
    assert "Elders" not in page


def test_late_first_then_soon_by_date(manager, team):
    make_rule(team.organisation)
    for name, days in [("Later", 30), ("Eerder", 10), ("Verlopen", -5)]:
        covered(make_worker(team, last_name=name), through=TODAY + timedelta(days=days))
    rows = manager.get(reverse("learning:one_team", args=[team.public_id])).context["rows"]
    assert [row.person.last_name for row in rows][:3] == ["Verlopen", "Eerder", "Later"]


def test_subteams_are_in_scope_and_other_teams_are_not(manager, team):
    below = make_team(parent=team, name="Nachtdienst")
    beside = make_team(team.organisation, name="De Els")
    make_worker(below, last_name="Beneden")
    make_worker(beside, last_name="Ernaast")
    page = manager.get(reverse(TEAM)).content.decode()
    assert "Nachtdienst" in page
    assert "De Els" not in page
    assert manager.get(reverse("learning:one_team", args=[below.public_id])).status_code == 200
    assert manager.get(reverse("learning:one_team", args=[beside.public_id])).status_code == 404


def test_a_person_of_another_team_or_organisation_is_not_there(manager, team):
    for person in [make_worker(make_team(team.organisation)), make_worker(), make_user()]:
        assert manager.get(person_url(person)).status_code == 404


def test_a_person_page_shows_validity_and_is_recorded(manager, team):
    worker = make_worker(team, last_name="Bakker")
    covered(worker, through=date(2026, 12, 24))
    page = manager.get(person_url(worker)).content.decode()
    assert "24 december 2026" in page
    seen = AuditEvent.objects.get(action="validity_seen")
    assert seen.subject_id == worker.public_id


def test_no_answer_score_or_self_rating_reaches_a_manager(manager, team):
    make_rule(team.organisation)
    worker = make_worker(team, last_name="Bakker")
    assignment = make_assignment(worker)
    module = module_of(assignment, "onboarding")
    attempt = start_attempt(assignment=assignment, module=module, at=NOW)
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    one_team = reverse("learning:one_team", args=[team.public_id])
    for url in [reverse(TEAM), one_team, person_url(worker)]:
        page = manager.get(url).content.decode()
        assert "1 van 2 goed" not in page
        assert "koos" not in page  # what a conversation showed, in words
        assert "Hoe u uzelf inschatte" not in page
        assert attempt.public_id not in page
    assert manager.get(reverse("learning:finish", args=[attempt.public_id])).status_code == 404


@pytest.mark.parametrize("make", [make_coordinator, make_focal_person])
def test_who_oversees_the_organisation_sees_every_team_of_it(client, team, make):
    client.force_login(make(team.organisation))
    other = make_team(name="Van een ander")
    page = client.get(reverse(TEAM)).content.decode()
    assert "De Wilg" in page
    assert other.name not in page


@pytest.mark.parametrize("make", [make_worker, make_researcher])
def test_for_others_the_page_is_not_there(client, make):
    client.force_login(make())
    assert client.get(reverse(TEAM)).status_code == 404


def test_past_days_show_the_team_as_it_was(manager, team):
    make_rule(team.organisation)
    moved = make_user(last_name="Verhuisd")
    make_employment(moved, team, ends_before=date(2026, 3, 1))
    make_employment(moved, make_team(team.organisation), starts_on=date(2026, 3, 1))
    covered(moved, through=date(2026, 12, 24), day=date(2026, 2, 1))
    url = reverse("learning:one_team", args=[team.public_id])
    assert "Verhuisd" not in manager.get(url).content.decode()
    assert "Verhuisd" in manager.get(url, {"op": "2026-02-28"}).content.decode()


@pytest.mark.parametrize("asked", ["2026-13-01", "gisteren", "1999-01-01", "2026-06-02", "\x00"])
def test_a_day_that_cannot_be_shown_is_told(manager, team, asked):
    page = manager.get(reverse(TEAM), {"op": asked})
    assert page.context["day"] == TODAY
    assert "U ziet vandaag" in page.content.decode()


def test_the_figure_has_thirteen_months(manager, team):
    make_rule(team.organisation)
    for _worker in range(3):
        covered(make_worker(team), through=TODAY + timedelta(days=100))
    bars = manager.get(reverse(TEAM)).context["figure"]["data"]
    assert {len(bar["x"]) for bar in bars} == {len(bar["y"]) for bar in bars} == {13}


@pytest.mark.parametrize("page", ["overview", "one_team"])
def test_a_past_day_is_told_in_its_own_words(manager, team, page):
    make_rule(team.organisation)
    covered(make_worker(team), through=TODAY + timedelta(days=100))
    url = (
        reverse(TEAM) if page == "overview" else reverse("learning:one_team", args=[team.public_id])
    )
    answer = manager.get(url, {"op": "2025-12-31"})
    assert answer.context["day"] == date(2025, 12, 31)
    assert "Terug naar vandaag" in answer.content.decode()


def test_an_empty_scope_says_how_teams_get_there(client):
    client.force_login(make_coordinator(make_organisation()))
    assert "nog geen teams" in client.get(reverse(TEAM)).content.decode()


def queries_of(client, url, django_assert_max_num_queries):
    client.get(url)
    with django_assert_max_num_queries(25) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


@pytest.mark.parametrize("page", ["overview", "one_team", "forecast"])
@pytest.mark.parametrize("day", ["", "2026-05-01"])
def test_queries_do_not_grow_with_people(manager, team, django_assert_max_num_queries, page, day):
    make_rule(team.organisation)
    url = (
        reverse("learning:one_team", args=[team.public_id])
        if page == "one_team"
        else reverse({"overview": TEAM, "forecast": "learning:forecast"}[page])
    )

    def fill(number):
        for place in range(number):
            covered(make_worker(team), through=TODAY + timedelta(days=place - 10))

    fill(2)
    few = queries_of(manager, f"{url}?op={day}", django_assert_max_num_queries)
    fill(20)
    make_team(parent=team)
    assert queries_of(manager, f"{url}?op={day}", django_assert_max_num_queries) == few
