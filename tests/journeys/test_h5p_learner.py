"""A worker does H5P activities: on a phone, elsewhere, again, without a line, without a script."""

import re

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from learning.models import ActivityRun, ActivityStatement, Attempt
from tests.h5p_packages import QUESTION, SILENT
from tests.journeys.conftest import Account, OpenPage
from tests.journeys.h5p_steps import activity, answer, attempt_with, results, status, talk, tell
from tests.journeys.steps import SignIn, arrive, follow, press

NEW = "nieuw@demo.example"
FORGED = """() => window.postMessage({h5p: 1, type: "statement", touched: true, statement: {
  verb: {id: "http://adlnet.gov/expapi/verbs/completed"}, object: {id: "urn:x"},
  result: {score: {raw: 100, max: 100}}}}, "*")"""
TOUCHED = "type: 'statement', touched: true"
END = "{verb: {id: 'http://adlnet.gov/expapi/verbs/answered'}, object: {id: 'urn:x'}}"
TITLE = "Het pakketje, in een ander jasje"


def tries_of(account: Account) -> list[ActivityRun]:
    runs = ActivityRun.objects.filter(attempt__worker__email=account.email)
    return list(runs.order_by("number"))


def test_half_on_a_phone_and_half_elsewhere_and_the_best_stays(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    phone, desktop = open_page("phone"), open_page("desktop")
    worker = sign_in(phone, "halverwege")
    phone.get_by_role("button", name=re.compile("Ga verder.*ander jasje")).click()
    arrive(phone, TITLE)
    assert results(phone)[-1] == "2"
    best = results(phone)[0]

    press(phone, "Nog een keer")
    activity(phone)
    arrive(phone, TITLE)
    talk(phone, steps=9, last=True)
    status(phone, "Bewaard om")
    arrive(phone, TITLE)
    turns = activity(phone).locator(".opm-turn").all_inner_texts()
    address = phone.url
    follow(phone, "Mijn leerpad")

    sign_in(desktop, "halverwege")
    desktop.goto(address)
    expect(activity(desktop).locator(".opm-turn")).to_have_text(turns, use_inner_text=True)
    talk(desktop, last=True)
    status(desktop, "Uw resultaat is bewaard")
    expect(desktop.get_by_text("Nagerekend op de server").first).to_be_visible()
    told = activity(desktop).get_by_text("Voor uw leerplatform").inner_text()
    [earned] = re.findall(r"\d+ van de \d+ punten", told)
    expect(desktop.locator(".activity__points")).to_contain_text(earned)
    assert results(desktop)[-1] == "3"
    assert results(desktop)[0] == best
    assert earned in results(desktop)[1]
    arrive(desktop, TITLE)

    *_before, last = tries_of(worker)
    assert (last.trust, f"{last.raw:g} van de {last.maximum:g} punten") == ("verified", earned)
    follow(desktop, "Bekijk uw resultaat hieronder")
    press(desktop, "Volgende stap")
    arrive(desktop, "Wat neemt u mee?")


def test_trying_again_inside_is_another_try(phone: Page, sign_in: SignIn) -> None:
    attempt = attempt_with(NEW, QUESTION)
    worker = sign_in(phone, "nieuw")
    phone.goto(f"/leren/{attempt.public_id}/stap/1/")
    expect(phone.get_by_role("button", name="Volgende stap")).to_have_count(0)
    status(phone, "Bewaard om")
    phone.evaluate(FORGED)  # from anywhere but the frame: not heard
    answer(phone, "Miauw")
    status(phone, "Uw resultaat is bewaard")
    expect(phone.get_by_text("Zelf gerapporteerd")).to_be_visible()
    activity(phone).get_by_role("button", name="Opnieuw").click()
    answer(phone, "Woef")
    expect(phone.get_by_text("Aantal keren")).to_be_visible()
    assert [one.raw for one in tries_of(worker)] == [1, 0]
    assert "1 van 1 punt" in results(phone)[0]
    phone.reload()
    assert results(phone)[-1] == "2"
    expect(phone.locator("[data-activity]")).to_have_count(0)  # a clean one comes by the button
    arrive(phone, "Oefenen")
    press(phone, "Nog een keer")
    expect(activity(phone).get_by_role("radio", checked=True)).to_have_count(0)


def test_what_is_told_without_a_line_is_kept_after_all(phone: Page, sign_in: SignIn) -> None:
    attempt = attempt_with(NEW, QUESTION)
    sign_in(phone, "nieuw")
    phone.goto(f"/leren/{attempt.public_id}/stap/1/")
    status(phone, "Bewaard om")
    phone.context.set_offline(True)
    answer(phone, "Miauw")
    status(phone, "Geen verbinding")
    assert not ActivityRun.objects.ended().filter(attempt=attempt).exists()
    phone.context.set_offline(False)
    status(phone, "Uw resultaat is bewaard")
    told = ActivityStatement.objects.filter(run__attempt=attempt).order_by("sequence")
    sequences = list(told.values_list("sequence", flat=True))
    assert sequences == list(range(1, len(sequences) + 1))
    assert [one.verb for one in told][-1] == "answered"


def test_nothing_holds_up_who_leaves_quickly(browser: Browser, site: str, sign_in: SignIn) -> None:
    """Without a witness: it leads to another site."""
    attempt = attempt_with(NEW, QUESTION)
    page = browser.new_context(base_url=site, viewport={"width": 360, "height": 740}).new_page()
    page.route("https://**", lambda route: route.fulfill(body="Elders"))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    sign_in(page, "nieuw")
    page.goto(f"/leren/{attempt.public_id}/stap/1/")
    status(page, "Bewaard om")
    page.route("**/uitspraak/", lambda route: route.abort())
    answer(page, "Miauw")
    status(page, "Geen verbinding")
    page.evaluate("window.location.reload()")  # any other way asks first
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    follow(page, "Snel weg")
    expect(page.get_by_text("Elders")).to_be_visible()
    assert asked == ["beforeunload"]
    page.context.close()


def test_who_was_signed_out_signs_in_beside_it_and_loses_nothing(
    desktop: Page, sign_in: SignIn
) -> None:
    attempt = attempt_with(NEW, QUESTION)
    sign_in(desktop, "nieuw")
    desktop.goto(f"/leren/{attempt.public_id}/stap/1/")
    status(desktop, "Bewaard om")
    desktop.context.clear_cookies(name="sessionid")
    answer(desktop, "Miauw")
    status(desktop, "U bent uitgelogd")
    with desktop.context.expect_page() as opened:
        follow(desktop, "Inloggen (nieuw tabblad)")
    sign_in(opened.value, "nieuw")
    press(desktop, "Ik ben ingelogd: bewaar")
    status(desktop, "Uw resultaat is bewaard")
    assert ActivityRun.objects.ended().get(attempt=attempt).raw == 1


def test_in_two_windows_the_second_is_told(browser: Browser, site: str, sign_in: SignIn) -> None:
    """Without a witness: that the second is refused a number (409) is how it finds out."""
    attempt = attempt_with(NEW, QUESTION)
    first, second = (browser.new_context(base_url=site).new_page() for _window in range(2))
    for page in (first, second):
        sign_in(page, "nieuw")
        page.goto(f"/leren/{attempt.public_id}/stap/1/")
        status(page, "Bewaard om")
    answer(first, "Miauw")
    status(first, "Uw resultaat is bewaard")
    answer(second, "Woef")
    status(second, "in een ander venster")
    press(second, "Open deze pagina opnieuw")
    expect(second.get_by_role("heading", name="Uw resultaat")).to_be_visible()
    assert [one.raw for one in ActivityRun.objects.filter(attempt=attempt)] == [1]
    for page in (first, second):
        page.context.close()


def test_what_tells_nothing_is_done_by_hand_and_skipped_by_keyboard(
    phone: Page, sign_in: SignIn
) -> None:
    attempt = attempt_with(NEW, SILENT)
    sign_in(phone, "nieuw")
    phone.goto(f"/leren/{attempt.public_id}/stap/1/")
    activity(phone).get_by_role("button", name="Draai om").click()
    expect(activity(phone).get_by_text("Miauw")).to_be_visible()
    arrive(phone, "Oefenen")
    phone.get_by_role("link", name="Sla de oefening over").focus()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("button", name="Klaar", exact=True)).to_be_focused()
    phone.keyboard.press("Enter")
    arrive(phone, "Toets")
    phone.go_back()
    expect(phone.get_by_role("link", name="Volgende stap")).to_be_visible()


def turn(page: Page) -> None:
    """Turn the card, and go from the activity to the page around it, so that the place is kept."""
    activity(page).get_by_role("button", name="Draai om").click()
    with page.expect_response("**/stand/"):
        page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_what_tells_nothing_goes_on_elsewhere_too(open_page: OpenPage, sign_in: SignIn) -> None:
    phone, desktop = open_page("phone"), open_page("desktop")
    attempt = attempt_with(NEW, SILENT)
    sign_in(phone, "nieuw")
    phone.goto(f"/leren/{attempt.public_id}/stap/1/")
    tell(phone, "[{type: 'state', touched: false, state: '{\"isTurned\":true}'}]")
    tell(phone, "[{type: 'state', touched: true, state: '{}'}]")
    phone.wait_for_timeout(500)
    assert not ActivityRun.objects.filter(attempt=attempt).exists()  # looked at, and no more
    turn(phone)
    status(phone, "Bewaard om")

    sign_in(desktop, "nieuw")
    desktop.goto(phone.url)
    expect(activity(desktop).get_by_text("Miauw")).to_be_visible()
    arrive(desktop, "Oefenen")
    expect(desktop.get_by_text("Aantal keren")).to_have_count(0)
    press(desktop, "Klaar")
    arrive(desktop, "Toets")
    turn(phone)
    status(phone, "Bewaard om")
    desktop.goto(phone.url)
    expect(activity(desktop).get_by_text("Kat")).to_be_visible()
    expect(desktop.get_by_role("link", name="Volgende stap")).to_be_visible()
    assert [one.ended_at for one in ActivityRun.objects.filter(attempt=attempt)] == [None]


@pytest.mark.parametrize(
    "told",
    [
        "Array(100_000).fill({type: 'size', height: 300})",
        f"[{{{TOUCHED}, statement: {{...{END}, more: 'x'.repeat(100_000_000)}}}}]",
        f"[{{{TOUCHED}, statement: {{...{END}, more: Array(500_000_000)}}}}]",
        "[{type: 'state', touched: true, state: 'x'.repeat(100_000_000)}]",
    ],
    ids=["often", "long", "hollow", "state"],
)
def test_what_tells_too_much_is_taken_out_of_the_page(
    phone: Page, sign_in: SignIn, told: str
) -> None:
    attempt = attempt_with(NEW, SILENT)
    sign_in(phone, "nieuw")
    phone.goto(f"/leren/{attempt.public_id}/stap/1/")
    tell(phone, told)
    expect(phone.get_by_text("De oefening laadt niet")).to_be_visible()
    expect(phone.locator("iframe")).to_have_count(0)
    arrive(phone, "Oefenen")
    press(phone, "Klaar")
    arrive(phone, "Toets")
    assert not ActivityRun.objects.filter(attempt=attempt).exists()


def test_a_flood_of_ends_makes_few_tries(phone: Page, sign_in: SignIn) -> None:
    attempt = attempt_with(NEW, QUESTION)
    sign_in(phone, "nieuw")
    phone.goto(f"/leren/{attempt.public_id}/stap/1/")
    status(phone, "Bewaard om")
    tell(phone, f"Array(50).fill({{{TOUCHED}, statement: {END}}})")
    expect(phone.locator("[data-activity-after] dd").last).to_have_text("3")
    phone.wait_for_timeout(1_000)
    assert ActivityRun.objects.filter(attempt=attempt).count() == 3


def test_an_end_that_is_too_long_is_said_to_be_lost(phone: Page, sign_in: SignIn) -> None:
    attempt = attempt_with(NEW, QUESTION)
    sign_in(phone, "nieuw")
    phone.goto(f"/leren/{attempt.public_id}/stap/1/")
    status(phone, "Bewaard om")
    posted: list[int] = []
    phone.on("request", lambda request: posted.append(len(request.post_data or "")))
    tell(phone, f"[{{{TOUCHED}, statement: {{...{END}, more: 'x'.repeat(70_000)}}}}]")
    tell(phone, f"[{{{TOUCHED}, statement: {{...{END}, more: 10n}}}}]")  # JSON cannot say it
    status(phone, "dat wij niet konden bewaren")
    assert not posted
    long = f"{{{TOUCHED}, statement: {END}, report: {{statement: {END}, x: 'x'.repeat(70_000)}}}}"
    tell(phone, f"[{long}]")
    status(phone, "Uw resultaat is bewaard")
    assert max(posted) < 1_000
    assert ActivityRun.objects.ended().filter(attempt=attempt).count() == 1


def test_without_script_one_goes_on_by_hand(
    phone_without_javascript: Page, sign_in: SignIn
) -> None:
    page = phone_without_javascript
    attempt: Attempt = attempt_with(NEW, QUESTION)
    sign_in(page, "nieuw")
    page.goto(f"/leren/{attempt.public_id}/stap/1/")
    expect(page.locator("iframe")).to_have_count(0)
    page.locator("summary", has_text="Werkt de oefening niet?").click()
    press(page, "Ga verder zonder resultaat")
    expect(page.get_by_role("heading", level=1)).to_have_text("Toets")
    assert not ActivityRun.objects.filter(attempt=attempt).exists()
