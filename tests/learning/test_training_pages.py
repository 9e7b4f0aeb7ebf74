"""*Opleidingen*: the coordinator writes, changes and ends rules, and sees first what they do."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.actions import end_rule, set_rule
from learning.models import Assignment, AssignmentRule, Validity
from learning.models.rule import RuleDraft
from organisations.models import AuditEvent, Employment
from tests.factories.learning import NOW, TODAY, make_programme, make_rule, on
from tests.factories.organisations import (
    make_coordinator,
    make_manager,
    make_organisation,
    make_team,
    make_worker,
)

pytestmark = pytest.mark.django_db
DAYS = {"who": "all", "due_from": "employment", "due_after_days": "60"}


@pytest.fixture
def team():
    return make_team(name="Oever")


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def coordinator(client, team):
    client.force_login(make_coordinator(team.organisation))
    return client


def url(organisation):
    return reverse("learning:training", args=[organisation.public_id])


def adding(organisation, programme):
    return reverse("learning:add_rule", args=[organisation.public_id, programme.public_id])


def about(rule, name="change_rule"):
    return reverse(f"learning:{name}", args=[rule.organisation.public_id, rule.public_id])


def given(**more):
    return DAYS | {"starts_on": TODAY.isoformat()} | more


def saved(page):
    """The form under a preview, sent with *Save*, as a browser would."""
    html = page.content.decode()
    fields = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html):
        fields.setdefault(name, []).append(value)
    fields.pop("csrfmiddlewaretoken", None)
    return fields | {"step": "save"}


def says(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_first_the_preview_then_it_is_saved(coordinator, team, programme):
    worker = make_worker(team, first_name="Noor", last_name="Bos")
    page = coordinator.post(adding(team.organisation, programme), given())
    assert "1 persoon krijgt deze training" in says(page)
    assert "Noor Bos" in says(page)
    assert not AssignmentRule.objects.exists()
    page = coordinator.post(adding(team.organisation, programme), saved(page), follow=True)
    assert "1 persoon kreeg deze training" in says(page)
    assert "verschilt" not in says(page)
    [validity] = Validity.objects.all()
    assert (validity.worker, validity.due_on) == (worker, TODAY + timedelta(days=60))


def test_two_clicks_on_save_make_one_rule(coordinator, team, programme):
    make_worker(team)
    page = coordinator.post(adding(team.organisation, programme), given())
    for _click in range(2):
        coordinator.post(adding(team.organisation, programme), saved(page))
    assert AssignmentRule.objects.count() == 1
    assert Assignment.objects.count() == 1
    assert AuditEvent.objects.filter(action="training_rule_set").count() == 1


def test_back_keeps_what_was_typed(coordinator, team, programme):
    page = coordinator.post(
        adding(team.organisation, programme),
        given(who="teams", teams=[team.public_id], due_after_days="77", step="back"),
    )
    form = page.context["form"]
    assert form["due_after_days"].value() == "77"
    assert [choice.is_chosen for choice in form.team_choices()] == [True]
    assert not form.errors


def test_what_was_done_is_said_when_it_differs_from_the_preview(coordinator, team, programme):
    make_worker(team)
    page = coordinator.post(adding(team.organisation, programme), given())
    make_worker(team)
    page = coordinator.post(adding(team.organisation, programme), saved(page), follow=True)
    assert "2 mensen kregen deze training" in says(page)
    assert "verschilt van de voorvertoning" in says(page)


def test_teams_with_those_below_them_and_functions(coordinator, team, programme):
    below = make_team(parent=team, name="Nacht")
    make_worker(below)
    foster = Employment.JobFunction.FOSTER_CARE_WORKER
    chosen = {"who": "teams", "teams": [team.public_id], "below": [team.public_id]}
    page = coordinator.post(adding(team.organisation, programme), given(**chosen))
    assert "1 persoon krijgt" in says(page)
    assert "Oever en de teams daaronder" in says(page)
    page = coordinator.post(
        adding(team.organisation, programme), given(**chosen, job_functions=[foster])
    )
    assert "Voor niemand verandert er nu iets" in says(page)
    coordinator.post(adding(team.organisation, programme), saved(page))
    rule = AssignmentRule.objects.get()
    assert rule.job_functions == [foster]
    assert [(one.team, one.with_subteams) for one in rule.teams.all()] == [(team, True)]


@pytest.mark.parametrize(
    "wrong",
    [{"due_after_days": days} for days in ["", "13", "366", "-1", "veel", "1e3", "9" * 400]]
    + [
        {"who": "teams"},
        {"who": ""},
        {"who": "x"},
        {"due_from": "x"},
        {"due_from": "date"},
        {"due_from": "date", "due_on": (TODAY + timedelta(days=13)).isoformat()},
        {"due_from": "date", "due_on": "9999-12-31"},
        {"due_from": "date", "due_on": "gisteren"},
        {"starts_on": (TODAY - timedelta(days=1)).isoformat()},
        {"starts_on": "9999-12-31"},
        {"starts_on": ""},
        {"job_functions": ["x"]},
    ],
)
def test_what_makes_no_sense_is_told(coordinator, team, programme, wrong):
    for step in ["", "save"]:
        page = coordinator.post(adding(team.organisation, programme), given(step=step) | wrong)
        assert page.status_code == 200
        assert "Dit klopt nog niet" in says(page)
    assert not AssignmentRule.objects.exists()


@pytest.mark.parametrize("field", ["teams", "below"])
def test_a_team_of_another_organisation_is_not_in_the_list(coordinator, team, programme, field):
    far = make_team(name="Elders")
    wrong = given(who="teams", **{field: [far.public_id, "onzin", ""]})
    for step in ["", "save"]:
        page = coordinator.post(adding(team.organisation, programme), wrong | {"step": step})
        assert "Kies teams uit deze lijst" in says(page)
        assert "Elders" not in says(page)
    assert not AssignmentRule.objects.exists()


def test_a_date_for_everybody(coordinator, team, programme):
    make_worker(team)
    day = TODAY + timedelta(days=100)
    sent = given(due_from="date", due_on=day.isoformat(), due_after_days="onzin")
    page = coordinator.post(adding(team.organisation, programme), sent)
    coordinator.post(adding(team.organisation, programme), saved(page))
    assert Validity.objects.get().due_on == day
    rule = AssignmentRule.objects.get()
    assert coordinator.get(about(rule)).context["form"]["due_on"].value() == day


def test_a_change_replaces_the_rule_and_leaves_dates_that_were_given(coordinator, team, programme):
    make_worker(team)
    rule = make_rule(team.organisation, programme, starts_on=TODAY, due_after_days=60)
    set_rule(
        organisation=team.organisation,
        programme=programme,
        draft=RuleDraft(due_after_days=61),
        replaces=rule,
        by=None,
        at=NOW,
    )
    rule = AssignmentRule.objects.get(replaces=rule)
    page = coordinator.post(about(rule), given(due_after_days="30"))
    assert "Voor 1 persoon die deze training heeft, blijft alles" in says(page)
    coordinator.post(about(rule), saved(page))
    assert Validity.objects.get().due_on == TODAY + timedelta(days=61)
    assert AssignmentRule.objects.get(replaces=rule).due_after_days == 30


def test_ending_says_what_stops_and_then_does_it(coordinator, team, programme):
    make_worker(team, last_name="Bos")
    set_rule(organisation=team.organisation, programme=programme, by=None, at=NOW)
    rule = AssignmentRule.objects.get()
    page = coordinator.get(about(rule, "end_rule"))
    assert "Voor 1 persoon stopt de training" in says(page)
    assert "Bos" in says(page)
    assert Validity.objects.get().is_assigned
    for _click in range(2):
        page = coordinator.post(about(rule, "end_rule"), {"seen": "0-0-1-0"}, follow=True)
    assert not Validity.objects.get().is_assigned
    assert AuditEvent.objects.filter(action="training_rule_ended").count() == 1
    assert "1 eerdere regel" not in says(page)  # it never held for a day


def test_a_rule_that_was_replaced_or_ended_leads_back(coordinator, team, programme):
    rule = make_rule(team.organisation, programme)
    end_rule(rule=rule, by=None, at=on(TODAY - timedelta(days=1)))
    for name in ["change_rule", "end_rule"]:
        page = coordinator.get(about(rule, name), follow=True)
        assert page.redirect_chain[0][0] == url(team.organisation)
        assert "intussen" in says(page)
    page = coordinator.post(about(rule), given(step="save"))
    assert "intussen" in says(page)
    assert AssignmentRule.objects.count() == 1


def test_the_page_shows_rules_changes_to_come_and_the_past(coordinator, team, programme):
    make_worker(team)
    first = make_rule(team.organisation, programme, due_after_days=50)
    common = {"organisation": team.organisation, "programme": programme, "by": None}
    set_rule(
        **common,
        draft=RuleDraft(due_after_days=60),
        replaces=first,
        at=on(TODAY - timedelta(days=1)),
    )
    second = AssignmentRule.objects.get(replaces=first)
    later = RuleDraft(due_after_days=70, starts_on=TODAY + timedelta(days=30))
    set_rule(**common, draft=later, replaces=second, at=NOW)
    only = RuleDraft(due_after_days=80, teams=((team.pk, True),))
    set_rule(**common, draft=only, at=NOW)
    text = says(coordinator.get(url(team.organisation)))
    for words in [
        programme.title,
        "Binnen 60 dagen na de eerste werkdag",
        "Vanaf 1 juli 2026",
        "Binnen 70 dagen",
        "Iedereen in Oever en de teams daaronder",
        "Dan geldt de laatste datum",
        "1 eerdere regel",
        "1 januari 2020 tot en met 30 mei 2026",
        "Mensen die het nu hebben 1 medewerker",
    ]:
        assert words in text


def test_a_rule_of_a_later_day_says_so(coordinator, team, programme):
    make_worker(team)
    later = (TODAY + timedelta(days=30)).isoformat()
    page = coordinator.post(adding(team.organisation, programme), given(starts_on=later))
    assert "Dit gebeurt er op 1 juli 2026" in says(page)
    page = coordinator.post(adding(team.organisation, programme), saved(page), follow=True)
    assert "De regel gaat in op 1 juli 2026" in says(page)
    assert not Assignment.objects.exists()


def test_before_the_works_council_agreed_nothing_starts(client, programme):
    organisation = make_organisation(works_council_agreed_on=None)
    client.force_login(make_coordinator(organisation))
    assert "ondernemingsraad" in says(client.get(url(organisation)))
    assert "ondernemingsraad" in says(client.get(adding(organisation, programme)))
    for step in ["", "save"]:
        page = client.post(adding(organisation, programme), given(step=step))
        assert "ondernemingsraad" in says(page)
        assert "Dit klopt nog niet" in says(page)
    assert not AssignmentRule.objects.exists()


def test_the_staff_page_says_that_training_is_the_last_step(coordinator, team, programme):
    make_coordinator(team.organisation)
    make_worker(team)
    people = reverse("organisations:people", args=[team.organisation.public_id])
    assert "Start de training" in says(coordinator.get(people))
    coordinator.post(adding(team.organisation, programme), given(step="save"))
    assert "Start de training" not in says(coordinator.get(people))


def test_a_programme_of_another_organisation_is_not_there(coordinator, team):
    own, far = (
        make_programme(organisation=team.organisation),
        make_programme(organisation=make_organisation()),
    )
    assert coordinator.get(adding(team.organisation, own)).status_code == 200
    assert coordinator.get(adding(team.organisation, far)).status_code == 404
    text = says(coordinator.get(url(team.organisation)))
    assert own.title in text
    assert far.title not in text
    rule = make_rule(far.organisation, far)
    here = [team.organisation.public_id, rule.public_id]
    for name in ["change_rule", "end_rule"]:
        assert coordinator.get(reverse(f"learning:{name}", args=here)).status_code == 404


def test_for_others_it_is_not_there(client, team, programme):
    rule = make_rule(team.organisation, programme)
    other = make_coordinator(make_organisation())
    for person in [other, make_manager(team), make_worker(team)]:
        client.force_login(person)
        assert client.get(url(team.organisation)).status_code == 404
        for address in [adding(team.organisation, programme), about(rule), about(rule, "end_rule")]:
            assert client.get(address).status_code == 404
            assert client.post(address, given(step="save")).status_code == 404


def test_more_rules_cost_no_more_queries(coordinator, team, programme):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert coordinator.get(url(team.organisation)).status_code == 200
        return len(captured)

    def fill(number):
        for _each in range(number):
            part = make_team(parent=team)
            make_worker(part)
            set_rule(
                organisation=team.organisation,
                programme=make_programme(),
                draft=RuleDraft(teams=((part.pk, True),)),
                by=None,
                at=NOW,
            )

    queries()
    fill(2)
    few = queries()
    fill(20)
    assert queries() == few
