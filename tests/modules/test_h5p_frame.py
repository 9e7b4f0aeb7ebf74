"""The page in the frame: what the browser is told it may do, and what the player is told."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.http import Http404, HttpResponse
from django.utils import translation

from modules.packages.serving import tokens
from modules.packages.serving.frame import NotPlayable, frame_page, let_frame
from modules.rules.h5p.found import LibraryRef
from tests.factories.h5p import approve
from tests.factories.learning import NOW
from tests.h5p_packages import CONTAINER, QUESTION, library
from tests.h5p_site import stored_version

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


def frame(rf, version, **facts):
    return frame_page(rf.get("/kader/"), version=version, at=AT, **facts)


def policy_of(response):
    told = response.headers["Content-Security-Policy"].split("; ")
    return {name: values for name, *values in (directive.split() for directive in told)}


def settings_of(response):
    found = re.search(r'<script id="h5p-settings"[^>]*>(.*?)</script>', response.content.decode())
    return json.loads(found[1])


def files_of(version):
    return "http://testserver" + tokens.folder_of(version.digest, at=AT)


def test_the_origin_is_nobodys_and_nothing_loads_but_the_player_and_this_version(rf):
    version = stored_version(QUESTION)
    policy, files = policy_of(frame(rf, version)), files_of(version)
    assert policy["sandbox"] == ["allow-scripts"]
    assert policy["default-src"] == ["'none'"]
    assert policy["connect-src"] == [files]
    own = "http://testserver/static/modules/h5p"
    core = "http://testserver/static/vendor/h5p/frame.bundle.js"
    assert policy["script-src"] == [
        f"{own}/closed.js",
        f"{own}/frame.js",
        core,
        f"{files}libraries/",
    ]
    closed = ["frame-src", "worker-src", "object-src", "form-action", "base-uri"]
    assert all(policy[name] == ["'none'"] for name in closed)
    assert policy["frame-ancestors"] == ["'self'"]
    assert policy["require-trusted-types-for"] == ["'script'"]
    loose = {"*", "'unsafe-eval'", "http:", "https:"}
    assert not [name for name, values in policy.items() if loose & set(values)]
    assert [name for name, values in policy.items() if "'unsafe-inline'" in values] == ["style-src"]
    assert [name for name, values in policy.items() if "'self'" in values] == ["frame-ancestors"]


def test_it_is_there_in_a_frame_only(rf):
    version = stored_version(QUESTION)
    opened = rf.get("/kader/", headers={"Sec-Fetch-Dest": "document"})
    with pytest.raises(Http404):
        frame_page(opened, version=version, at=AT)
    framed = rf.get("/kader/", headers={"Sec-Fetch-Dest": "iframe"})
    assert frame_page(framed, version=version, at=AT).status_code == 200


def test_no_connection_is_made_to_another_host(rf):
    headers = frame(rf, stored_version(QUESTION)).headers
    assert headers["Connection-Allowlist"] == '("http://testserver")'
    assert headers["X-DNS-Prefetch-Control"] == "off"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "private, no-store"


def test_scripts_stand_in_the_order_in_which_they_need_each_other(rf):
    version = stored_version(CONTAINER)
    text = frame(rf, version).content.decode()
    addresses = re.findall(r'<script src="([^"]+)"', text)
    assert [address.rpartition("/")[2] for address in addresses[:3]] == [
        "closed.js",
        "frame.js",
        "frame.bundle.js",
    ]
    folders = [LibraryRef.folder.fget(row.ref) for row in version.libraries.all()]
    loaded = [re.search(r"libraries/([^/]+)/", address)[1] for address in addresses[3:]]
    assert set(loaded) == set(folders)
    assert loaded.index("Voorbeeld.Basis-1.1") < loaded.index("Voorbeeld.Vraag-1.2")
    assert loaded.index("Voorbeeld.Vraag-1.2") < loaded.index("Voorbeeld.Reeks-1.3")
    assert "<link" not in text  # closed.js says why
    assert not re.findall(r"<script(?![^>]* src=)(?![^>]*application/json)", text)


def test_what_the_player_is_told(rf):
    version = stored_version(QUESTION)
    told = settings_of(frame(rf, version, state='{"antwoord": 1}'))
    assert told["content"] == files_of(version) + "content/content.json"
    integration = told["integration"]
    assert integration["urlLibraries"] == files_of(version) + "libraries"
    assert integration["saveFreq"]  # without it no state is restored
    content = integration["contents"]["cid-1"]
    assert content["library"] == "Voorbeeld.Vraag 1.2"
    assert content["contentUserData"] == [{"state": '{"antwoord": 1}'}]
    assert [address.rpartition("/")[2] for address in told["styles"][:2]] == [
        "h5p.css",
        "frame.css",
    ]


def test_a_minor_version_of_zero_is_named_in_full(rf):
    version = stored_version(library("Voorbeeld.Nul", minor=0, js="1"))
    told = settings_of(frame(rf, version))
    assert told["integration"]["contents"]["cid-1"]["library"] == "Voorbeeld.Nul 1.0"


def test_without_a_state_none_is_given(rf):
    told = settings_of(frame(rf, stored_version(QUESTION)))
    assert told["integration"]["contents"]["cid-1"]["contentUserData"] == []


def test_markup_in_titles_and_state_stays_text(rf):
    version = stored_version(QUESTION, title="</title><script>alert(1)</script>")
    text = frame(rf, version, state='"</script><script>alert(2)</script>"').content.decode()
    assert "<script>alert" not in text
    assert settings_of(frame(rf, version, state='"</script>"'))


@pytest.mark.parametrize(
    ("description", "language"),
    [
        ({"language": "en"}, "en"),
        ({"defaultLanguage": "nl", "language": "und"}, "nl"),
        ({}, "nl"),
        ({"language": '"><b'}, "nl"),
        ({"language": "und"}, "nl"),
        ({"language": 7}, "nl"),
    ],
)
def test_it_is_spoken_in_its_own_language(rf, description, language):
    version = stored_version(QUESTION, description=description)
    assert f'<html class="h5p-iframe" lang="{language}">' in frame(rf, version).content.decode()


def test_words_of_the_player_follow_the_reader(rf):
    version = stored_version(QUESTION)
    with translation.override("en"):
        assert settings_of(frame(rf, version))["integration"]["l10n"]["H5P"]["close"] == "Close"


def test_nothing_of_the_person_goes_in(rf, client):
    request = rf.get("/kader/")
    request.META["CSRF_COOKIE"] = "geheim-van-de-sessie"
    response = frame_page(request, version=stored_version(QUESTION), at=AT)
    assert "geheim-van-de-sessie" not in response.content.decode()
    assert not response.cookies


def test_what_is_not_approved_does_not_play(rf):
    version = stored_version(QUESTION, approved=False)
    with pytest.raises(NotPlayable):
        frame(rf, version)
    for row in version.libraries.all():
        approve(row, NOW)
    assert frame(rf, version).status_code == 200


def test_more_libraries_cost_no_more_queries(rf, django_assert_num_queries):
    for main in [library("Voorbeeld.Een", js="1"), CONTAINER]:
        version = stored_version(main)
        with django_assert_num_queries(2):
            frame(rf, version)


def test_the_page_around_it_may_show_that_frame_alone(rf):
    response = HttpResponse()
    let_frame(rf.get("/stap/"), response, "/leren/abc/stap/1/kader/")
    assert response._csp_replace == {"frame-src": ["http://testserver/leren/abc/stap/1/kader/"]}


def test_files_come_from_the_host_of_their_own(rf, settings):
    settings.H5P_HOST = "https://h5p.example.org"
    version = stored_version(QUESTION)
    response = frame(rf, version)
    assert response.headers["Connection-Allowlist"] == '("https://h5p.example.org")'
    assert "http://testserver" not in response.content.decode()
    assert "http://testserver" not in response.headers["Content-Security-Policy"]
