"""An activity in its frame, in a real browser: what it tells the page around it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Request

from modules.models import H5PVersion
from tests.h5p_packages import QUESTION, library, question
from tests.h5p_site import stored_version
from tests.journeys.conftest import OpenPage

LINK = """window.Voorbeeld = window.Voorbeeld || {};
window.Voorbeeld.Link = function () {
  this.attach = function ($container) {
    $container.html('<p>Meer <a href="https://example.org/lezen?a=1">over signalen</a></p>');
  };
};"""
Told = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def pages(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.journeys.h5p_parent"


@pytest.fixture
def page(site: str, open_page: OpenPage) -> Page:
    return open_page("desktop")


def show(page: Page, version: H5PVersion, base: str = "") -> FrameLocator:
    page.goto(f"{base}/h5p-proef/{version.public_id}/")
    until(page, lambda: bool(told(page, "ready") or told(page, "failed")))
    return page.frame_locator("#kader")


def told(page: Page, kind: str) -> Told:
    found: Told = page.evaluate("(kind) => window.ofType(kind)", kind)
    return found


def until(page: Page, is_so: Callable[[], bool]) -> None:
    for _turn in range(60):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come")


def verbs(page: Page) -> list[str]:
    return [one["statement"]["verb"]["id"].rpartition("/")[2] for one in told(page, "statement")]


def answer(frame: FrameLocator) -> None:
    frame.get_by_role("radio").first.check()
    frame.get_by_role("button", name="Klaar").click()


def test_it_tells_what_was_done_and_with_which_report(page: Page) -> None:
    frame = show(page, stored_version(QUESTION))
    assert verbs(page) == ["attempted"]  # from the beginning: nothing is told before we listen
    answer(frame)
    until(page, lambda: "answered" in verbs(page))
    last = told(page, "statement")[-1]
    assert last["statement"]["result"]["score"]["raw"] == 1
    assert last["report"]["statement"]["result"]["score"]["raw"] == 1
    assert last["touched"] is True
    until(page, lambda: bool(told(page, "state")))
    assert told(page, "state")[-1]["touched"] is True  # also after the statement that decides


def test_it_goes_on_where_somebody_was_and_what_it_tells_again_is_known_as_such(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = stored_version(QUESTION, content=question("?", "ja", "nee", tellAgain=True))
    answer(show(page, version))
    until(page, lambda: bool(told(page, "state")))
    state = told(page, "state")[-1]["state"]
    monkeypatch.setattr("tests.journeys.h5p_parent.kept", {version.public_id: state})
    frame = show(page, version)
    assert frame.get_by_role("radio").first.is_checked()

    def again() -> list[bool]:
        ended = [one for one in told(page, "statement") if "result" in one["statement"]]
        return [one["touched"] for one in ended]

    until(page, lambda: bool(again()))
    assert again() == [False]


def test_the_page_around_it_may_ask_for_the_state(page: Page) -> None:
    frame = show(page, stored_version(QUESTION))
    frame.get_by_role("radio").nth(1).check()
    page.evaluate(
        "document.getElementById('kader').contentWindow.postMessage({h5p: 1, type: 'save'}, '*')"
    )
    until(page, lambda: bool(told(page, "state")))
    assert '"chosen":1' in told(page, "state")[-1]["state"]


def test_the_keyboard_comes_in_and_goes_out_again(page: Page) -> None:
    show(page, stored_version(QUESTION))
    page.locator("#voor").focus()
    inside = []
    for _turn in range(6):
        page.keyboard.press("Tab")
        inside.append(page.evaluate("document.activeElement.id"))
    assert inside[0] == "kader"
    assert "na" in inside
    page.locator("#na").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "kader"


def test_it_fits_a_small_screen_and_tells_its_height(open_page: OpenPage) -> None:
    page = open_page("phone")
    page.set_viewport_size({"width": 320, "height": 640})
    show(page, stored_version(QUESTION))
    until(page, lambda: bool(told(page, "size")))
    inner = page.frames[1]
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert inner.evaluate(wide) == 0
    assert inner.evaluate("document.documentElement.scrollHeight") <= page.evaluate(
        "document.getElementById('kader').clientHeight"
    )


def test_a_link_elsewhere_shows_its_address_and_leaves_the_activity_there(page: Page) -> None:
    frame = show(page, stored_version(library("Voorbeeld.Link", js=LINK)))
    frame.get_by_role("link").click()
    shown = frame.get_by_role("status")
    shown.get_by_text("https://example.org/lezen?a=1").wait_for()
    assert page.frames[1].url.endswith("/kader/")


def test_what_cannot_begin_says_so(browser: Browser, site: str) -> None:
    with browser.new_context(base_url=site) as context:  # one in which a complaint may be left
        page = context.new_page()
        show(page, stored_version(library("Voorbeeld.Stuk", js="window.niets = 1;")))
        assert told(page, "failed") == [{"h5p": 1, "type": "failed", "reason": "start"}]


@pytest.fixture
def elsewhere(browser: Browser, site: str, settings: Any) -> Iterator[Page]:
    """The same server by another name is another host to a browser."""
    settings.H5P_HOST = site.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=site)
    yield context.new_page()
    context.close()


def test_files_from_a_host_of_their_own_come_without_a_cookie(
    elsewhere: Page, site: str, sign_in: Callable[[Page, str], Any]
) -> None:
    sign_in(elsewhere, "nieuw")
    asked: list[Request] = []
    elsewhere.on("request", lambda request: asked.append(request))  # noqa: PLW0108  # the types
    answer(show(elsewhere, stored_version(QUESTION)))
    until(elsewhere, lambda: "answered" in verbs(elsewhere))
    kept = [one for one in asked if "favicon" not in one.url]  # of the page before
    files = [one for one in kept if "/h5p/" in one.url or "/static/" in one.url]
    assert files
    there = site.replace("127.0.0.1", "localhost")
    assert [one.url for one in files if not one.url.startswith(there)] == []
    assert not [one.url for one in files if "cookie" in one.all_headers()]
