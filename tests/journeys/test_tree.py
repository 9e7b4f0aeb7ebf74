"""A focal person keeps a contact right and opens the tree; somebody finds the number in it."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from organisations.actions.contacts import basis_of, save_contact, standing
from organisations.models import ContactKind, Organisation
from organisations.rules.contacts import A_YEAR, ContactFacts
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import WIDER, SignIn, arrive, fill, follow, press

TITLE = "Beslissingsboom melden en registreren"
LONG = ContactFacts(
    name="Regionaal coördinatiepunt mensenhandel en uitbuiting van jeugdigen, Voorbeeldregio Noord",
    phone="+31 (0)88 000 00 00",
    email="regionaal.coordinatiepunt.mensenhandel@voorbeeldregio-noord.example.org",
    web_address="https://www.voorbeeldregio-noord.example.org/veiligheid/mensenhandel/contact",
    reachable="Werkdagen van 8.30 tot 17.30 uur; daarbuiten de achterwacht van uw organisatie",
    owner="Aandachtsfunctionaris",
    review_by=date(2020, 1, 1),
    is_public=True,
)
PAGES = re.compile(rb"/Type\s*/Page\b")


def answer(page: Page, words: str) -> Locator:
    return page.locator("summary").filter(has_text=words, visible=True).first


def test_a_contact_is_put_right_and_the_tree_opened(
    desktop: Page, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(desktop, "aandachtsfunctionaris")
    follow(desktop, "Kijk of ze kloppen")
    arrive(desktop, "Contacten")
    follow(desktop, "Wijzig Politie")
    arrive(desktop, "Politie")
    fill(desktop, "Telefoon (mag leeg blijven)", "bel maar")
    press(desktop, "Bewaar contact")
    expect(desktop.get_by_text("Dit is geen telefoonnummer").first).to_be_visible()
    fill(desktop, "Telefoon (mag leeg blijven)", "088-000 00 44")
    fill(desktop, "Klopt tot en met", (timezone.localdate() + A_YEAR).isoformat())
    press(desktop, "Bewaar contact")
    arrive(desktop, "Contacten")
    expect(desktop.get_by_text("088-000 00 44")).to_be_visible()
    expect(desktop.get_by_text("niet op tijd nagekeken")).to_have_count(0)

    follow(desktop, "Wie kan de beslissingsboom openen")
    arrive(desktop, "Wie kan de beslissingsboom openen")
    press(desktop, "Zet de boom open voor iedereen")
    address = desktop.locator("main a[href*='/beslissingsboom/']").get_attribute("href")
    assert address is not None
    find_the_number_by_keyboard(open_page("phone"), address)


def find_the_number_by_keyboard(page: Page, address: str) -> None:
    """Without signing in, and without anything being asked, sent or kept on the way."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    arrive(page, TITLE)
    entries = page.evaluate("history.length")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for words in [
        "Nee",
        "Ja, of onze eigen hulp",
        "16 of ouder",
        "Nee, geen toestemming",
    ]:
        walk_to(page, words)
        page.keyboard.press("Enter")
        assert page.evaluate(WIDER) <= 0
    police = page.locator("[data-tree] a[href='tel:0880000044']").locator("visible=true")
    expect(police).to_have_count(1)
    expect(page.locator("details.tree-answer[open]")).to_have_count(4)
    arrive(page, TITLE)
    assert asked == []
    assert page.url == address
    assert page.evaluate("history.length") == entries
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    undo(page)


def walk_to(page: Page, words: str) -> None:
    """Tab to an answer that is in sight."""
    for _key in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").startswith(words):
            return
    pytest.fail(f"the keyboard never came to “{words}”")


def undo(page: Page) -> None:
    """Another answer to the second question forgets what came after the first one."""
    answer(page, "Ja, of onze eigen hulp").press("Enter")
    expect(answer(page, "Nee, en wij kunnen")).to_be_visible()
    answer(page, "Ja, of onze eigen hulp").press("Enter")
    expect(page.locator("details.tree-answer[open]")).to_have_count(2)
    press(page, "Begin opnieuw")
    expect(page.locator("details.tree-answer[open]")).to_have_count(0)
    expect(answer(page, "Ja, of ik vrees")).to_be_focused()


def test_who_comes_back_finds_it_closed(phone: Page, sign_in: SignIn) -> None:
    sign_in(phone, "nieuw")
    phone.get_by_role("navigation", name="Hoofdmenu onderaan").get_by_role(
        "link", name="Beslissingsboom"
    ).click()
    arrive(phone, TITLE)
    answer(phone, "Nee").click()
    expect(phone.locator("details.tree-answer[open]")).to_have_count(1)
    phone.goto("/steun/")
    phone.go_back()
    arrive(phone, TITLE)
    expect(phone.locator("details.tree-answer[open]")).to_have_count(0)
    answer(phone, "Nee").click()
    phone.evaluate("dispatchEvent(new Event('pagehide'))")  # what a browser may keep for Back
    expect(phone.locator("details.tree-answer[open]")).to_have_count(0)


def test_without_javascript_one_way_is_open_at_a_time(
    phone_without_javascript: Page, sign_in: SignIn
) -> None:
    page = phone_without_javascript
    sign_in(page, "nieuw")
    page.goto("/beslissingsboom/")
    answer(page, "Nee").click()
    expect(answer(page, "Ja, of ik vrees")).to_have_count(0)
    answer(page, "Nee, en wij kunnen").click()
    expect(page.get_by_text("Hoe oud is de jongere?").locator("visible=true")).to_have_count(1)
    answer(page, "Nee").click()
    expect(answer(page, "Ja, of ik vrees")).to_be_visible()
    expect(page.get_by_role("button", name="Druk af")).to_have_count(0)


def test_it_prints_on_one_sheet_also_with_long_names(desktop: Page, sign_in: SignIn) -> None:
    sign_in(desktop, "aandachtsfunctionaris")
    desktop.goto("/beslissingsboom/")
    assert sheets(desktop) == 1
    organisation = Organisation.objects.get(name__startswith="Jeugdhulp De Oever")
    Organisation.objects.update(shows_tree_without_sign_in=True)
    for kind in ContactKind:
        former = standing(organisation, kind)
        save_contact(
            organisation=organisation,
            kind=kind,
            facts=replace(LONG, owner=kind.value),
            basis=basis_of(former),
            by=None,
            at=organisation.created_at,
        )
    desktop.goto("/beslissingsboom/")
    assert sheets(desktop) == 1
    desktop.emulate_media(media="print")
    paper = desktop.locator(".tree-paper")
    expect(paper.locator(".tree-steps__step")).to_have_count(13)
    expect(paper.get_by_role("img")).to_be_visible()
    expect(paper.get_by_text("Zet elke afspraak op papier")).to_be_visible()
    assert desktop.evaluate(WIDER) <= 0


def sheets(page: Page) -> int:
    return len(PAGES.findall(page.pdf(prefer_css_page_size=True)))
