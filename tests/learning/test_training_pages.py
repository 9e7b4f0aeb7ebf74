"""The coordinator lets everybody follow a programme; dates that were given stay."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from learning.actions import assign_by_rules, set_rule
from learning.errors import NotLive
from learning.models import Assignment, AssignmentRule
from organisations.models import AuditEvent
from tests.factories.learning import NOW, TODAY, make_programme
from tests.factories.organisations import (
    make_coordinator,
    make_employment,
    make_manager,
    make_organisation,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def coordinator(client, team):
    client.force_login(make_coordinator(team.organisation))
    return client


def url(organisation, programme=None):
    if programme is None:
        return reverse("learning:training", args=[organisation.public_id])
    return reverse("learning:set_training", args=[organisation.public_id, programme.public_id])


def test_everybody_gets_the_training_once(coordinator, team, programme):
    workers = [make_worker(team), make_worker(team)]
    for _click in range(2):
        coordinator.post(url(team.organisation, programme), {"due_after_days": "60"})
    assert AssignmentRule.objects.count() == 1
    given = Assignment.objects.values_list("worker", "first_due_on").order_by("worker")
    due = TODAY + timedelta(days=60)
    assert list(given) == [(worker.pk, due) for worker in sorted(workers, key=lambda w: w.pk)]
    assert AuditEvent.objects.filter(action="training_rule_set").count() == 1


def test_a_change_leaves_dates_that_were_given(coordinator, team, programme):
    make_worker(team)
    coordinator.post(url(team.organisation, programme), {"due_after_days": "60"})
    coordinator.post(url(team.organisation, programme), {"due_after_days": "30"})
    assert Assignment.objects.get().first_due_on == TODAY + timedelta(days=60)
    assert AssignmentRule.objects.get().due_after_days == 30


@pytest.mark.parametrize("days", ["", "13", "366", "-1", "veel", "1e3", "9" * 400])
def test_days_that_make_no_sense_are_told(coordinator, team, programme, days):
    page = coordinator.post(url(team.organisation, programme), {"due_after_days": days})
    assert page.status_code == 200
    assert "Dit klopt nog niet" in page.content.decode()
    assert not AssignmentRule.objects.exists()


def test_people_who_left_or_work_elsewhere_get_nothing(team, programme):
    make_employment(make_user(), team, ends_before=TODAY)
    make_worker()
    given = set_rule(
        organisation=team.organisation, programme=programme, due_after_days=60, by=None, at=NOW
    )
    assert given == 0


def test_who_starts_later_gets_it_counted_from_the_first_day(team, programme):
    set_rule(
        organisation=team.organisation, programme=programme, due_after_days=60, by=None, at=NOW
    )
    person = make_user()
    make_employment(person, team, starts_on=date(2026, 7, 1))
    [assignment] = assign_by_rules(user=person, by=None, at=NOW)
    assert assignment.first_due_on == date(2026, 8, 30)
    assert assign_by_rules(user=person, by=None, at=NOW) == []


def test_before_the_works_council_agreed_nothing_starts(client, programme):
    organisation = make_organisation(works_council_agreed_on=None)
    with pytest.raises(NotLive):
        set_rule(organisation=organisation, programme=programme, due_after_days=60, by=None, at=NOW)
    client.force_login(make_coordinator(organisation))
    page = client.post(url(organisation, programme), {"due_after_days": "60"}).content.decode()
    assert "ondernemingsraad" in page
    assert not AssignmentRule.objects.exists()


def test_the_staff_page_says_that_training_is_the_last_step(coordinator, team, programme):
    make_coordinator(team.organisation)
    make_worker(team)
    people = reverse("organisations:people", args=[team.organisation.public_id])
    assert "Start de training" in coordinator.get(people).content.decode()
    coordinator.post(url(team.organisation, programme), {"due_after_days": "60"})
    assert "Start de training" not in coordinator.get(people).content.decode()


def test_the_page_shows_the_rule(coordinator, team, programme):
    make_worker(team)
    coordinator.post(url(team.organisation, programme), {"due_after_days": "60"})
    page = coordinator.get(url(team.organisation)).content.decode()
    assert programme.title in page
    assert "binnen 60 dagen" in page


def test_for_others_it_is_not_there(client, team, programme):
    other = make_coordinator(make_organisation())
    for person in [other, make_manager(team), make_worker(team)]:
        client.force_login(person)
        assert client.get(url(team.organisation)).status_code == 404
        assert client.post(url(team.organisation, programme), {}).status_code == 404
