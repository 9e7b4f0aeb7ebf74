"""What holds on every request: language, idle time, the second factor, and forms that are kept."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.models import Role
from tests.factories.organisations import (
    make_administrator,
    make_coordinator,
    make_editor,
    make_focal_person,
    make_grant,
    make_manager,
    make_organisation,
    make_researcher,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db
SUPPORT = "/steun/"


def privileged():
    organisation = make_organisation()
    return [
        make_administrator(),
        make_coordinator(organisation),
        make_editor(),
        make_focal_person(organisation),
        make_manager(make_team(organisation)),
        make_researcher(),
    ]


def idle_for(client, seconds):
    session = client.session
    session["seen"] = session["seen"] - seconds
    session.save()


def test_dutch_unless_asked_otherwise(client):
    assert (
        client.get(SUPPORT, headers={"accept-language": "en"}).headers["Content-Language"] == "nl"
    )
    client.post(reverse("set_language"), {"language": "en"})
    assert client.get(SUPPORT).headers["Content-Language"] == "en"


def test_a_persons_language_goes_with_them(client):
    user = make_worker()
    client.force_login(user)
    client.post(reverse("set_language"), {"language": "en"})
    other = Client()
    other.force_login(user)
    assert other.get(SUPPORT).headers["Content-Language"] == "en"


@pytest.mark.parametrize("after", ["//elsewhere.example/", "https://elsewhere.example", "/\\x"])
def test_language_never_leads_elsewhere(client, after):
    response = client.post(reverse("set_language"), {"language": "en", "next": after})
    assert "elsewhere" not in response.headers["Location"]


def test_privileged_roles_need_a_second_factor(client, settings):
    settings.MFA_REQUIRED = True
    for person in privileged():
        client.force_login(person)
        response = client.get(SUPPORT)
        assert response.headers.get("Location") == reverse("mfa_activate_totp"), person


def test_with_a_second_factor_the_site_is_open(client, settings):
    settings.MFA_REQUIRED = True
    person = make_researcher()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(person)
    assert client.get(SUPPORT).status_code == 200


def test_workers_need_none(client, settings):
    settings.MFA_REQUIRED = True
    client.force_login(make_worker())
    assert client.get(SUPPORT).status_code == 200


def test_half_an_hour_idle_signs_a_privileged_person_out(client):
    client.force_login(make_researcher())
    client.get(SUPPORT)
    idle_for(client, 29 * 60)
    assert client.get(SUPPORT).status_code == 200
    idle_for(client, 31 * 60)
    response = client.get(SUPPORT)
    assert response.headers["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_a_form_sent_after_idling_is_given_back_to_its_owner_alone(client):
    organisation = make_organisation()
    owner, other = make_coordinator(organisation), make_coordinator(organisation)
    url = reverse("organisations:add_team", args=[organisation.public_id])
    for back, expected in [(owner, True), (other, False)]:
        client.force_login(owner)
        client.get(SUPPORT)
        idle_for(client, 31 * 60)
        assert client.post(url, {"name": "De Populier"}).status_code == 302
        client.force_login(back)
        assert ("De Populier" in client.get(url).content.decode()) is expected
    assert not organisation.teams.exists()


def test_a_form_sent_after_the_session_expired_is_given_back_to_its_owner_alone(client):
    organisation = make_organisation()
    owner, other = make_coordinator(organisation), make_coordinator(organisation)
    url = reverse("organisations:add_team", args=[organisation.public_id])
    for back, expected in [(owner, True), (other, False)]:
        client.force_login(owner)
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
        assert client.post(url, {"name": "De Populier"}).status_code == 302
        client.force_login(back)
        assert ("De Populier" in client.get(url).content.decode()) is expected
    assert not organisation.teams.exists()


def test_a_form_too_large_to_keep_is_told(client):
    organisation = make_organisation()
    url = reverse("organisations:add_team", args=[organisation.public_id])
    response = client.post(url, {"name": "x" * 60_000}, follow=True)
    assert "niet bewaard" in response.content.decode()


def test_a_password_is_never_kept(client):
    client.force_login(make_researcher())
    client.get(SUPPORT)
    idle_for(client, 31 * 60)
    form = {"oldpassword": "geheim-oud", "password1": "geheim-nieuw", "password2": "geheim-nieuw"}
    client.post(reverse("account_change_password"), form)
    assert "geheim" not in str(dict(client.session))


def test_an_editor_is_told_that_a_form_was_not_kept(client):
    client.force_login(make_editor())
    client.get(SUPPORT)
    idle_for(client, 31 * 60)
    response = client.post("/admin/account/", {"name": "x"}, follow=True)
    assert "niet bewaard" in response.content.decode()


def test_coming_back_keeps_the_whole_address(client):
    client.force_login(make_researcher())
    client.get(SUPPORT)
    idle_for(client, 31 * 60)
    response = client.get(f"{SUPPORT}?indicator=reports&x=1")
    assert "next=%2Fsteun%2F%3Findicator%3Dreports%26x%3D1" in response.headers["Location"]


def test_an_open_tab_of_the_editor_is_no_activity(client):
    client.force_login(make_editor())
    client.get(SUPPORT)
    idle_for(client, 20 * 60)
    client.post("/admin/editing-sessions/ping/wagtailcore/page/1/1/")
    idle_for(client, 11 * 60)
    assert client.get(SUPPORT).status_code == 302


def test_head_is_answered_as_get_is(client):
    for url in ["/gezond/", SUPPORT, "/account/login/"]:
        assert client.head(url).status_code == 200


def test_a_role_that_ended_opens_nothing(client):
    user = make_user()
    grant = make_grant(Role.RESEARCHER, user)
    client.force_login(user)
    assert client.get(reverse("analytics:studies")).status_code == 200
    type(grant).objects.filter(pk=grant.pk).update(ends_before="2021-01-01")
    assert client.get(reverse("analytics:studies")).status_code == 404
