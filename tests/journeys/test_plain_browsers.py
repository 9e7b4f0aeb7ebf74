"""The same training without script, and on a very narrow screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import (
    SignIn,
    arrive,
    begin_the_conversation,
    decide,
    press,
    rate,
    read_on,
)


def test_a_worker_learns_without_javascript(
    phone_without_javascript: Page, sign_in: SignIn
) -> None:
    page = phone_without_javascript
    sign_in(page, "herhaling")
    press(page, "Beginnen")
    rate(page, recognising=5, acting=5)
    press(page, "Volgende stap")
    decide(page, "Gaat het over jou?")
    expect(page.get_by_text("De keukendeur valt dicht.")).to_be_visible()
    expect(page.locator("#laatste")).to_be_in_viewport()
    read_on(page)
    expect(page.get_by_role("region", name="Waarom")).to_contain_text("Noor kan alleen ja of nee")


def test_a_self_rating_without_numbers_is_asked_again_without_javascript(
    phone_without_javascript: Page, sign_in: SignIn
) -> None:
    page = phone_without_javascript
    sign_in(page, "herhaling")
    press(page, "Beginnen")
    press(page, "Bewaar en ga verder")
    expect(page.get_by_role("alert")).to_contain_text("Dit klopt nog niet.")
    expect(page.get_by_role("group", name="Hoe goed herkent u signalen")).to_contain_text(
        "Kies een cijfer van 0 tot 10"
    )


@pytest.mark.parametrize(
    ("who", "start", "link", "heading"),
    [
        ("nieuw", "/leerpad/", None, "Mijn leerpad"),
        ("leidinggevende", "/team/", None, "Team"),
        ("aandachtsfunctionaris", "/cijfers/", "Vul deze maand in", "Cijfers van"),
        ("onderzoeker", "/cijfers/studies/", "Training en signaleren", "Training en signaleren"),
        ("opleidingen", "/organisaties/medewerkers/", None, "Medewerkers van"),
    ],
)
def test_nothing_scrolls_sideways_on_the_narrowest_phone(
    phone: Page, sign_in: SignIn, who: str, start: str, link: str | None, heading: str
) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    sign_in(phone, who)
    phone.goto(start)
    if link:
        phone.get_by_role("link", name=link).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(heading)
    arrive(phone, phone.get_by_role("heading", level=1).inner_text())
    if who == "nieuw":
        begin_the_conversation(phone)
        arrive(phone, "Het pakketje")
