"""Who falls due: rules by hand, and the page."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from learning.models import Validity
from learning.rules.forecast import MonthDue, forecast_of, peak_of
from tests.factories.learning import TODAY, covered, make_assignment, make_programme, make_rule
from tests.factories.organisations import (
    make_coordinator,
    make_employment,
    make_focal_person,
    make_leave,
    make_manager,
    make_team,
    make_worker,
)

URL = "learning:forecast"
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def test_horizons_add_up_and_hold_their_last_day():
    days = {TODAY + timedelta(days=ahead): 1 for ahead in (0, 30, 31, 60, 90, 91)}
    months = [date(2026, month, 1) for month in range(6, 13)]
    found = forecast_of(days, late=2, undated=1, today=TODAY, months=months)
    assert found.within == ((30, 2), (60, 4), (90, 5))
    assert found.total == 8


@pytest.mark.parametrize(
    ("numbers", "peak"), [((3, 1), 3), ((3, 3), None), ((1, 0), None), ((0, 0), None)]
)
def test_a_peak_is_one_month_with_more_than_one_person(numbers, peak):
    rows = [MonthDue(month, number) for month, number in zip((JUNE, JULY), numbers, strict=True)]
    found = peak_of(rows)
    assert (found.number if found else None) == peak


def test_without_months_there_is_no_peak():
    assert peak_of([]) is None


@pytest.fixture
def team(db):
    return make_team(name="De Wilg")


@pytest.fixture
def manager(client, team):
    client.force_login(make_manager(team, last_name="Leiding"))
    return client


def due(team, days, **fields):
    worker = make_worker(team, **fields)
    covered(worker, through=TODAY + timedelta(days=days))
    return worker


def test_everybody_at_work_counts_once(manager, team):
    make_rule(team.organisation)
    for days in (-1, 0, 30, 31, 91):
        due(team, days)
    make_employment(due(team, 40), make_team(parent=team))
    make_leave(due(team, 5), starts_on=TODAY)
    found = manager.get(reverse(URL)).context["forecast"]
    assert (found.late, found.within) == (1, ((30, 2), (60, 4), (90, 4)))
    assert sum(month.number for month in found.months) == 5
    assert len(found.months) == 12


def test_who_has_no_date_yet_is_told_apart(manager, team):
    make_assignment(make_worker(team), rule=make_rule(team.organisation))
    Validity.objects.update(due_on=None)
    page = manager.get(reverse(URL))
    assert page.context["forecast"].undated == 1
    assert "1 persoon heeft nog geen datum" in page.content.decode()


def test_names_stand_under_their_team_within_the_days_chosen(manager, team):
    make_rule(team.organisation)
    below = make_team(parent=team, name="Nachtdienst")
    due(team, 10, last_name="Eerst")
    due(below, 70, last_name="Later")
    due(below, -3, last_name="Verlopen")
    near = manager.get(reverse(URL)).content.decode()
    assert "Eerst" in near
    assert "Verlopen" in near
    assert "Later" not in near
    assert "Later" in manager.get(reverse(URL), {"dagen": "90"}).content.decode()
    one = manager.get(reverse(URL), {"dagen": "90", "team": below.public_id}).content.decode()
    assert "Later" in one
    assert "Eerst" not in one


@pytest.mark.parametrize("asked", [{"dagen": "31"}, {"dagen": "x"}, {"team": "bbbbbbbbbbbb"}])
def test_what_cannot_be_chosen_is_as_if_nothing_was(manager, team, asked):
    make_rule(team.organisation)
    due(team, 10, last_name="Eerst")
    page = manager.get(reverse(URL), asked)
    assert page.context["days"] == 30
    assert "Eerst" in page.content.decode()


def test_other_teams_are_not_there(manager, team):
    make_rule(team.organisation)
    due(make_team(team.organisation, "De Els"), 10, last_name="Ernaast")
    due(make_team(), 10, last_name="Elders")
    page = manager.get(reverse(URL)).content.decode()
    assert not any(word in page for word in ["Ernaast", "Elders", "De Els"])


@pytest.mark.parametrize("make", [make_coordinator, make_focal_person])
def test_who_oversees_the_organisation_sees_it_too(client, team, make):
    make_rule(team.organisation)
    due(team, 10, last_name="Eerst")
    client.force_login(make(team.organisation))
    assert "Eerst" in client.get(reverse(URL)).content.decode()


def test_the_busiest_month_is_named(manager, team):
    make_rule(team.organisation)
    for days in (100, 101, 200):
        due(team, days)
    page = manager.get(reverse(URL)).content.decode()
    assert "De drukste maand is september 2026: dan moeten 2 mensen" in page


def test_late_stands_first_in_the_figure(manager, team):
    make_rule(team.organisation)
    due(team, -1)
    late, coming = manager.get(reverse(URL)).context["figure"]["data"]
    assert (late["x"], late["y"]) == (["nu al te laat"], [1])
    assert len(coming["x"]) == 12


def test_one_programme_at_a_time(manager, team):
    worker = due(team, 10, last_name="Eerst")
    other = make_rule(team.organisation, make_programme())
    make_assignment(worker, rule=other, due_on=TODAY + timedelta(days=80))
    url = f"{reverse(URL)}?leerlijn={other.programme.public_id}"
    assert manager.get(url).context["forecast"].within == ((30, 0), (60, 0), (90, 1))


def test_without_training_the_page_says_how_it_gets_there(manager):
    assert "Zodra uw opleidingscoördinator" in manager.get(reverse(URL)).content.decode()


def test_a_long_list_is_cut_off_and_says_so(manager, team, monkeypatch):
    monkeypatch.setattr("learning.selectors.forecast.NAMES_AT_MOST", 2)
    make_rule(team.organisation)
    for days in (1, 2, 3):
        due(team, days)
    assert "eerste 2 namen" in manager.get(reverse(URL)).content.decode()
