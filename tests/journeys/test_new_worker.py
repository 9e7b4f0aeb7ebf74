"""A new worker's first training: begun on a phone at work, finished at home."""

from django.utils.formats import date_format
from playwright.sync_api import Page, Route, expect

from learning.models import Completion, LearningEvent
from tests.journeys.conftest import Account
from tests.journeys.steps import (
    SignIn,
    answer,
    arrive,
    decide,
    follow,
    path_of,
    press,
    rate,
    read_to_the_end,
)

ANSWERS = [
    "Wat bedoel je met terugbetalen",
    "Vertel het eerst maar",  # not the best one
    "Sem zei",
    "Ik blijf stil",
    "in eigen woorden",
]


def events_of(email: str, kind: LearningEvent.Kind) -> int:
    return LearningEvent.objects.filter(attempt__worker__email=email, kind=kind).count()


def test_from_the_first_sign_in_to_a_certificate(
    phone: Page, desktop: Page, sign_in: SignIn
) -> None:
    worker = sign_in(phone, "nieuw")
    see_one_next_step(phone)
    press(phone, "Beginnen")
    arrive(phone, "Hoe schat u uzelf nu in?")
    rate(phone, recognising=4, acting=3)
    arrive(phone, "Waarom een gesprek vaak onverwacht begint")
    press(phone, "Volgende stap")
    talk_over_the_dishes(phone, worker)

    sign_in(desktop, "nieuw")
    press(desktop, "Ga verder")
    expect(desktop.get_by_text("Vraag 1 van 5")).to_be_visible()
    arrive(desktop, "Wat weet u nu?")
    answer_five_questions(desktop)
    read_to_the_end(desktop)
    rate(desktop, recognising=7, acting=6)

    finish_once_from_two_browsers(phone, desktop, worker)
    see_what_it_gave(desktop, worker)


def see_one_next_step(page: Page) -> None:
    arrive(page, "Mijn leerpad")
    expect(page.locator(".card--next")).to_have_count(1)
    expect(page.locator(".card--next")).to_contain_text("Het gesprek openen")
    expect(page.locator("main .utrecht-button--primary-action")).to_have_count(1)


def talk_over_the_dishes(page: Page, worker: Account) -> None:
    """Two decisions; at the second one the connection is lost for a moment. Then: stop."""
    arrive(page, "Tijdens de afwas")
    decide(page, "Wat bedoel je?")
    expect(page.get_by_text("Het blijft stil. De kraan loopt.")).to_be_visible()
    expect(page.get_by_role("region", name="Waarom")).to_contain_text("U vraagt één ding")
    expect(page.locator("#laatste")).to_be_in_viewport()
    arrive(page, "Tijdens de afwas")

    page.context.set_offline(True)
    page.locator("input[name=choice]").first.check()
    press(page, "Dit doe ik")
    expect(page.get_by_text("Geen verbinding. Wat u koos staat hier nog")).to_be_visible()
    assert events_of(worker.email, LearningEvent.Kind.CHOICE) == 1
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="De weg die u koos")).to_be_visible()
    assert events_of(worker.email, LearningEvent.Kind.CHOICE) == 2
    expect(page.get_by_role("region", name="Terugblik")).to_be_visible()
    arrive(page, "Tijdens de afwas")
    press(page, "Volgende stap")
    arrive(page, "Wat weet u nu?")


def answer_five_questions(page: Page) -> None:
    for number, words in enumerate(ANSWERS, start=1):
        answer(page, number, words)
        if number == 2:
            expect(page.get_by_text("Achteraf kan dat voelen als een valstrik")).to_be_visible()
            arrive(page, "Wat weet u nu?")
        if number < len(ANSWERS):
            follow(page, "Volgende vraag")
    expect(page.get_by_role("heading", name="4 van 5 goed")).to_be_visible()


def finish_once_from_two_browsers(phone: Page, desktop: Page, worker: Account) -> None:
    """*Afronden* where the answer gets lost on the phone, and a double click on the desktop."""
    arrive(desktop, "Bijna klaar")
    phone.goto(path_of(desktop))
    arrive(phone, "Bijna klaar")
    lost = lose_the_first_answer(phone)
    press(phone, "Afronden")
    desktop.get_by_role("button", name="Afronden", exact=True).dblclick()
    arrive(desktop, "Klaar")
    arrive(phone, "Klaar")
    assert lost, "the phone's first request was not cut off"
    assert Completion.objects.filter(worker__email=worker.email).count() == 1
    assert events_of(worker.email, LearningEvent.Kind.COMPLETED) == 1


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


def see_what_it_gave(page: Page, worker: Account) -> None:
    through = Completion.objects.get(worker__email=worker.email).valid_through
    assert through is not None
    expect(page.get_by_text(f"geldig tot en met {date_format(through)}")).to_be_visible()
    follow(page, "Naar mijn leerpad")
    arrive(page, "Mijn leerpad")
    expect(page.get_by_role("heading", name="U bent bij")).to_be_visible()
    page.goto("/ontwikkeling/")
    arrive(page, "Mijn ontwikkeling")
    expect(page.get_by_role("row").filter(has_text="4").filter(has_text="3")).to_have_count(1)
    attempt = page.get_by_role("article").filter(has_text="Tijdens de afwas")
    expect(attempt).to_contain_text("4 van 5 goed")
