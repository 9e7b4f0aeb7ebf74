"""*Berichten*, the numbers for coordinators, and *Herinner*."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.models import Mail, Reminder
from learning.selectors.mails import Fate, fate_of
from organisations.models import AuditEvent, DemoSite
from tests.factories.learning import NOW, TODAY, covered, make_assignment, make_mail, on
from tests.factories.organisations import (
    make_administrator,
    make_coordinator,
    make_employment,
    make_focal_person,
    make_leave,
    make_manager,
    make_organisation,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db
MAILS = "/berichten/"


@pytest.fixture
def team(worker):
    return worker.employments.get().team


@pytest.fixture
def manager(client, team):
    manager = make_manager(team, first_name="Sam", last_name="Leider")
    client.force_login(manager)
    return manager


def remind_url(person):
    return reverse("learning:remind_person", args=[person.public_id])


def page_of(mail):
    return reverse("learning:mail", args=[mail.public_id])


# Reading


def test_only_ones_own_mails_are_listed(signed_in, worker):
    mine, other = make_mail(worker), make_mail(make_user())
    text = signed_in.get(MAILS).text
    assert mine.subject in text
    assert other.subject not in text


def test_another_persons_mail_does_not_exist(signed_in):
    assert signed_in.get(page_of(make_mail(make_user()))).status_code == 404


def test_nor_for_a_coordinator_or_an_administrator(client, worker, team):
    mail = make_mail(worker)
    for person in [make_coordinator(team.organisation), make_administrator()]:
        client.force_login(person)
        assert client.get(page_of(mail)).status_code == 404


def test_a_mail_is_shown_as_text(signed_in, worker):
    mail = make_mail(worker, text="Dag <b>Kim</b>,\n\nhttps://opmerkzaam.example/leerpad/")
    text = signed_in.get(page_of(mail)).text
    assert "Dag &lt;b&gt;Kim&lt;/b&gt;," in text
    assert 'href="https://opmerkzaam.example/leerpad/"' in text


def test_asking_for_all_is_nothing_outside_the_demo(signed_in):
    mail = make_mail(make_user())
    assert mail.subject not in signed_in.get(MAILS, {"van": "allen"}).text


def test_in_the_demo_everybody_reads_all_and_it_says_example(signed_in):
    DemoSite.objects.create(seed=1, made_on=TODAY)
    mail = make_mail(make_user(first_name="Robin"))
    listed = signed_in.get(MAILS, {"van": "allen"}).text
    assert mail.subject in listed
    assert "Voorbeeld" in listed or "Example" in listed
    read = signed_in.get(page_of(mail)).text
    assert "Robin" in read


def test_a_list_of_many_asks_no_more(signed_in, worker):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get(MAILS).status_code == 200
        return len(captured)

    for day in range(2):
        make_mail(worker, on=TODAY - timedelta(day))
    queries()  # what is kept in the process from the first page on
    few = queries()
    for day in range(2, 22):
        make_mail(worker, on=TODAY - timedelta(day))
    assert queries() == few


@pytest.mark.parametrize(
    ("state", "minutes", "fate"),
    [
        ("queued", None, Fate.WAITING),
        ("claimed", 59, Fate.BEING_SENT),
        ("claimed", 60, Fate.UNCERTAIN),
        ("sent", 90, Fate.SENT),
        ("failed", 90, Fate.FAILED),
    ],
)
def test_what_became_of_a_mail(state, minutes, fate):
    claimed_at = None if minutes is None else NOW - timedelta(minutes=minutes)
    assert fate_of(Mail(state=state, claimed_at=claimed_at), NOW) == fate


# Numbers


@pytest.fixture
def numbers(client, team):
    client.force_login(make_coordinator(team.organisation))
    return reverse("learning:mail_counts", args=[team.organisation.public_id])


def test_numbers_a_day_and_no_content(client, numbers, team):
    make_mail(make_worker(team), state="sent", sent_at=NOW, subject="Geheim")
    make_mail(make_worker(team), state="failed")
    make_mail(make_worker(team), state="claimed", claimed_at=NOW - timedelta(hours=3))
    make_mail(make_worker(team), on=TODAY - timedelta(30))
    response = client.get(numbers)
    [row] = response.context["days"]
    assert (row.made, row.sent, row.waiting, row.uncertain, row.failed) == (3, 1, 0, 1, 1)
    assert "Geheim" not in response.text


def test_people_elsewhere_are_not_counted(client, numbers, team):
    make_mail(make_worker())
    gone = make_worker(team)
    gone.employments.update(ends_before=TODAY - timedelta(1))
    make_mail(gone)
    assert client.get(numbers).context["days"] == []


def test_somebody_with_a_role_alone_is_counted(client, numbers, team):
    make_mail(make_focal_person(team.organisation))
    assert [row.made for row in client.get(numbers).context["days"]] == [1]


def test_a_coordinator_finds_the_numbers_from_messages(client, numbers):
    assert numbers in client.get(MAILS).text


def test_numbers_of_another_organisation_do_not_exist(client, numbers):
    other = reverse("learning:mail_counts", args=[make_organisation().public_id])
    assert client.get(other).status_code == 404


def test_a_manager_sees_no_numbers(client, team, manager):
    url = reverse("learning:mail_counts", args=[team.organisation.public_id])
    assert client.get(url).status_code == 404


# By hand


def test_the_mail_is_read_first_and_nothing_is_made(client, worker, manager):
    make_assignment(worker, due_on=TODAY + timedelta(20))
    text = client.get(remind_url(worker)).text
    assert "Sam Leider" in text
    assert not Mail.objects.exists()


def test_how_far_somebody_is_stays_theirs(client, worker, manager, attempt):
    make_assignment_due_soon(attempt)
    assert attempt.public_id not in client.get(remind_url(worker)).text
    client.post(remind_url(worker))
    assert attempt.public_id in Mail.objects.get().text


def make_assignment_due_soon(attempt):
    """Nearer than the ninety days of the fixture."""
    attempt.cycle.assignment.validity.__class__.objects.update(due_on=TODAY + timedelta(10))


def test_reminding_sends_one_mail_and_is_recorded(client, worker, manager):
    make_assignment(worker, due_on=TODAY + timedelta(20))
    response = client.post(remind_url(worker))
    assert response.url == reverse("learning:person", args=[worker.public_id])
    mail = Mail.objects.get()
    assert (mail.recipient, mail.on, mail.state) == (worker, TODAY, "sent")
    assert "Sam Leider" in mail.text
    assert Reminder.objects.get().rung == "hand20260601"
    assert [message.to for message in outbox.outbox] == [[worker.email]]
    event = AuditEvent.objects.get(action="reminded_by_hand")
    assert (event.actor, event.subject_id) == (manager, worker.public_id)


def test_once_a_day(client, worker, manager):
    make_assignment(worker, due_on=TODAY + timedelta(20))
    client.post(remind_url(worker))
    client.post(remind_url(worker))
    assert Mail.objects.count() == len(outbox.outbox) == 1


def test_who_is_late_can_be_reminded_again_another_day(client, worker, manager, monkeypatch):
    make_assignment(worker, day=TODAY - timedelta(100))
    client.post(remind_url(worker))
    monkeypatch.setattr("organisations.clock.timezone.now", lambda: on(TODAY + timedelta(7)))
    client.force_login(manager)  # signed out after half an hour
    client.post(remind_url(worker))
    assert Mail.objects.count() == 2


@pytest.mark.parametrize("days", [61, 90])
def test_what_is_far_off_gets_no_reminder(client, worker, manager, days):
    make_assignment(worker, due_on=TODAY + timedelta(days))
    client.post(remind_url(worker))
    assert not Mail.objects.exists()


def test_who_is_valid_and_cannot_renew_yet_gets_no_reminder(client, worker, manager):
    covered(worker, through=TODAY + timedelta(50))
    client.post(remind_url(worker))
    assert not Mail.objects.exists()


def test_nobody_on_leave_is_reminded(client, worker, manager):
    make_assignment(worker, due_on=TODAY + timedelta(20))
    make_leave(worker, starts_on=TODAY)
    assert client.get(remind_url(worker)).status_code == 302
    client.post(remind_url(worker))
    assert not Mail.objects.exists()


def test_a_manager_elsewhere_reminds_nobody_here(client, worker, assignment):
    client.force_login(make_manager(make_team()))
    assert client.post(remind_url(worker)).status_code == 404


def test_what_another_employer_asks_is_not_in_it(client, worker):
    make_assignment(worker, due_on=TODAY + timedelta(20))
    elsewhere = make_team()
    make_employment(worker, elsewhere)
    client.force_login(make_manager(elsewhere))
    client.post(remind_url(worker))
    assert not Mail.objects.exists()


def test_the_button_is_there_when_it_can_be_used(rf, worker):
    from django.template.loader import render_to_string

    part = "learning/parts/remind_button.html"
    assert remind_url(worker) in render_to_string(part, {"person": worker, "can_remind": True})
    assert not render_to_string(part, {"person": worker, "can_remind": False}).strip()
