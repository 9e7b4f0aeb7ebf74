"""Production refuses what is unsafe; every page carries the headers that defend the browser."""

import os
import subprocess
import sys

import pytest
from csp.constants import SELF
from django.conf import settings
from django.test import Client

from scripts.lint import DEPLOY_CHECK, PRODUCTION

NEEDED = ["SECRET_KEY", "ALLOWED_HOSTS", "OPMERKZAAM_PSEUDONYM_KEY"]
DOORS = {
    "/admin/login/": "/account/login/",
    "/admin/logout/": "/account/logout/",
    "/admin/password_reset/": "/account/password/reset/",
}


def production(*command: str, **changes: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    environment = {**kept, **PRODUCTION, **changes}
    return subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_have_no_warning() -> None:
    outcome = production(*DEPLOY_CHECK)
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize("name", NEEDED)
def test_production_does_not_start_without(name: str) -> None:
    outcome = production(sys.executable, "manage.py", "check", **{name: ""})
    assert outcome.returncode != 0
    assert name in outcome.stderr


def test_production_has_no_debugging_and_asks_for_a_second_factor() -> None:
    script = (
        "from config.settings import production as p;"
        "print(p.DEBUG, p.MFA_REQUIRED, p.SESSION_COOKIE_SECURE, p.ALLAUTH_TRUSTED_PROXY_COUNT)"
    )
    outcome = production(sys.executable, "-c", script)
    assert outcome.stdout.split() == ["False", "True", "True", "0"]


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_there_is_one_door(client: Client, door: str) -> None:
    """Wagtail's own sign-in knows no second factor and no rate limit."""
    for response in [client.get(door), client.post(door, {"username": "x", "password": "y"})]:
        assert response.status_code == 302
        assert response["Location"].startswith(DOORS[door])


@pytest.mark.django_db
def test_wagtail_admin_sends_visitors_to_the_one_door(client: Client) -> None:
    response = client.get("/admin/pages/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/account/login/")


@pytest.mark.django_db
def test_a_page_carries_the_headers_that_defend_the_browser(client: Client) -> None:
    headers = client.get("/account/login/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = dict(
        directive.strip().partition(" ")[::2]
        for directive in headers["Content-Security-Policy"].split(";")
    )
    for directive in ["default-src", "script-src", "style-src", "form-action", "connect-src"]:
        assert policy[directive] == SELF, directive
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_nothing_is_asked_of_other_sites() -> None:
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
