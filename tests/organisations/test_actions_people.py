"""Making accounts and letting people sign in."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from organisations import actions, errors
from organisations.models import (
    AuditEvent,
    Employment,
    Organisation,
    User,
)
from tests.factories import (
    make_organisation,
    make_team,
    make_user,
    make_worker,
)
from tests.organisations.moment import AT, FAR, TODAY, trail

pytestmark = pytest.mark.django_db


def add(by: User, organisation: Organisation | None, email: str = "sam@care.example") -> User:
    return actions.add_person(
        email=email, first_name="Sam", last_name="Smit", organisation=organisation, by=by, at=AT
    )


def test_person_gets_an_account_without_a_password(by: User) -> None:
    person = add(by, make_organisation(), " Sam@Care.Example ")
    assert person.email == "sam@care.example"
    assert not person.has_usable_password()
    assert trail() == ["person_added"]
    assert "sam" not in str(AuditEvent.objects.get().detail)


def test_address_of_somebody_here_and_of_somebody_elsewhere(by: User) -> None:
    team = make_team()
    make_worker(team, email="here@care.example")
    make_worker(email="elsewhere@care.example")
    with pytest.raises(errors.AddressInUse):
        add(by, team.organisation, "HERE@care.example")
    with pytest.raises(errors.AddressInUseElsewhere) as told:
        add(by, team.organisation, "elsewhere@care.example")
    assert "organisation" not in str(told.value)


def test_person_and_work_are_added_together_or_not_at_all(by: User) -> None:
    team = make_team()
    facts: dict[str, Any] = {
        "email": "sam@care.example",
        "first_name": "Sam",
        "last_name": "Smit",
        "language": "nl",
        "organisation": team.organisation,
        "team": team,
        "job_function": "residential",
        "hours_per_week": 32,
        "by": by,
        "at": AT,
    }
    with pytest.raises(errors.TooFarAway):
        actions.add_worker(**facts, starts_on=FAR)
    assert not User.objects.filter(email="sam@care.example").exists()
    for _press in range(2):
        actions.add_worker(**facts, starts_on=TODAY)
    assert Employment.objects.count() == 1
    assert trail() == ["person_added", "employment_started"]


def change(user: User, by: User, **facts: Any) -> User:
    now = {f: getattr(user, f) for f in ("email", "first_name", "last_name", "language")}
    return actions.change_person(user=user, by=by, at=AT, **(now | facts))


def test_address_can_be_corrected_until_the_first_sign_in(by: User) -> None:
    person = add(by, make_organisation())
    assert change(person, by, email="samira@care.example").email == "samira@care.example"
    person.refresh_from_db()
    person.set_password("a long enough secret")
    person.save()
    with pytest.raises(errors.AddressIsFixed):
        change(person, by, email="thief@care.example")
    assert change(person, by, last_name="Smits").last_name == "Smits"


def test_address_of_an_account_that_reaches_further_is_not_changed(by: User) -> None:
    person = add(by, make_organisation())
    with pytest.raises(errors.AddressIsFixed):
        change(person, by, email="thief@care.example", is_own_account=False)


def test_address_is_not_changed_to_one_in_use(by: User) -> None:
    organisation = make_organisation()
    person = add(by, organisation)
    make_worker(email="elsewhere@care.example")
    with pytest.raises(errors.AddressInUseElsewhere):
        change(person, by, email="elsewhere@care.example", organisation=organisation)


def send(person: User, by: User, at: datetime = AT) -> None:
    actions.send_sign_in_link(
        user=person, to_absolute=lambda path: f"https://site.example{path}", by=by, at=at
    )


def test_link_is_sent_in_the_language_of_the_person_and_once_a_minute(by: User) -> None:
    person = add(by, None)
    send(person, by)
    send(person, by, AT + timedelta(seconds=20))
    assert [message.to for message in mail.outbox] == [["sam@care.example"]]
    assert "https://site.example/account/" in str(mail.outbox[0].body)
    assert "\n" not in mail.outbox[0].subject
    send(person, by, AT + timedelta(minutes=2))
    assert len(mail.outbox) == 2
    assert trail().count("sign_in_link_sent") == 2


def test_name_stands_in_the_mail_as_it_is(by: User) -> None:
    person = change(add(by, None), by, first_name="D'Arcy & <b>")
    send(person, by)
    assert "D'Arcy & <b>" in str(mail.outbox[0].body)


def test_closed_account_gets_no_mail(by: User) -> None:
    with pytest.raises(errors.AccountIsClosed):
        send(make_user(is_active=False), by)


def test_mail_that_fails_is_told_and_not_on_record(
    by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("organisations.actions.people.send_mail", broken)
    with pytest.raises(errors.MailNotSent):
        send(add(by, None), by)
    assert "sign_in_link_sent" not in trail()
