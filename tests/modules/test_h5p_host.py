"""A host of its own for files of H5P: nobody is known there, and nothing else is there."""

import pytest
from django.conf import settings as live
from django.urls import reverse

from modules.packages.serving import tokens
from modules.packages.serving.host import ASSETS, check_host
from organisations.clock import now_of
from tests.factories.organisations import make_worker
from tests.h5p_packages import QUESTION
from tests.h5p_site import stored_version

pytestmark = pytest.mark.django_db
OWN = {"HTTP_HOST": "h5p.example.org"}


@pytest.fixture
def address(rf):
    version = stored_version(QUESTION)
    return tokens.folder_of(version.digest, at=now_of(rf.get("/"))) + "content/content.json"


@pytest.fixture
def host(settings):
    settings.H5P_HOST = "https://h5p.example.org"


def test_files_stand_where_the_middleware_looks_for_them(address):
    assert address.startswith(ASSETS)


def test_by_default_the_site_has_them_itself(client, address):
    assert client.head(address).status_code == 200


def test_with_a_host_of_their_own_the_site_has_them_no_longer(client, host, address):
    assert client.head(address).status_code == 404
    response = client.head(address, **OWN)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("name", ["start", "account_login", "support", "wagtailadmin_home"])
def test_no_page_of_the_site_is_there(client, host, name):
    client.force_login(make_worker())
    response = client.get(reverse(name), **OWN)
    assert (response.status_code, response.content) == (404, b"")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_the_player_is_there_and_other_static_files_are_not(client, host):
    for path in ["modules/h5p/frame.js", "vendor/h5p/frame.bundle.js"]:
        response = client.get(live.STATIC_URL + path, **OWN)
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Origin"] == "*"  # fonts, for an opaque origin
        assert response.getvalue()
    assert client.get(live.STATIC_URL + "css/learning.css", **OWN).status_code == 404
    missing = client.get(live.STATIC_URL + "modules/h5p/niets.js", **OWN)
    assert (missing.status_code, missing.content, len(missing.cookies)) == (404, b"", 0)


def test_health_is_there_for_a_load_balancer(client, host):
    response = client.get(reverse("health"), **OWN)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("path", ["/h5p/", "/h5p/1-a/", "/h5p/x-y/z/q"])
def test_what_is_no_address_of_a_file(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert not response.cookies


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({}, []),
        ({"H5P_HOST": "https://h5p.example.org"}, []),
        ({"H5P_HOST": "h5p.example.org"}, ["opmerkzaam.E001"]),
        ({"H5P_HOST": "https://example.org/h5p"}, ["opmerkzaam.E001"]),
        ({"H5P_HOST": "https://site.example"}, ["opmerkzaam.E002"]),
        (
            {"H5P_HOST": "https://h5p.example.org", "SESSION_COOKIE_DOMAIN": "example.org"},
            ["opmerkzaam.E003"],
        ),
    ],
)
def test_a_host_that_does_not_do_what_it_is_for(settings, changes, problems):
    settings.SITE_URL = "https://site.example"
    for name, value in changes.items():
        setattr(settings, name, value)
    assert [problem.id for problem in check_host()] == problems
