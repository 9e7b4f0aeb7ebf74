"""What people do on the pages, in the words of the pages."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import Account

SignIn = Callable[[Page, str], Account]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def arrive(page: Page, title: str) -> None:
    """Be on the page with this heading; it is accessible and fits in the width of the screen."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert_accessible(page)
    assert page.evaluate(WIDER) <= 0, f"{page.url} is wider than the screen"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def rate(page: Page, *, recognising: int, acting: int) -> None:
    """Fill in both questions of the self-rating and go on."""
    scale(page, "Hoe goed herkent u signalen", recognising).check()
    scale(page, "Hoe goed weet u wat u moet doen", acting).check()
    press(page, "Bewaar en ga verder")


def scale(page: Page, question: str, number: int) -> Locator:
    return page.get_by_role("group", name=question).get_by_role(
        "radio", name=str(number), exact=True
    )


def choice(page: Page, words: str) -> Locator:
    """The radio button of a choice, by part of what it says."""
    return page.get_by_role("radio", name=words)


def decide(page: Page, words: str) -> None:
    """Make a choice in a scenario."""
    choice(page, words).check()
    press(page, "Dit doe ik")


def answer(page: Page, question: int, words: str) -> None:
    """Answer a question of the knowledge check and read why."""
    expect(page.get_by_text(f"Vraag {question} van 5")).to_be_visible()
    choice(page, words).check()
    press(page, "Geef dit antwoord")
    expect(page.get_by_text("uw antwoord")).to_be_visible()


def refused(page: Page, url: str) -> str:
    """What the site says at an address where there is nothing for this person: it is a 404."""
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 404
    return page.content()


def path_of(page: Page) -> str:
    """The page's address without the site's name and the question mark."""
    return urlsplit(page.url).path


def begin_the_conversation(page: Page) -> None:
    """From the learning path to the scenario, the shortest way."""
    press(page, "Beginnen")
    press(page, "Overslaan")
    press(page, "Volgende stap")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tijdens de afwas")


def read_to_the_end(page: Page) -> None:
    """From the last answer of the knowledge check to the second self-rating."""
    for title in [
        "Wat neemt u mee naar uw team?",
        "Waar dit op rust",
        "Hoe schat u uzelf nu in?",
    ]:
        press(page, "Volgende stap")
        arrive(page, title)


def see_chart(page: Page, name: str) -> None:
    """The chart whose description holds these words is drawn."""
    chart = page.get_by_role("img", name=name)
    expect(chart.locator("svg").first).to_be_visible()
    expect(chart.locator("svg .point path").first).to_be_attached()


def unfold(page: Page, summary: str) -> None:
    page.locator("summary").filter(has_text=summary).first.click()


def fill(page: Page, label: str, value: str) -> None:
    page.get_by_label(label, exact=True).fill(value)
