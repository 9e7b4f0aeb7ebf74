"""An editor writes a scenario from nothing, breaks it, is told where, mends and publishes."""

from playwright.sync_api import Locator, Page, expect

from modules.models import Scenario
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import SignIn, arrive

TITLE = "De fiets van Sem"
SAVED_BY_ITSELF = 2_500  # milliseconds
ADD = "/admin/snippets/modules/scenario/add/"


def test_three_decisions_from_nothing(desktop: Page, sign_in: SignIn) -> None:
    page = desktop
    sign_in(page, "redacteur")
    page.goto(ADD)
    expect(page.get_by_text("Een leeg scenario. Zo groeit het:")).to_be_visible()
    page.locator("#id_title").fill(TITLE)
    write_three_decisions(page)
    assert_accessible(page)
    save(page)
    expect(page.locator("#scenario-overview")).to_contain_text("Dit scenario kan gepubliceerd")
    expect(page.locator("#scenario-overview .drawing svg")).to_be_visible()
    assert_accessible(page)
    expect(page.locator("#scenario-overview")).to_contain_text("100% (9 van 9 punten)")

    break_it(page)
    publish(page)
    expect(page.get_by_text("gaat door naar ‘u-kijkt-terug-op’").first).to_be_visible()
    assert not Scenario.objects.get(title=TITLE).live

    mend_it(page)
    publish(page)
    expect(page.get_by_text("gewijzigd en gepubliceerd").first).to_be_visible()
    published = Scenario.objects.get(title=TITLE)
    assert published.live
    assert published.slug == "de-fiets-van-sem"
    assert [block.block_type for block in published.nodes].count("decision") == 3
    assert not published.faults


def test_names_follow_and_stay_apart(desktop: Page, sign_in: SignIn) -> None:
    page = desktop
    sign_in(page, "redacteur")
    page.goto(ADD)
    page.locator("#id_title").fill(TITLE)
    add_first(page, "Situatie")
    write(page, "nodes-0-value-text", "De bel gaat. Sem staat buiten.")
    pick_new(page, "nodes-0-value-next", "iemand praat")
    write(page, "nodes-1-value-speaker", "Sem")
    write(page, "nodes-1-value-text", "Mijn fiets is weg.")
    expect(name_of(page, 1)).to_have_value("sem-mijn-fiets-is")
    expect(hidden(page, "nodes-0-value-next")).to_have_value("sem-mijn-fiets-is")

    rename(page, 1, "sem-vertelt")
    expect(hidden(page, "nodes-0-value-next")).to_have_value("sem-vertelt")
    page.locator("[data-streamfield-action=DUPLICATE]").nth(1).click()
    expect(name_of(page, 2)).to_have_value("sem-vertelt-2")
    rename(page, 2, "sem-vertelt")
    expect(page.get_by_text("Een ander moment heet al zo.").first).to_be_visible()
    rename(page, 2, "sem-zwijgt")
    expect(page.get_by_text("Een ander moment heet al zo.")).to_have_count(0)
    expect(hidden(page, "nodes-0-value-next")).to_have_value("sem-vertelt")


def test_a_new_moment_by_keyboard_takes_an_enter(desktop: Page, sign_in: SignIn) -> None:
    page = desktop
    sign_in(page, "redacteur")
    page.goto(ADD)
    page.locator("#id_title").fill(TITLE)
    add_first(page, "Situatie")
    write(page, "nodes-0-value-text", "De bel gaat.")
    page.locator("#nodes-0-value-next").focus()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Maak dit moment")).to_be_visible()
    expect(name_of(page, 1)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(name_of(page, 1)).to_have_value("einde")
    expect(hidden(page, "nodes-0-value-next")).to_have_value("einde")


def test_a_colleague_asks_for_changes_and_then_approves(
    desktop: Page, open_page: OpenPage, sign_in: SignIn
) -> None:
    scenario = Scenario.objects.get(slug="tijdens-de-afwas")
    address = f"/admin/snippets/modules/scenario/edit/{scenario.pk}/"
    sign_in(desktop, "redacteur")
    desktop.goto(address)
    desktop.locator("#id_title").fill("Aan het aanrecht")
    press_action(desktop, "Stuur door naar")

    other = open_page("desktop")
    sign_in(other, "beheer")
    other.goto("/admin/")
    other.get_by_role("link", name="Aan het aanrecht").first.click()
    press_action(other, "Wijzigingsverzoek")
    other.locator(".modal textarea").fill("Noor zou dit niet zeggen.")
    other.locator(".modal").get_by_role("button", name="Wijzigingsverzoek").click()
    expect(other.locator(".messages .success")).to_be_visible()

    desktop.goto(address)
    expect(desktop.get_by_text("vraagt om wijzigingen:")).to_be_visible()
    expect(desktop.get_by_text("Noor zou dit niet zeggen.").first).to_be_visible()
    press_action(desktop, "Stuur opnieuw door")

    other.goto(address)
    press_action(other, "Goedkeuren met opmerking")
    other.locator(".modal textarea").fill("Mooi zo.")
    other.locator(".modal").get_by_role("button", name="Goedkeuren").click()
    expect(other.locator(".messages .success")).to_be_visible()
    scenario.refresh_from_db()
    assert scenario.title == "Aan het aanrecht"


def test_the_draft_is_drawn_written_out_and_played(desktop: Page, sign_in: SignIn) -> None:
    page = desktop
    scenario = Scenario.objects.get(slug="tijdens-de-afwas")
    sign_in(page, "redacteur")
    page.goto(f"/admin/snippets/modules/scenario/edit/{scenario.pk}/")
    page.locator("[data-side-panel-toggle=preview]").click()
    shown = page.frame_locator("#w-preview-iframe")
    expect(shown.get_by_text("Beste weg", exact=True)).to_be_visible()
    shown.get_by_role("link", name="Uitgeschreven").click()
    shown.get_by_role("link", name="Speel vanaf hier").first.click()
    shown.get_by_role("link", name="Ga verder").click()
    expect(shown.locator("#now")).to_contain_text("Noor")
    for mode in ["drawn", "written", "play"]:
        page.goto(f"/admin/snippets/modules/scenario/preview/{scenario.pk}/?mode={mode}")
        arrive(page, scenario.title)
    for _turn in range(40):
        if page.get_by_role("link", name="Ga verder").count():
            page.get_by_role("link", name="Ga verder").click()
        elif page.get_by_role("radio").count():
            page.get_by_role("radio").first.check()
            page.get_by_role("button", name="Dit doe ik").click()
        else:
            break
    expect(page.get_by_role("heading", name="De score van deze weg")).to_be_visible()
    assert_accessible(page)


def write_three_decisions(page: Page) -> None:
    add_first(page, "Situatie")
    write(page, "nodes-0-value-text", "De bel gaat. Sem staat buiten zonder fiets.")
    pick_new(page, "nodes-0-value-next", "iemand praat")
    write(page, "nodes-1-value-speaker", "Sem")
    write(page, "nodes-1-value-text", "Mijn fiets is weg.")
    pick_new(page, "nodes-1-value-next", "beslissing")
    decide(page, 2, "Wat zegt u tegen Sem?", "‘Wil je vertellen wat er gebeurde?’")
    pick_new(page, "nodes-2-value-choices-0-value-next", "beslissing")
    decide(page, 3, "Sem haalt zijn schouders op. Wat doet u?", "U zet thee en wacht.")
    pick(page, "nodes-2-value-choices-1-value-next", "sem-haalt-zijn-schouders")
    pick_new(page, "nodes-3-value-choices-0-value-next", "beslissing")
    decide(page, 4, "Hij vraagt of u niets zegt.", "‘Dat kan ik niet beloven.’")
    pick(page, "nodes-3-value-choices-1-value-next", "hij-vraagt-of-u")
    pick_new(page, "nodes-4-value-choices-0-value-next", "terugblik")
    write(page, "nodes-5-value-text", "U kijkt terug op de avond.")
    write(page, "nodes-5-value-takeaways-0-value", "Wachten helpt.")
    pick(page, "nodes-4-value-choices-1-value-next", "u-kijkt-terug-op")
    pick_new(page, "nodes-5-value-next", "einde")
    hints = page.locator("#nodes-0-value-text-hints")
    expect(hints).to_contain_text("8 woorden, 4,0 per zin")


def decide(page: Page, number: int, question: str, words: str) -> None:
    """A decision with a good choice and one to consult, not yet saying what comes next."""
    write(page, f"nodes-{number}-value-text", question)
    choices = f"nodes-{number}-value-choices"
    choose(page, f"{choices}-0-value", words, "++")
    block = page.locator(f"[name='{choices}-count']").locator("..")
    block.locator("[data-streamfield-list-add]").last.click()
    choose(page, f"{choices}-1-value", "Ik overleg eerst met mijn collega.", "+")
    page.locator(f"[name='{choices}-1-value-is_consult']").check()


def choose(page: Page, prefix: str, words: str, quality: str) -> None:
    write(page, f"{prefix}-text", words)
    page.locator(f"[name='{prefix}-quality']").select_option(quality)
    write(page, f"{prefix}-consequence", "Sem kijkt op.")
    write(page, f"{prefix}-why", "Sem merkt dat u er bent.")


def break_it(page: Page) -> None:
    """Delete the moment to look back: first not after all, then anyway."""
    block = page.locator("[data-contentpath]").filter(has=page.locator("> input[value=debrief]"))
    block.locator("[data-streamfield-action=DELETE]").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("hij-vraagt-of-u, keuze ‘‘Dat kan ik niet beloven.’’")
    dialog.get_by_role("button", name="Laat staan").click()
    expect(dialog).to_have_count(0)
    expect(block).to_be_visible()
    block.locator("[data-streamfield-action=DELETE]").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Toch verwijderen").click()
    expect(block).to_be_hidden()


def mend_it(page: Page) -> None:
    """Follow the fault to the choice, which was folded, and lead it on to a new moment."""
    faults = page.locator("#scenario-overview .help-warning").get_by_role("link")
    faults.first.click()
    name = page.locator("select[id$='-choices-0-value-next']").nth(2).get_attribute("id") or ""
    expect(page.locator(f"[name='{name.replace('next', 'text')}']")).to_be_in_viewport()
    pick_new(page, name, "terugblik")
    number = int(page.locator("[name=nodes-count]").input_value()) - 1
    write(page, f"nodes-{number}-value-text", "U kijkt terug op de avond.")
    write(page, f"nodes-{number}-value-takeaways-0-value", "Wachten helpt.")
    faults.filter(has_text="Ik overleg eerst").click()
    other = name.replace("choices-0", "choices-1")
    pick(page, other, "u-kijkt-terug-op")
    pick(page, f"nodes-{number}-value-next", "einde")


def add_first(page: Page, kind: str) -> None:
    page.locator("[data-streamfield-stream-container] .c-sf-add-button").first.click()
    page.get_by_role("option", name=kind, exact=True).click()


def write(page: Page, name: str, text: str) -> None:
    field = page.locator(f"[name='{name}']")
    field.fill(text)
    field.blur()


def pick(page: Page, name: str, moment: str) -> None:
    page.locator(f"#{name}").select_option(moment)


def pick_new(page: Page, name: str, kind: str) -> None:
    page.locator(f"#{name}").select_option(label=f"nieuw: {kind}")


def hidden(page: Page, name: str) -> Locator:
    return page.locator(f"input[type=hidden][name='{name}']")


def name_of(page: Page, number: int) -> Locator:
    return page.locator(f"[name='nodes-{number}-value-name']")


def rename(page: Page, number: int, name: str) -> None:
    field = name_of(page, number)
    if not field.is_visible():
        group = page.locator(f"section[id$='nodes-{number}-value-aside-section']")
        group.locator("[data-panel-toggle]").first.click()
    field.fill(name)
    field.blur()


def save(page: Page) -> None:
    page.get_by_role("button", name="Bewaar concept").click()
    expect(page.locator(".messages .success")).to_be_visible()


def publish(page: Page) -> None:
    press_action(page, "Publiceren")


def press_action(page: Page, name: str) -> None:
    """Wagtail saves by itself shortly after a change; acting in between would be a race."""
    page.wait_for_timeout(SAVED_BY_ITSELF)
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.get_by_role("button", name=name).first.click()
