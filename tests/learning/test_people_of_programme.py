"""The list of people who have a programme: where they stand, and only people of this place."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.actions import exempt, follow_rules
from learning.models import AssignmentEvent
from learning.rules.status import Status
from learning.selectors.having import Shown, people_with, rows_of
from tests.factories.learning import (
    NOW,
    TODAY,
    covered,
    make_assignment,
    make_programme,
    make_rule,
)
from tests.factories.organisations import (
    make_coordinator,
    make_employment,
    make_leave,
    make_manager,
    make_organisation,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team(name="Oever")


@pytest.fixture
def rule(team):
    return make_rule(team.organisation, make_programme(grace_days=10))


@pytest.fixture
def page(client, team, rule):
    client.force_login(make_coordinator(team.organisation))

    def get(**query):
        here = [team.organisation.public_id, rule.programme.public_id]
        return client.get(reverse("learning:people_of_programme", args=here), query)

    return get


def days(number):
    return TODAY + timedelta(days=number)


def everybody(team):
    """Somebody in each state, on its edges too."""
    for number in [-400, -91, -90, -89, 0]:
        make_assignment(make_worker(team), day=days(number))
    for number in [-11, -10, -1, 0, 29, 30, 31, 200]:
        covered(make_worker(team), through=days(number))
    away = make_worker(team)
    make_assignment(away, day=days(-200))
    make_leave(away, starts_on=days(-3))
    free = covered(make_worker(team), through=days(100))
    reason = AssignmentEvent.Reason.EXEMPT_OTHER
    exempt(assignment=free, reason=reason, until=None, by=None, at=NOW)


def test_the_database_narrows_as_the_rules_say(team, rule):
    everybody(team)
    listed = {"organisation": team.organisation, "programme": rule.programme, "today": TODAY}
    rows = people_with(**listed, shown=None)
    all_rows = rows_of(list(rows), team.organisation, today=TODAY)
    assert len(all_rows) == 15
    for shown in Shown:
        if shown in {Shown.TO_DECIDE, Shown.EXEMPT}:
            continue
        found = rows_of(list(people_with(**listed, shown=shown)), team.organisation, today=TODAY)
        meant = [row for row in all_rows if row.standing.status == Status(shown.value)]
        assert [row.assignment for row in found] == [row.assignment for row in meant]
        assert found, shown
    [free] = people_with(**listed, shown=Shown.EXEMPT)
    assert free.is_exempt


def test_who_waits_for_a_decision(page, team, rule):
    worker = make_user(last_name="Bos")
    make_employment(worker, team, starts_on=days(-400))
    follow_rules(workers=[worker.pk], by=None, at=NOW)
    make_assignment(make_worker(team, last_name="Ander"))
    text = page(stand="to_decide").content.decode()
    assert "Bos" in text
    assert "u beslist" in text
    assert "Ander" not in text


def test_people_of_this_place_only(page, team, rule):
    make_assignment(make_worker(team, last_name="Hier"))
    gone = make_worker(team, last_name="Weg")
    make_assignment(gone)
    gone.employments.update(ends_before=TODAY)
    far = make_team()
    make_assignment(
        make_worker(far, last_name="Elders"), rule=make_rule(far.organisation, rule.programme)
    )
    text = page().content.decode()
    assert "Hier" in text
    assert "Weg" not in text
    assert "Elders" not in text


def test_of_somebody_with_another_employer_the_details_are_theirs(page, team, rule):
    far = make_team(name="Ver weg")
    worker = make_worker(far, last_name="Dubbel")
    make_assignment(worker, rule=make_rule(far.organisation, rule.programme))
    make_employment(worker, team)
    response = page()
    assert "Dubbel" in response.content.decode()
    assert "Ver weg" not in response.content.decode()
    assert [row.assignment for row in response.context["rows"]] == [""]


def test_who_starts_later_is_listed_with_what_is_to_do(page, team, rule):
    worker = make_user(last_name="Nieuw")
    make_employment(worker, team, starts_on=days(20))
    follow_rules(workers=[worker.pk], by=None, at=NOW)
    [row] = page().context["rows"]
    assert row.standing.status is Status.ASSIGNED
    assert row.standing.due_on == days(110)


@pytest.mark.parametrize(
    "query", [{"stand": "onzin"}, {"page": "99"}, {"page": "x"}, {"stand": ""}]
)
def test_what_cannot_be_read_shows_everybody(page, team, query):
    make_assignment(make_worker(team))
    assert len(page(**query).context["rows"]) == 1


def test_nobody(page):
    assert "Nog niemand heeft deze training" in page().content.decode()
    assert "Niemand gevonden" in page(stand="expired").content.decode()


def test_for_others_it_is_not_there(client, team, rule):
    here = [team.organisation.public_id, rule.programme.public_id]
    address = reverse("learning:people_of_programme", args=here)
    for person in [make_coordinator(make_organisation()), make_manager(team), make_worker(team)]:
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_more_people_cost_no_more_queries(page, team):
    def fill(number):
        for _each in range(number):
            make_assignment(make_worker(team))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert page().status_code == 200
        return len(captured)

    fill(2)
    queries()
    few = queries()
    fill(20)
    assert queries() == few


def test_fifty_on_a_page(page, team, rule):
    workers = [make_worker(team) for _each in range(51)]
    follow_rules(workers=[one.pk for one in workers], by=None, at=NOW)
    rows = page().context["rows"]
    assert len(rows) == 50
    assert len(page(page="2").context["rows"]) == 1
