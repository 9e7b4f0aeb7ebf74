"""A new worker's training: eight modules, begun on a phone at work, gone on with at home."""

from django.utils.formats import date_format
from playwright.sync_api import Page, Route, expect

from learning.models import Certificate, Completion, LearningEvent
from tests.journeys.conftest import Account
from tests.journeys.steps import (
    SignIn,
    answer_all,
    arrive,
    choice,
    decide,
    follow,
    modules_done,
    path_of,
    press,
    read_on,
    talk_to_the_end,
)

ANSWERS = [
    "bij de schuur",
    "Ik wacht tot ik Kyan zelf iets zie doen",  # not the best one
    "Zij kan slachtoffer zijn",
]
LAST = "Samen in de keten"


def events_of(email: str, kind: LearningEvent.Kind) -> int:
    return LearningEvent.objects.filter(attempt__worker__email=email, kind=kind).count()


def test_from_the_first_sign_in_to_the_second_module(
    phone: Page, desktop: Page, sign_in: SignIn
) -> None:
    worker = sign_in(phone, "nieuw")
    see_one_next_step(phone)
    press(phone, "Beginnen")
    arrive(phone, "Als een klusje een schuld wordt")
    press(phone, "Volgende stap")
    talk_about_the_parcel(phone, worker)

    sign_in(desktop, "nieuw")
    press(desktop, "Ga verder")
    expect(desktop.get_by_text("Vraag 1 van 3")).to_be_visible()
    arrive(desktop, "Wat weet u nu?")
    answer_all(desktop, ANSWERS)
    expect(desktop.get_by_role("heading", name="2 van 3 goed")).to_be_visible()
    press(desktop, "Volgende stap")
    arrive(desktop, "Waar dit op rust")
    press(desktop, "Volgende stap")

    finish_once_from_two_browsers(phone, desktop, worker)
    see_the_second_of_eight(desktop)


def test_the_last_of_eight_modules_brings_the_certificate(
    phone: Page, sign_in: SignIn, accounts: dict[str, Account]
) -> None:
    worker = accounts["nieuw"]
    modules_done(worker, 7)
    assert not Completion.objects.filter(worker__email=worker.email).exists()
    sign_in(phone, "nieuw")
    expect(phone.locator(".card--next")).to_contain_text(LAST)
    expect(phone.get_by_text("7 van 8 modules gedaan")).to_be_visible()
    arrive(phone, "Mijn leerpad")
    press(phone, "Beginnen")
    press(phone, "Volgende stap")
    talk_to_the_end(phone)
    press(phone, "Volgende stap")
    answer_all(phone, ["", "", ""])
    press(phone, "Volgende stap")
    arrive(phone, "Waar dit op rust")
    press(phone, "Volgende stap")
    arrive(phone, "Bijna klaar")
    press(phone, "Afronden")
    arrive(phone, "Klaar")
    see_what_it_gave(phone, worker)


def see_one_next_step(page: Page) -> None:
    """With all that comes after it, in order."""
    arrive(page, "Mijn leerpad")
    expect(page.locator(".card--next")).to_have_count(1)
    expect(page.locator(".card--next")).to_contain_text("module 1 van 8")
    expect(page.locator("main .utrecht-button--primary-action")).to_have_count(1)
    listed = page.locator(".path__title").all_inner_texts()
    assert len(listed) == 8
    assert (listed[0], listed[7]) == ("Klusjes en schuld", LAST)


def talk_about_the_parcel(page: Page, worker: Account) -> None:
    """At the second decision the connection is lost for a moment. After the end: stop."""
    arrive(page, "Het pakketje")
    decide(page, "Ik schrijf op wat ik zag en hoorde")
    expect(page.get_by_text("12.45 uur terug")).to_be_visible()
    arrive(page, "Het pakketje")
    read_on(page)
    expect(page.get_by_role("region", name="Waarom")).to_contain_text("waar uw zorg op rust")
    arrive(page, "Het pakketje")

    page.context.set_offline(True)
    choice(page, "Ik overleg eerst, met Ruben").check()
    press(page, "Dit doe ik")
    expect(page.get_by_text("Geen verbinding. Wat u koos staat hier nog")).to_be_visible()
    assert events_of(worker.email, LearningEvent.Kind.CHOICE) == 1
    page.context.set_offline(False)
    expect(page.get_by_text("de telefoon op luidspreker")).to_be_visible()
    assert events_of(worker.email, LearningEvent.Kind.CHOICE) == 2
    talk_to_the_end(page)
    arrive(page, "Het pakketje")
    press(page, "Volgende stap")
    arrive(page, "Wat weet u nu?")


def finish_once_from_two_browsers(phone: Page, desktop: Page, worker: Account) -> None:
    """*Afronden* where the answer gets lost on the phone, and a double click on the desktop."""
    arrive(desktop, "Bijna klaar")
    phone.goto(path_of(desktop))
    arrive(phone, "Bijna klaar")
    lost = lose_the_first_answer(phone)
    press(phone, "Afronden")
    desktop.get_by_role("button", name="Afronden", exact=True).dblclick()
    arrive(desktop, "Deze module is klaar")
    arrive(phone, "Deze module is klaar")
    assert lost, "the phone's first request was not cut off"
    assert events_of(worker.email, LearningEvent.Kind.COMPLETED) == 1
    assert not Completion.objects.filter(worker__email=worker.email).exists()


def lose_the_first_answer(page: Page) -> list[str]:
    """The site carries the form out, but the browser never hears so."""
    lost: list[str] = []

    def cut(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/afronden/", cut)
    return lost


def see_the_second_of_eight(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("1 van de 8 modules")
    follow(page, "Naar mijn leerpad")
    arrive(page, "Mijn leerpad")
    expect(page.get_by_text("1 van 8 modules gedaan")).to_be_visible()
    expect(page.locator(".card--next")).to_contain_text("Signalen wegen")
    expect(page.locator(".card--next")).to_contain_text("module 2 van 8")
    page.goto("/ontwikkeling/")
    arrive(page, "Mijn ontwikkeling")
    attempt = page.get_by_role("article").filter(has_text="Het pakketje")
    expect(attempt).to_contain_text("2 van 3 goed")


def see_what_it_gave(page: Page, worker: Account) -> None:
    completion = Completion.objects.get(worker__email=worker.email)
    assert completion.valid_through is not None
    through = date_format(completion.valid_through)
    expect(page.get_by_text(f"geldig tot en met {through}")).to_be_visible()
    assert Certificate.objects.get(completion=completion).minutes == completion.minutes
    follow(page, "Naar mijn leerpad")
    arrive(page, "Mijn leerpad")
    expect(page.get_by_role("heading", name="U bent bij")).to_be_visible()
    expect(page.locator(".path__item--done")).to_have_count(8)
