"""An administrator sets up an organisation from nothing by the hints, until somebody can learn."""

import re

from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from learning.models import Assignment
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import SignIn, arrive, fill, follow, press

TODAY = timezone.localdate().isoformat()
STAFF = "Medewerkers van De Linde"


def test_from_nothing_to_the_first_training(
    desktop: Page, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(desktop, "beheer")
    arrive(desktop, "Organisaties")
    follow(desktop, "Voeg organisatie toe")
    arrive(desktop, "Voeg een organisatie toe")
    fill(desktop, "Naam van de organisatie", "De Linde")
    press(desktop, "Voeg organisatie toe")

    do_next(desktop, "Maak het eerste team", "Voeg team toe")
    fill(desktop, "Naam van het team", "Kade")
    press(desktop, "Voeg team toe")
    follow(desktop, "De Linde")

    do_next(desktop, "Voeg de eerste medewerker toe", "Voeg medewerker toe")
    add_sam(desktop)
    make_coordinator(desktop)

    do_next(desktop, "Leg vast dat de ondernemingsraad heeft ingestemd", "Leg de dag vast")
    desktop.get_by_label("De ondernemingsraad heeft ingestemd op").fill(TODAY)
    press(desktop, "Bewaar gegevens")
    do_next(desktop, "Start de training", "Kies de training")
    start_training(desktop)
    first_sign_in(open_page("phone"))


def do_next(page: Page, what: str, link: str) -> None:
    """The page of the organisation names one next step; take it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(STAFF)
    hint = page.locator(".card--next")
    expect(hint.get_by_role("heading")).to_have_text(what)
    arrive(page, STAFF)
    hint.get_by_role("link", name=link, exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(STAFF)


def add_sam(page: Page) -> None:
    fill(page, "Voornaam", "Sam")
    fill(page, "Achternaam", "de Boer")
    fill(page, "E-mailadres van het werk", "sam@linde.example")
    page.get_by_label("Team", exact=True).select_option(label="Kade")
    fill(page, "Eerste werkdag", TODAY)
    press(page, "Voeg medewerker toe")
    arrive(page, "Sam de Boer")
    assert not Assignment.objects.filter(worker__email="sam@linde.example").exists()


def make_coordinator(page: Page) -> None:
    follow(page, "De Linde")
    expect(page.locator(".card--next")).to_contain_text("Maak iemand opleidingscoördinator")
    follow(page, "Sam de Boer")
    follow(page, "Geef een rol")
    page.get_by_role("radio", name="Opleidingscoördinator").check()
    press(page, "Geef rol")
    arrive(page, "Sam de Boer")
    follow(page, "De Linde")


def start_training(page: Page) -> None:
    arrive(page, "Training van De Linde")
    page.get_by_role("link", name="Een regel maken").click()
    arrive(page, "Een regel maken")
    expect(page.get_by_label("Aantal dagen", exact=True)).to_have_value("90")
    press(page, "Bekijk wat dit doet")
    arrive(page, "Wat deze regel doet")
    expect(page.get_by_text("krijgt deze training.")).to_be_visible()
    press(page, "Bewaar")
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()
    arrive(page, "Training van De Linde")
    assert Assignment.objects.filter(worker__email="sam@linde.example").count() == 1


def first_sign_in(page: Page) -> None:
    """The new person follows the link in the mail, chooses a password and finds the training."""
    [message] = [sent for sent in mail.outbox if sent.to == ["sam@linde.example"]]
    link = re.search(r"https?://\S+/account/\S+", str(message.body))
    assert link is not None
    page.goto(link.group())
    arrive(page, "Kies een nieuw wachtwoord")
    for field in page.locator("input[type=password]").all():
        field.fill("een-lang-wachtwoord")
    press(page, "Wachtwoord opslaan")
    arrive(page, "Uw wachtwoord is opgeslagen")
    follow(page, "Aanmelden")
    page.locator("#id_login").fill("sam@linde.example")
    page.locator("#id_password").fill("een-lang-wachtwoord")
    page.locator("#id_password").press("Enter")
    arrive(page, "Mijn leerpad")
    expect(page.locator(".card--next")).to_contain_text("Klusjes en schuld")
