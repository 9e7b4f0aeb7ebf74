"""Before anybody has signed in."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import OpenPage, Screen


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_everybody_is_met_by_the_sign_in_page(open_page: OpenPage, screen: Screen) -> None:
    page = open_page(screen)
    page.goto("/")
    expect(page).to_have_url("/account/login/?next=/")
    expect(page.locator("#id_login")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    assert_accessible(page)


def test_the_sign_in_page_stands_without_javascript(phone_without_javascript: Page) -> None:
    phone_without_javascript.goto("/account/login/")
    expect(phone_without_javascript.locator("#id_password")).to_be_visible()
