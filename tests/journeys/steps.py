"""What people do on the pages, in the words of the pages."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from urllib.parse import urlsplit

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from config.demo.training import Walker
from learning.models import Assignment
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


def read_on(page: Page) -> None:
    """Line by line through a conversation, to what there is to choose or to its end."""
    onward = page.locator("[data-talk-on]:visible")
    there = page.locator("form.decision, #road")
    expect(onward.or_(there).first).to_be_visible()
    while not there.is_visible():
        onward.click()
        expect(onward.or_(there).first).to_be_visible()


def decide(page: Page, words: str) -> None:
    """Make the next choice in a conversation, and see what follows."""
    read_on(page)
    choice(page, words).check()
    press(page, "Dit doe ik")
    expect(page.locator("form.decision")).to_have_count(0)


def talk_to_the_end(page: Page) -> None:
    """Make whichever choice stands first, until the road is drawn."""
    read_on(page)
    while page.locator("form.decision").is_visible():
        page.locator("input[name=choice]").first.check()
        press(page, "Dit doe ik")
        expect(page.locator("form.decision")).to_have_count(0)
        read_on(page)
    expect(page.get_by_role("heading", name="De weg die u koos")).to_be_visible()


def answer_all(page: Page, answers: Sequence[str]) -> None:
    """Answer each question of the knowledge check, by part of what an option says; read why."""
    for number, words in enumerate(answers, start=1):
        expect(page.get_by_text(f"Vraag {number} van {len(answers)}")).to_be_visible()
        choice(page, words).first.check()
        press(page, "Geef dit antwoord")
        expect(page.get_by_text("uw antwoord")).to_be_visible()
        if number < len(answers):
            follow(page, "Volgende vraag")


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
    """A new worker, from the learning path to the first scenario."""
    press(page, "Beginnen")
    press(page, "Volgende stap")
    expect(page.get_by_role("heading", level=1)).to_have_text("Het pakketje")


def modules_done(account: Account, number: int) -> None:
    """One module a day until yesterday, by the actions that the pages use."""
    assignment = Assignment.objects.get(
        worker__email=account.email, programme__organisation__isnull=True
    )
    walker = Walker(Random(number))
    for ago in range(number, 0, -1):
        walker.whole(assignment, timezone.localdate() - timedelta(days=ago), skill=0.8)


def see_chart(page: Page, name: str) -> None:
    """The chart whose description holds these words is drawn."""
    chart = page.get_by_role("img", name=name)
    expect(chart.locator("svg").first).to_be_visible()
    expect(chart.locator("svg .point path").first).to_be_attached()


def unfold(page: Page, summary: str) -> None:
    page.locator("summary").filter(has_text=summary).first.click()


def fill(page: Page, label: str, value: str) -> None:
    page.get_by_label(label, exact=True).fill(value)
