"""Row 11: an approved library that means ill reaches nothing, in a real browser.

The same script first runs on a page without any policy, one way at a time: what arrives from there
shows that each way works in this browser, and that it is heard here.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from modules.models import H5PVersion
from modules.packages.serving import tokens
from organisations.clock import now_of
from tests.h5p_packages import library
from tests.h5p_site import stored_version
from tests.journeys import h5p_parent
from tests.journeys.conftest import Account
from tests.journeys.h5p_ears import BARE, HOSTILE, Ears, control_address, ears

# Of these a headless browser makes nothing, even where nothing forbids them. There the test holds
# on to whether the element that would do it can be made.
QUIET = {"attribution", "manifest", "preconnect", "preconnectByMarkup", "prerender"}
QUIET |= {"preconnectLater", "speculation", "webTransport"}
AT_ONCE = 12
# Nothing was read: refused, empty, or tried without an answer.
HARMLESS = {"refused", "", "null", "tried", "asked"}
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = 'kwaad'</script></svg>"""
SignIn = Callable[[Page, str], Account]


@pytest.fixture
def listening() -> Iterator[Ears]:
    with ears() as listening:
        yield listening


@pytest.fixture
def context(browser: Browser, site: str, settings: Any) -> Iterator[BrowserContext]:
    settings.ROOT_URLCONF = "tests.journeys.h5p_parent"
    h5p_parent.caught.clear()
    context = browser.new_context(base_url=site)
    yield context
    context.close()


def hostile(listening: Ears, **content: Any) -> H5PVersion:
    script = HOSTILE.read_text(encoding="utf-8")
    main = library("H5P.Kwaad", js=script, files={"kwaad.svg": SVG})
    return stored_version(main, content={**listening.content, **content})


def test_the_ways_are_heard_where_nothing_forbids_them(
    listening: Ears, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(control_address(listening, "none"))
    ways = [way for way in page.evaluate("Kwaad.names") if way not in QUIET]
    for first in range(0, len(ways), AT_ONCE):
        some = ways[first : first + AT_ONCE]
        pages = [context.new_page() for _way in some]
        for one, way in zip(pages, some, strict=True):
            one.goto(control_address(listening, way), wait_until="commit")
        wait_until(page, partial(listening.heard.issuperset, some))
        for one in pages:
            one.close()
    assert set(ways) - listening.heard == set()
    assert len(ways) > 50


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    for _turn in range(30):
        if is_so():
            return
        page.wait_for_timeout(200)


def test_a_hostile_library_reaches_nothing(
    listening: Ears, context: BrowserContext, sign_in: SignIn
) -> None:
    version = hostile(listening)
    page = context.new_page()
    sign_in(page, "nieuw")
    page.goto(f"/h5p-proef/{version.public_id}/")
    page.evaluate("localStorage.setItem('geheim', 'van de site')")
    before = page.inner_text("body")
    wait_until(page, lambda: bool(page.evaluate("window.told.some((one) => one.hostile)")))
    page.wait_for_timeout(2500)  # what it tries at the end

    assert listening.heard == set()
    assert listening.connections == 0  # not even one without a question
    assert h5p_parent.caught == []  # nothing of the site was asked for, with or without the session
    result = page.evaluate("window.told.find((one) => one.hostile)")
    assert {name: it for name, it in result["found"].items() if it not in HARMLESS} == {}
    assert result["tried"].keys() >= set(BARE)
    assert set(result["made"].values()) <= {"false", "refused"}

    assert page.url.endswith(f"/h5p-proef/{version.public_id}/")
    assert page.title() == "Stap"
    assert page.inner_text("body") == before
    assert len(context.pages) == 1
    page.goto("/steun/")  # still signed in, as somebody who was never away
    assert page.locator("form[action*='logout']").count()


def test_what_it_forges_comes_from_the_frame_and_changes_nothing_around_it(
    listening: Ears, context: BrowserContext
) -> None:
    version = hostile(listening)
    page = context.new_page()
    page.goto(f"/h5p-proef/{version.public_id}/")
    wait_until(page, lambda: bool(page.evaluate("window.ofType('statement').length")))
    forged = page.evaluate("window.ofType('statement')[0].statement")
    assert forged["result"]["score"]["raw"] == 100  # it can lie; that is why no score is trusted
    assert page.evaluate("document.getElementById('kader').style.background") == ""
    assert page.locator("img").count() == 0


def test_its_frame_cannot_be_taken_to_a_page_of_the_site(
    listening: Ears, context: BrowserContext
) -> None:
    there = "/h5p-proef/val/weg/"
    version = hostile(listening, only=["leave"], leaveTo=there)
    page = context.new_page()
    page.goto(f"/h5p-proef/{version.public_id}/")
    wait_until(page, lambda: not page.frames[1].url.endswith("/kader/"))
    page.wait_for_timeout(500)
    assert h5p_parent.caught == []
    assert not page.frames[1].url.endswith(there)


@pytest.mark.parametrize("path", ["libraries/H5P.Kwaad-1.1/kwaad.svg", "content/content.json"])
def test_the_address_of_a_file_by_itself_is_inert(
    path: str, listening: Ears, context: BrowserContext, rf: Any
) -> None:
    version = hostile(listening)
    page = context.new_page()
    page.goto(tokens.folder_of(version.digest, at=now_of(rf.get("/"))) + path)
    assert page.title() != "kwaad"
    assert page.evaluate("self.origin") == "null"
    with pytest.raises(Exception, match="sandboxed"):
        page.evaluate("document.cookie")


def test_the_script_of_a_library_by_itself_does_nothing(
    listening: Ears, context: BrowserContext, rf: Any
) -> None:
    version = hostile(listening)
    page = context.new_page()
    folder = tokens.folder_of(version.digest, at=now_of(rf.get("/")))
    page.goto(f"{folder}libraries/H5P.Kwaad-1.1/script.js")
    assert page.evaluate("typeof window.Kwaad") == "undefined"
    assert listening.heard == set()
