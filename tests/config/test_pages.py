"""Pages that belong to no app, in both languages, and what guards the way in."""

import json
import re
from base64 import b32decode
from datetime import date
from hashlib import sha1
from hmac import digest
from http import HTTPStatus
from time import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client

from config import context, views
from organisations.models import DemoSite, User
from tests.factories.organisations import PASSWORD, make_researcher, make_user, make_worker

OPEN_PAGES = ["/steun/", "/privacy/", "/toegankelijkheid/", "/account/login/"]


@pytest.fixture
def person(db: None) -> User:
    return make_worker()


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def demo(db: None) -> Any:
    DemoSite.objects.create(seed=1, made_on=date(2026, 1, 1))
    context._marked_as_demo.cache_clear()
    yield
    context._marked_as_demo.cache_clear()


def text_of(response: Any) -> str:
    content: str = response.content.decode()
    return content


# Pages


@pytest.mark.django_db
@pytest.mark.parametrize("path", OPEN_PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_open_page_is_in_the_language_asked_for(client: Client, path: str, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(path)
    assert response.status_code == HTTPStatus.OK
    assert f'<html lang="{language}">' in text_of(response)
    assert text_of(response).count("<h1") == 1


@pytest.mark.django_db
def test_support_names_the_numbers_and_that_they_are_unchecked(client: Client) -> None:
    text = text_of(client.get("/steun/"))
    assert 'href="tel:112"' in text
    assert 'href="tel:08002000"' in text
    assert "concept" in text


def test_quick_exit_is_a_plain_link_that_tells_nobody_where_from() -> None:
    text = render_to_string("components/quick_exit.html")
    assert 'href="https://www.rijksoverheid.nl/"' in text
    assert 'rel="noreferrer"' in text


@pytest.mark.django_db
def test_health_says_that_the_database_answers(client: Client) -> None:
    assert client.get("/gezond/").json() == {"status": "ok", "version": settings.VERSION}


# Language


def test_language_is_remembered_with_the_person(signed_in: Client, person: User) -> None:
    response = signed_in.post("/taal/", {"language": "en", "next": "/privacy/"})
    person.refresh_from_db()
    assert (response["Location"], person.language) == ("/privacy/", "en")
    assert '<html lang="en">' in text_of(signed_in.get("/privacy/"))


@pytest.mark.django_db
def test_language_is_remembered_in_the_browser_before_signing_in(client: Client) -> None:
    client.post("/taal/", {"language": "en"})
    assert '<html lang="en">' in text_of(client.get("/account/login/"))


@pytest.mark.django_db
def test_unknown_language_becomes_dutch(client: Client) -> None:
    client.post("/taal/", {"language": "../xx"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "nl"


@pytest.mark.django_db
@pytest.mark.parametrize("after", ["//elsewhere.example", "https://elsewhere.example/", "\\\\x"])
def test_language_never_leads_elsewhere(client: Client, after: str) -> None:
    assert client.post("/taal/", {"language": "nl", "next": after})["Location"] == "/"


# One door


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "door"),
    [
        ("/admin/login/?next=/admin/pages/", "/account/login/?next=/admin/pages/"),
        ("/admin/logout/", "/account/logout/"),
        ("/admin/password_reset/", "/account/password/reset/"),
    ],
)
def test_wagtails_own_doors_lead_to_ours(client: Client, path: str, door: str) -> None:
    for response in [client.get(path), client.post(path, {"username": "x", "password": "y"})]:
        assert response.status_code == HTTPStatus.FOUND
        assert response["Location"] == door


def test_wagtails_sign_in_is_not_there_for_who_is_signed_in(signed_in: Client) -> None:
    assert signed_in.get("/admin/login/").status_code == HTTPStatus.NOT_FOUND


def test_nobody_signs_up_or_changes_their_address(signed_in: Client, client: Client) -> None:
    assert signed_in.post("/account/email/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    signed_in.get("/account/email/")
    assert not EmailAddress.objects.exists()
    signed_in.logout()
    form = {"email": "new@care.example", "password1": PASSWORD}
    assert "organisatie" in text_of(client.post("/account/signup/", form))
    assert not User.objects.filter(email="new@care.example").exists()


@pytest.mark.django_db
def test_wrong_password_is_told_in_plain_dutch(client: Client) -> None:
    person = make_user()
    answer = client.post("/account/login/", {"login": person.email, "password": "not it at all"})
    assert "Het e-mailadres of het wachtwoord klopt niet." in text_of(answer)


@pytest.mark.parametrize(
    ("password", "answer"),
    [
        ("kort", "Dit wachtwoord is te kort. Gebruik minstens 12 tekens."),
        ("qwerty123456", "Dit wachtwoord gebruiken te veel mensen. Kies een ander."),
        ("839201748301", "Dit wachtwoord heeft alleen cijfers. Gebruik ook letters."),
        ("{email}", "Dit wachtwoord lijkt te veel op uw gegevens (e-mailadres)."),
    ],
)
def test_weak_password_is_told_in_plain_dutch(
    signed_in: Client, person: User, password: str, answer: str
) -> None:
    weak = password.format(email=person.email)
    form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    text = text_of(signed_in.post("/account/password/change/", form))
    assert answer in text
    assert "password is" not in text


def test_rules_for_a_password_are_told_in_dutch(signed_in: Client) -> None:
    text = text_of(signed_in.get("/account/password/change/"))
    assert "Uw wachtwoord moet minstens 12 tekens lang zijn." in text
    assert "Uw wachtwoord mag geen veelgebruikt wachtwoord zijn." in text
    assert "Your password" not in text


@pytest.mark.django_db
def test_new_password_by_mail(client: Client) -> None:
    person = make_user()
    client.post("/account/password/reset/", {"email": person.email})
    [message] = mail.outbox
    assert "Kies uw wachtwoord" in message.subject
    link = re.search(r"https?://testserver(\S+)", message.body)
    assert link is not None
    page = client.get(link[1], follow=True)
    address = page.request["PATH_INFO"]
    form = {"password1": "another long secret", "password2": "another long secret"}
    assert "opgeslagen" in text_of(client.post(address, form, follow=True))
    assert client.login(email=person.email, password="another long secret")
    assert "werkt niet meer" in text_of(Client().get(link[1], follow=True))


def code_now(secret: str) -> str:
    """The six digits of RFC 6238, reckoned apart from the library."""
    counter = int(time() // 30).to_bytes(8)
    hashed = digest(b32decode(secret), counter, sha1)
    at = hashed[-1] & 15
    return f"{(int.from_bytes(hashed[at : at + 4]) & 0x7FFFFFFF) % 10**6:06}"


@pytest.mark.django_db
def test_second_step_can_be_set_up_by_who_needs_it(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    person = make_researcher()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    asked = client.get("/studies/", follow=True)
    address = f"{asked.request['PATH_INFO']}?{asked.request['QUERY_STRING']}"
    assert "Bent u het?" in text_of(asked)
    page = client.post(address, {"password": PASSWORD}, follow=True)
    assert page.request["PATH_INFO"] == "/account/tweestaps/totp/activate/"
    secret = page.context["form"].secret
    client.post("/account/tweestaps/totp/activate/", {"code": code_now(secret)})
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    for path in ["/account/tweestaps/", "/account/tweestaps/recovery-codes/"]:
        assert client.get(path).status_code == HTTPStatus.OK


# The demo


def test_accounts_are_shown_on_the_demo_alone(client: Client, demo: None) -> None:
    text = text_of(client.get("/account/login/"))
    assert "nieuw@demo.example" in text
    assert "Voorbeeldgegevens" in text


@pytest.mark.django_db
def test_no_accounts_are_shown_elsewhere(client: Client) -> None:
    text = text_of(client.get("/account/login/"))
    assert "demo.example" not in text
    assert "Voorbeeldgegevens" not in text


# Errors


@pytest.mark.django_db
def test_unknown_page_is_told_in_words(client: Client) -> None:
    response = client.get("/bestaat/niet/")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "Deze pagina is er niet" in text_of(response)


@pytest.mark.django_db
def test_form_without_its_token_is_told_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/taal/", {"language": "en"})
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "Deze pagina stond te lang open" in text_of(response)


@pytest.mark.django_db
def test_ten_megabytes_in_a_field_are_refused_in_words(client: Client) -> None:
    response = client.post("/taal/", {"language": "x" * 10_000_000})
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "We konden dit niet lezen" in text_of(response)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "U deed dit te vaak achter elkaar"), ("en", "You did this too often in a row")],
)
def test_too_often_in_a_row_is_told_in_words(
    client: Client, settings: Any, language: str, words: str
) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    form = {"email": "somebody@care.example"}
    assert client.post("/account/password/reset/", form).status_code == HTTPStatus.FOUND
    response = client.post("/account/password/reset/", form)
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert text_of(response).count(words) == 2  # in the title and above the text
    assert 'class="site-header' in text_of(response)


def test_page_for_our_own_faults_needs_no_database() -> None:
    """Without the `db` fixture any query raises."""
    response = views.broken(HttpRequest())
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Er ging iets mis bij ons" in text_of(response)


# What the browser's scripts rely on


@pytest.mark.django_db
def test_script_is_told_where_to_go(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"
    form = {"language": "en", "next": "/privacy/"}
    answer = client.post("/taal/", form, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == HTTPStatus.NO_CONTENT
    assert answer["X-Location"] == "/privacy/"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_rules_of_plotly_are_of_the_version_that_draws() -> None:
    """A newer plotly.js may bring other rules: make static/css/plotly.css anew."""
    packages = json.loads((settings.BASE_DIR / "package.json").read_text())
    version = packages["dependencies"]["plotly.js-basic-dist-min"]
    head = (settings.BASE_DIR / "static/css/plotly.css").read_text().splitlines()[0]
    assert f"plotly.js {version} " in head
