"""Mails leave at most once, whatever the mail server does."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend

from learning.actions.sending import send_mails, withdraw_unsent
from learning.models import Mail
from tests.factories.learning import NOW, TODAY, make_mail
from tests.factories.organisations import make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Server(EmailBackend):
    """A mail server that fails as the test says: per address, and in answering at all."""

    faults: dict = {}
    answers = True

    def open(self):
        if not self.answers:
            raise ConnectionRefusedError("nobody there")
        return True

    def send_messages(self, messages):
        for message in messages:
            fault = self.faults.get(message.to[0])
            if fault is not None:
                raise fault
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr(Server, "faults", {})
    monkeypatch.setattr(Server, "answers", True)
    return Server


@pytest.fixture
def person(db):
    return make_user("kim@care.example")


def refused(person):
    return SMTPRecipientsRefused({person.email: (550, b"no such person")})


def state(mail):
    mail.refresh_from_db()
    return mail.state


def test_a_mail_is_sent_once(person):
    mail = make_mail(person)
    assert send_mails(at=NOW).sent == 1
    assert send_mails(at=NOW + DAY).sent == 0
    assert state(mail) == "sent"
    assert mail.sent_at == NOW
    assert len(outbox.outbox) == 1


def test_what_goes_out(person, settings):
    settings.SITE_URL = "https://opmerkzaam.example"
    mail = make_mail(person, subject="Uw training")
    send_mails(at=NOW)
    [message] = outbox.outbox
    assert (message.subject, message.to) == ("Uw training", ["kim@care.example"])
    assert message.body == mail.text
    assert message.alternatives[0].mimetype == "text/html"
    sent = message.message()
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Message-ID"] == f"<{mail.public_id}@opmerkzaam.example>"
    assert sent["From"] == settings.DEFAULT_FROM_EMAIL


def test_one_that_fails_stops_no_others(person, server):
    bad, good = make_mail(person), make_mail(make_user())
    server.faults = {person.email: refused(person)}
    done = send_mails(at=NOW)
    assert (done.sent, done.waiting) == (1, 1)
    assert (state(bad), state(good)) == ("queued", "sent")


def test_refused_three_times_and_then_given_up(person, server):
    mail = make_mail(person)
    server.faults = {person.email: refused(person)}
    assert [send_mails(at=NOW + n * timedelta(hours=1)).failed for n in range(4)] == [0, 0, 1, 0]
    assert (state(mail), mail.attempts) == ("failed", 3)


def test_refused_and_taken_the_next_time(person, server):
    mail = make_mail(person)
    server.faults = {person.email: refused(person)}
    send_mails(at=NOW)
    server.faults = {}
    assert send_mails(at=NOW).sent == 0  # at the same moment it is not tried again
    assert send_mails(at=NOW + timedelta(minutes=10)).sent == 1
    assert state(mail) == "sent"


@pytest.mark.parametrize("fault", [SMTPServerDisconnected("gone"), TimeoutError("silence")])
def test_one_that_may_have_been_taken_is_not_sent_again(person, server, fault):
    mail, other = make_mail(person), make_mail(make_user())
    server.faults = {person.email: fault}
    done = send_mails(at=NOW)
    assert (done.sent, done.uncertain) == (1, 1)
    server.faults = {}
    assert send_mails(at=NOW + DAY).sent == 0
    assert (state(mail), state(other)) == ("claimed", "sent")


def test_killed_between_claim_and_answer(person, server):
    mail = make_mail(person)
    server.faults = {person.email: KeyboardInterrupt()}
    with pytest.raises(KeyboardInterrupt):
        send_mails(at=NOW)
    server.faults = {}
    assert send_mails(at=NOW + DAY).sent == 0
    assert state(mail) == "claimed"


def test_without_a_mail_server_everything_waits(person, server):
    mail = make_mail(person)
    server.answers = False
    assert send_mails(at=NOW).sent == 0
    assert (state(mail), mail.attempts) == ("queued", 0)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_mail_of_another_day_is_not_sent(person, days):
    mail = make_mail(person, on=TODAY + days * DAY)
    assert send_mails(at=NOW).sent == 0
    assert state(mail) == "queued"


def test_what_waited_from_earlier_days_is_withdrawn_and_nothing_else(person):
    sent = make_mail(person, on=TODAY - 2 * DAY, state="sent", sent_at=NOW)
    old, fresh = make_mail(person, on=TODAY - DAY), make_mail(person)
    assert withdraw_unsent(as_of=TODAY) == 1
    assert withdraw_unsent(as_of=TODAY) == 0
    assert [state(mail) for mail in (sent, old, fresh)] == ["sent", "withdrawn", "queued"]


def test_whose_account_was_closed_meanwhile_gets_nothing(person):
    mail = make_mail(person)
    person.is_active = False
    person.save()
    assert send_mails(at=NOW).sent == 0
    assert state(mail) == "queued"


def test_an_address_that_cannot_be_read(person):
    """Refused by our own side, before the server sees it."""
    person.email = "kim@care.example\nBcc: all@care.example"
    person.save()
    mail = make_mail(person)
    assert send_mails(at=NOW).waiting == 1
    assert state(mail) == "queued"
    assert not outbox.outbox


def test_one_mail_alone(person):
    mail, other = make_mail(person), make_mail(make_user())
    assert send_mails(at=NOW, only=mail).sent == 1
    assert state(other) == "queued"


def test_nothing_to_send(db):
    assert send_mails(at=NOW).sent == 0


def test_oldest_first(person):
    make_mail(person, subject="a")
    make_mail(make_user(), subject="b")
    send_mails(at=NOW)
    assert [message.subject for message in outbox.outbox] == ["a", "b"]
    assert Mail.objects.filter(state="sent").count() == 2
