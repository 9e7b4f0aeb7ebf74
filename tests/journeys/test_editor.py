"""An editor changes the module; who is halfway finishes the version that they began."""

from playwright.sync_api import Page, expect

from modules.models import ModulePage, ModuleVersion
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import Account, OpenPage
from tests.journeys.steps import SignIn, modules_done, path_of, press

NEW = "Het gesprek openen, herzien"
SUMMARY = "U oefent een gesprek dat zomaar begint."


def test_a_new_version_disturbs_nobody(
    phone: Page,
    desktop: Page,
    open_page: OpenPage,
    sign_in: SignIn,
    accounts: dict[str, Account],
) -> None:
    sign_in(phone, "herhaling")
    press(phone, "Beginnen")
    press(phone, "Overslaan")

    sign_in(desktop, "redacteur")
    assert_accessible(desktop)
    publish_another_title(desktop)

    for address in [path_of(phone), "/leerpad/"]:
        phone.goto(address)
        expect(phone.locator("main")).to_contain_text("Het gesprek openen")
        expect(phone.locator("main")).not_to_contain_text(NEW)
    press(phone, "Ga verder")
    press(phone, "Volgende stap")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tijdens de afwas")
    expect(phone.locator("main")).not_to_contain_text(NEW)

    modules_done(accounts["nieuw"], 3)
    other = open_page("phone")
    sign_in(other, "nieuw")
    expect(other.locator(".card--next")).to_contain_text(SUMMARY)
    press(other, "Beginnen")
    expect(other.locator("main")).to_contain_text(NEW)


def publish_another_title(page: Page) -> None:
    module = ModulePage.objects.get(slug="het-gesprek-openen")
    page.goto(f"/admin/pages/{module.pk}/edit/")
    title = page.locator("#id_title")
    expect(title).to_have_value("Het gesprek openen")
    title.fill(NEW)
    page.locator("#id_summary").fill(SUMMARY)
    see_the_preview(page)
    page.get_by_role("button", name="Toggle acties").or_(
        page.locator("footer [data-w-dropdown-target=toggle]")
    ).first.click()
    page.get_by_role("button", name="Publiceren").click()
    expect(page.get_by_text("is gepubliceerd")).to_be_visible()
    page.goto(f"/admin/pages/{module.pk}/edit/")
    expect(page.get_by_text("Wie nu begint, krijgt versie 2")).to_be_visible()
    assert_accessible(page)
    assert ModuleVersion.objects.filter(module=module).count() == 2


def see_the_preview(page: Page) -> None:
    page.locator("[data-side-panel-toggle=preview]").click()
    shown = page.frame_locator("#w-preview-iframe")
    expect(shown.get_by_text(NEW).first).to_be_visible()
    expect(shown.get_by_text("Tijdens de afwas").first).to_be_visible()
