"""What the coordinator sees of one person's training, and decides with what follows in view."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.actions import follow_rules
from learning.models import AssignmentEvent, Validity
from organisations.models import AuditEvent
from tests.factories.learning import (
    NOW,
    TODAY,
    covered,
    make_assignment,
    make_case,
    make_completion,
    make_rule,
)
from tests.factories.organisations import (
    make_coordinator,
    make_leave,
    make_manager,
    make_organisation,
    make_team,
    make_worker,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def held(team):
    """Due on 30 August 2026, not finished yet."""
    return make_assignment(make_worker(team, first_name="Sam", last_name="Smit"))


@pytest.fixture
def coordinator(client, team):
    client.force_login(make_coordinator(team.organisation))
    return client


def url(held, page="training_of_person"):
    return reverse(f"learning:{page}", args=[held.organisation.public_id, held.public_id])


def text(response):
    return response.content.decode()


def seen(page):
    """What the page asks to send along to save what it showed."""
    marker = 'name="seen" value="'
    body = text(page)
    return body.split(marker)[1].split('"')[0] if marker in body else None


def decide(client, held, page, **given):
    """Fill in, read what follows, save."""
    shown = client.post(url(held, page), given)
    assert shown.status_code == 200
    return client.post(url(held, page), given | {"seen": seen(shown) or ""})


def test_the_page_shows_dates_facts_and_what_can_be_decided(coordinator, held):
    page = text(coordinator.get(url(held)))
    for words in ["Sam Smit", "30 augustus 2026", "Uitstel geven", "Vrijstellen"]:
        assert words in page
    assert AuditEvent.objects.filter(action="validity_seen").count() == 1


def test_every_period_keeps_its_certificate_on_the_page(coordinator, team):
    held = covered(make_worker(team), through=date(2026, 6, 20))
    make_completion(held, completed_on=TODAY, valid_through=date(2027, 6, 20))
    page = text(coordinator.get(url(held)))
    assert page.count('.pdf"') == 2


def test_an_open_question_is_pointed_at(coordinator, held):
    case = make_case(held)
    address = reverse("learning:exception", args=[held.organisation.public_id, case.public_id])
    assert address in text(coordinator.get(url(held)))


def test_extension_says_what_follows_and_saves_only_then(coordinator, team):
    held = covered(make_worker(team), through=date(2026, 6, 20))
    given = {"to": "2026-08-01", "reason": "ext_workload"}
    shown = coordinator.post(url(held, "extend"), given)
    assert "Gedekt tot en met 1 augustus 2026" in text(shown)
    assert not AssignmentEvent.objects.filter(kind="extended").exists()
    saved = coordinator.post(url(held, "extend"), given | {"seen": seen(shown)})
    assert saved.headers["Location"] == url(held)
    assert Validity.objects.get(assignment=held).covered_through == date(2026, 8, 1)


def test_another_day_than_was_shown_is_shown_first(coordinator, held):
    given = {"to": "2026-10-01", "reason": "ext_other"}
    shown = coordinator.post(url(held, "extend"), given)
    other = given | {"to": "2026-12-01", "seen": seen(shown)}
    assert "1 december 2026" in text(coordinator.post(url(held, "extend"), other))
    assert not AssignmentEvent.objects.filter(kind="extended").exists()


def test_the_same_extension_twice_is_once(coordinator, held):
    given = {"to": "2026-10-01", "reason": "ext_other"}
    given["seen"] = seen(coordinator.post(url(held, "extend"), given))
    for _click in range(2):
        assert coordinator.post(url(held, "extend"), given).status_code == 302
    assert AssignmentEvent.objects.filter(kind="extended").count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"to": "2026-05-31", "reason": "ext_other"}, "die nog komt"),
        ({"to": "2026-08-29", "reason": "ext_other"}, "latere dag"),
        ({"to": "2026-08-30", "reason": "ext_other"}, "latere dag"),
        ({"to": "9999-12-31", "reason": "ext_other"}, "100 jaar"),
        ({"to": "", "reason": "ext_other"}, "error-summary"),
        ({"to": "2026-10-01", "reason": ""}, "error-summary"),
        ({"to": "2026-10-01", "reason": "ex_leaving"}, "error-summary"),
    ],
)
def test_an_extension_that_cannot_be_is_told(coordinator, held, given, words):
    page = coordinator.post(url(held, "extend"), given)
    assert words in text(page)
    assert seen(page) is None
    assert not AssignmentEvent.objects.filter(kind="extended").exists()


@pytest.mark.parametrize(
    ("page", "field", "day", "words"),
    [
        ("extend", "to", "2026-05-31", "die nog komt"),
        ("extend", "to", "2026-08-30", "latere dag"),
        ("extend", "to", "9999-12-31", "100 jaar"),
        ("change_due", "due_on", "2026-08-29", "nooit vroeger"),
        ("change_due", "due_on", "2026-08-30", "nooit vroeger"),
        ("change_due", "due_on", "9999-12-31", "100 jaar"),
        ("exempt", "until", "2026-05-31", "vandaag"),
        ("exempt", "until", "9999-12-31", "100 jaar"),
    ],
)
def test_what_cannot_be_is_told_beside_the_day_before_it_looks_accepted(
    coordinator, held, page, field, day, words
):
    reason = {"extend": "ext_other", "exempt": "ex_other"}.get(page, "")
    shown = coordinator.post(url(held, page), {field: day, "reason": reason})
    assert words in str(shown.context["form"].errors[field])
    assert "Dit volgt" not in text(shown)
    assert seen(shown) is None


@pytest.mark.parametrize(("page", "field"), [("extend", "to"), ("exempt", "until")])
def test_a_missing_reason_and_a_wrong_day_are_told_together(coordinator, held, page, field):
    shown = coordinator.post(url(held, page), {field: "2026-05-31", "reason": ""})
    assert set(shown.context["form"].errors) == {field, "reason"}


def test_a_first_due_date_that_is_too_near_is_told_at_once(coordinator, team):
    held = make_assignment(make_worker(team), day=TODAY - 200 * DAY)
    decide(coordinator, held, "exempt", reason="ex_other")
    shown = coordinator.post(url(held, "end_exemption"), {"due_on": "2026-06-14"})
    assert "15 juni 2026" in str(shown.context["form"].errors["due_on"])
    assert seen(shown) is None


@pytest.mark.parametrize("day", ["2026-05-31", "2026-06-14"])
def test_a_date_still_to_be_decided_is_not_near_or_past(coordinator, team, day):
    make_rule(team.organisation, due_from="date", due_after_days=None, due_on=TODAY + 5 * DAY)
    worker = make_worker(team)
    follow_rules(workers=[worker.pk], by=None, at=NOW)
    shown = coordinator.post(url(worker.assignments.get(), "change_due"), {"due_on": day})
    assert "15 juni 2026" in str(shown.context["form"].errors["due_on"])
    assert seen(shown) is None


def test_exemption_says_that_reminders_stop(coordinator, held):
    shown = coordinator.post(url(held, "exempt"), {"reason": "ex_leaving", "until": "2026-09-30"})
    assert "Herinneringen stoppen" in text(shown)
    assert "30 september 2026" in text(shown)
    decide(coordinator, held, "exempt", reason="ex_leaving", until="2026-09-30")
    assert Validity.objects.get(assignment=held).is_exempt
    assert "Vrijgesteld" in text(coordinator.get(url(held)))


def test_ending_an_exemption_brings_back_the_dates_that_run(coordinator, team):
    held = covered(make_worker(team), through=date(2026, 12, 20))
    decide(coordinator, held, "exempt", reason="ex_elsewhere")
    shown = coordinator.post(url(held, "end_exemption"), {"due_on": "2026-08-30"})
    assert "20 december 2026" in text(shown)
    decide(coordinator, held, "end_exemption", due_on="2026-08-30")
    now = Validity.objects.get(assignment=held)
    assert (now.is_assigned, now.due_on) == (True, date(2026, 12, 20))
    again = decide(coordinator, held, "end_exemption", due_on="2026-08-30")
    assert "niet vrijgesteld" in text(again)


def test_a_due_date_moves_later_only(coordinator, held):
    earlier = decide(coordinator, held, "change_due", due_on="2026-08-01")
    assert "nooit vroeger" in text(earlier)
    shown = coordinator.post(url(held, "change_due"), {"due_on": "2026-10-01"})
    assert "van 30 augustus 2026 naar 1 oktober 2026" in text(shown)
    for _click in range(2):
        decide(coordinator, held, "change_due", due_on="2026-10-01")
    assert Validity.objects.get(assignment=held).due_on == date(2026, 10, 1)
    assert AssignmentEvent.objects.filter(kind="due_changed").count() == 1


def test_a_later_due_date_does_not_lengthen_what_is_certified(coordinator, team):
    held = covered(make_worker(team), through=date(2026, 6, 20))
    shown = coordinator.post(url(held, "change_due"), {"due_on": "2026-10-01"})
    assert "geldig tot en met 20 juni 2026" in text(shown)


@pytest.mark.parametrize("page", ["extend", "change_due", "exempt", "end_exemption"])
def test_each_decision_has_a_page(coordinator, held, page):
    assert coordinator.get(url(held, page)).status_code == 200


def test_the_person_page_leads_here(coordinator, held):
    page = reverse(
        "organisations:person", args=[held.organisation.public_id, held.worker.public_id]
    )
    assert url(held) in text(coordinator.get(page))


def test_on_leave_is_said(coordinator, held):
    make_leave(held.worker, starts_on=TODAY)
    assert "Met verlof" in text(coordinator.get(url(held)))


def test_for_others_it_is_not_there(client, team, held):
    for person in [make_coordinator(make_organisation()), make_manager(team), held.worker]:
        client.force_login(person)
        for page in ("training_of_person", "extend", "exempt", "change_due", "end_exemption"):
            assert client.get(url(held, page)).status_code == 404
    assert client.post(url(held, "exempt"), {"reason": "ex_other"}).status_code == 404


def test_more_facts_cost_no_more_queries(coordinator, team):
    def queries(number):
        held = covered(make_worker(team), through=date(2026, 12, 20))
        for each in range(number):
            make_completion(
                held, completed_on=TODAY - each * DAY, valid_through=date(2027, 6, 20) + each * DAY
            )
        with CaptureQueriesContext(connection) as captured:
            coordinator.get(url(held))
        return len(captured)

    queries(1)
    assert queries(2) == queries(12)
