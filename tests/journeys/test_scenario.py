"""A worker plays a scenario by keyboard alone on the narrowest phone, and one without script."""

from playwright.sync_api import Page, expect

from learning.models import LearningEvent, ReplayChoice
from tests.journeys.steps import (
    SignIn,
    arrive,
    begin_the_conversation,
    decide,
    press,
    read_on,
    talk_to_the_end,
)

ON, CHOICES, ROAD = "[data-talk-on]", ".decision fieldset", "#road"
WORKER = "nieuw@demo.example"


def choices_made() -> int:
    return LearningEvent.objects.filter(
        kind=LearningEvent.Kind.CHOICE, attempt__worker__email=WORKER
    ).count()


def choices_tried() -> int:
    return ReplayChoice.objects.filter(replay__attempt__worker__email=WORKER).count()


def test_by_keyboard_alone_to_the_end_and_again(phone: Page, sign_in: SignIn) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    sign_in(phone, "nieuw")
    begin_the_conversation(phone)
    title = phone.get_by_role("heading", level=1).inner_text()
    tab_to(phone, ON)
    read_one_line(phone)
    arrive(phone, title)  # a turn
    read_with_enter(phone)
    arrive(phone, title)  # a decision
    choose_with_arrows(phone)
    read_one_line(phone)
    expect(phone.get_by_role("region", name="Waarom")).to_be_visible()
    arrive(phone, title)  # the verdict
    made = 1
    while read_with_enter(phone) == CHOICES:
        choose_with_arrows(phone)
        made += 1
    arrive(phone, title)  # looking back
    assert choices_made() == made

    tab_to(phone, ".road button")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("U probeert hier een andere keuze.")).to_be_visible()
    arrive(phone, title)
    choose_with_arrows(phone)
    assert (choices_made(), choices_tried()) == (made, 1)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something of this kind has the focus, which must be visible on the screen."""
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("kind => document.activeElement.matches(kind)", selector):
            break
    focused = page.locator(":focus")
    expect(focused).to_be_in_viewport()
    expect(focused).to_be_visible()


def read_one_line(page: Page) -> None:
    """Enter on *Verder*: nothing is asked of the site, and the line is put in what is announced."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))  # a typeface may still come
    lines = page.get_by_role("log").locator(".beat")
    before = lines.count()
    page.keyboard.press("Enter")
    expect(lines).to_have_count(before + 1)
    expect(page.locator("#laatste")).to_be_in_viewport()
    expect(page.locator(ON)).to_be_focused()
    assert not [url for url in asked if "/static/" not in url]


def read_with_enter(page: Page) -> str:
    """To the next choices, or to the road: what has the focus then."""
    while page.locator(ON).is_visible():
        expect(page.locator(ON)).to_be_focused()
        page.keyboard.press("Enter")
    there = CHOICES if page.locator(CHOICES).is_visible() else ROAD
    expect(page.locator(there)).to_be_focused()
    return there


def choose_with_arrows(page: Page) -> None:
    tab_to(page, "input[name=choice]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=choice]").nth(1)).to_be_checked()
    tab_to(page, ".decision button")
    page.keyboard.press("Enter")
    expect(page.locator(ON)).to_be_focused()
    expect(page.locator("#laatste")).to_be_in_viewport()


def test_without_script_to_the_end_and_again(
    phone_without_javascript: Page, sign_in: SignIn
) -> None:
    page = phone_without_javascript
    sign_in(page, "nieuw")
    begin_the_conversation(page)
    read_on(page)
    first, other = page.locator(".choice").all_inner_texts()[:2]
    decide(page, first)
    page.go_back()
    page.get_by_role("radio", name=other).check()  # the browser shows the page as it was
    press(page, "Dit doe ik")
    expect(page.locator(".messages")).to_contain_text(f"Deze keuze blijft staan: “{first}”")
    talk_to_the_end(page)
    expect(page.get_by_role("heading", name="Uw weg")).to_be_visible()
    made = choices_made()

    page.get_by_role("button", name="Probeer een andere keuze").first.click()
    decide(page, other)
    talk_to_the_end(page)
    expect(page.get_by_role("heading", name="Uw eerste keer (die telt)")).to_be_visible()
    assert choices_made() == made
    assert choices_tried()
