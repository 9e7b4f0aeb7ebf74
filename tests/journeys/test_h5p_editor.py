"""An editor brings in an H5P file; somebody approves its code; it goes into a module and on."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from modules.models import H5PPackage, ModulePage
from modules.packages.checking import check_waiting
from tests.h5p_packages import QUESTION, package, question
from tests.journeys.conftest import Account, OpenPage
from tests.journeys.steps import SignIn, arrive, follow, press

LIST = "/admin/snippets/modules/h5ppackage/"
TITLE = "Katten <b>en</b> honden"
HENS = question("Wat zegt een kip?", "Tok", "Woef")
CODE = QUESTION.files["scripts/vraag.js"] + b"\n// Een regel erbij.\n"
NEWER = QUESTION.changed(patchVersion=4).with_file("scripts/vraag.js", CODE)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {
        "katten": package(title=TITLE),
        "kippen": package(NEWER, title=TITLE, content=HENS),
        "kwaad": package(title="Kwaad", files={"kwaad.php": b"x", "kaal": b"x"}),
        "tekst": b"Dit is geen H5P.",
    }
    for name, body in made.items():
        (tmp_path / f"{name}.h5p").write_bytes(body)
    return {name: tmp_path / f"{name}.h5p" for name in made}


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_from_a_file_to_a_module_and_to_its_next_version(
    screen: str, open_page: OpenPage, sign_in: SignIn, files: dict[str, Path]
) -> None:
    page, approver = open_page(screen), open_page(screen)  # type: ignore[arg-type]
    sign_in(page, "redacteur")
    sign_in(approver, "bibliotheek")
    page.goto(LIST)
    follow(page, "H5P-bestand uploaden")
    upload(page, files["katten"])
    arrive(page, TITLE)
    expect(page.get_by_text("Deze activiteit wacht op goedkeuring.")).to_be_visible()
    expect(page.get_by_role("link", name="Proef spelen")).to_have_count(0)

    approver.goto("/")
    arrive(approver, "H5P-bibliotheken")
    follow(approver, TITLE)
    arrive(approver, f"Bibliotheken van ‘{TITLE}’")
    press(approver, "Keur deze 2 bibliotheken goed")
    expect(approver.get_by_role("alert")).to_contain_text("Bekijk eerst de bibliotheken")
    approver.get_by_label("Ik heb elk van deze bibliotheken bekeken.").check()
    press(approver, "Keur deze 2 bibliotheken goed")
    expect(approver.get_by_text("2 bibliotheken zijn goedgekeurd.")).to_be_visible()

    page.reload()
    follow(page, "Proef spelen")
    try_it(page, "Miauw")

    module = put_in_a_module(page) if screen == "desktop" else None
    page.goto(activity())
    follow(page, "Nieuwe versie uploaden")
    arrive(page, "Nieuwe versie uploaden")
    if module:
        expect(page.get_by_text("krijgt de nieuwe versie zodra die speelbaar is")).to_be_visible()
    upload(page, files["kippen"])
    arrive(page, TITLE)
    expect(page.get_by_text("Tot dan wordt versie 1 gespeeld.")).to_be_visible()
    if module:
        expect(where_used(page)).to_contain_text("gepubliceerd, met versie 1")

    look_at_what_changed(approver)
    press(approver, "Keur goed")
    page.reload()
    expect(page.get_by_text("wie nu begint, krijgt deze")).to_have_count(1)
    if module:
        expect(where_used(page)).to_contain_text("gepubliceerd, met versie 2")
        follow(page, "Verwijder")
        press(page, "Verwijder")
        expect(page.get_by_text("staat in een module")).to_be_visible()
        assert H5PPackage.objects.filter(title=TITLE).exists()


def test_a_refused_file_says_what_is_wrong_and_where(
    open_page: OpenPage, sign_in: SignIn, files: dict[str, Path]
) -> None:
    for screen in ("phone", "desktop"):
        page = open_page(screen)  # type: ignore[arg-type]
        sign_in(page, "redacteur")
        page.goto("/admin/h5p/upload/")
        press(page, "Upload en controleer")
        expect(page.get_by_role("alert")).to_contain_text("Kies eerst een bestand.")
        upload(page, files["kwaad"])
        arrive(page, "Dit bestand kunnen we niet opnemen")
        for name in ("content/kwaad.php", "content/kaal"):
            expect(page.get_by_role("heading", name=name)).to_be_visible()
        follow(page, "Probeer een ander bestand")
        upload(page, files["tekst"])
        expect(page.get_by_role("heading", name="Het hele bestand")).to_be_visible()
    assert not H5PPackage.objects.filter(title="Kwaad").exists()


def test_a_colleague_without_the_role_sees_and_decides_nothing(
    desktop: Page, sign_in: SignIn, accounts: dict[str, Account]
) -> None:
    sign_in(desktop, "redacteur")
    desktop.goto("/admin/h5p-libraries/")
    arrive(desktop, "H5P-bibliotheken")
    desktop.locator("main table a").first.click()
    expect(desktop.get_by_role("heading", name="Bestanden")).to_be_visible()
    expect(desktop.get_by_role("button", name="Trek de goedkeuring in")).to_have_count(0)


def upload(page: Page, file: Path) -> None:
    """Send it, wait while it is checked, and be where one is led then."""
    page.get_by_label("H5P-bestand").set_input_files(file)
    press(page, "Upload en controleer")
    arrive(page, "Het bestand wordt gecontroleerd")
    check_waiting()  # what a worker does beside the pages
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Het bestand wordt gecontroleerd")


def activity() -> str:
    return f"/admin/h5p/{H5PPackage.objects.get(title=TITLE).public_id}/"


def try_it(page: Page, good: str) -> None:
    frame = page.frame_locator("[data-h5p-frame]")
    frame.get_by_role("radio", name=good).check()
    frame.get_by_role("button", name="Klaar").click()
    expect(page.get_by_role("log")).to_contain_text(
        "beantwoord, de hele activiteit, 1 van 1 punten"
    )
    arrive(page, f"‘{TITLE}’ proef spelen")


def put_in_a_module(page: Page) -> ModulePage:
    module: ModulePage = ModulePage.objects.get(slug="het-gesprek-openen")
    number = len(module.steps)
    page.goto(f"/admin/pages/{module.pk}/edit/")
    page.locator("[data-streamfield-stream-container] .c-sf-add-button").last.click()
    page.get_by_role("option", name="H5P-activiteit").click()
    page.locator(f"[name='steps-{number}-value-title']").fill("Over dieren")
    step = page.locator(f"#steps-{number}-value-activity-chooser")
    step.get_by_role("button").first.click()
    expect(page.locator(".modal")).to_contain_text("speelbaar")
    page.locator(".modal").get_by_role("link", name=TITLE).click()
    expect(step).to_contain_text(TITLE)
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.get_by_role("button", name="Publiceren").click()
    expect(page.get_by_text("is gepubliceerd")).to_be_visible()
    return module


def where_used(page: Page) -> Locator:
    return page.get_by_role("region", name="Waar de activiteit wordt gebruikt")


def look_at_what_changed(page: Page) -> None:
    page.goto("/admin/h5p-libraries/")
    page.get_by_role("table").first.get_by_role("link", name="Vraag (voorbeeld)").click()
    arrive(page, "Voorbeeld.Vraag 1.2.4")
    follow(page, "scripts/vraag.js")
    arrive(page, "scripts/vraag.js")
    expect(page.get_by_text("// Een regel erbij.")).to_be_visible()
    page.go_back()
    press(page, "Wijs af")
    expect(page.get_by_role("alert")).to_contain_text("waarom")
    arrive(page, "Voorbeeld.Vraag 1.2.4")
