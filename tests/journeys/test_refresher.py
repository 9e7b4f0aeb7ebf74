"""A year on: a worker is mailed, renews in time and has a second certificate beside the first."""

import re
from datetime import timedelta
from io import StringIO
from urllib.parse import urlsplit

from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Page, expect

from learning.models import Certificate, Completion
from learning.rules.calendar import add_months
from tests.journeys.conftest import Account
from tests.journeys.steps import (
    answer_all,
    arrive,
    decide,
    follow,
    press,
    rate,
    read_on,
    talk_to_the_end,
)

ANSWERS = [
    "Wat bedoel je met terugbetalen",
    "Vertel het eerst maar",  # not the best one
    "Sem zei",
    "Ik blijf stil",
    "in eigen woorden",
]


def test_from_the_mail_to_a_second_certificate(
    phone: Page, desktop: Page, accounts: dict[str, Account]
) -> None:
    worker = accounts["herhaling"]
    before = list(Completion.objects.filter(worker__email=worker.email).order_by("completed_on"))
    first = Certificate.objects.get(completion=before[-1])
    through = first.valid_through

    open_the_mail(phone, worker, link=mailed_link(worker))
    arrive(phone, "Mijn leerpad")
    expect(phone.get_by_text(f"U bent gedekt tot en met {date_format(through)}")).to_be_visible()
    retake(phone)

    after = list(Completion.objects.filter(worker__email=worker.email).order_by("completed_on"))
    assert after[:-1] == before
    second = Certificate.objects.get(completion=after[-1])
    assert second.valid_through == add_months(through, 12)
    follow(phone, "Naar mijn leerpad")
    expect(phone.get_by_role("heading", name="U bent bij")).to_be_visible()
    arrive(phone, "Mijn leerpad")
    for certificate in (first, second):
        download(phone, certificate)
        verify(desktop, certificate)
    first.refresh_from_db()
    assert first.valid_through == through
    see_the_numbers(phone)


def mailed_link(worker: Account) -> str:
    """The daily run of the day, two weeks before the due date, on which this person is mailed."""
    due_on = Certificate.objects.filter(name=worker.name).latest("valid_through").valid_through
    day = due_on - timedelta(days=14)
    assert day > timezone.localdate()
    mail.outbox.clear()
    call_command("advance_cycles", as_of=day, stdout=StringIO())
    [message] = [one for one in mail.outbox if one.to == [worker.email]]
    assert date_format(due_on) in message.subject
    link = re.search(r"https?://\S+", str(message.body))
    assert link is not None
    return urlsplit(link[0]).path


def open_the_mail(page: Page, worker: Account, *, link: str) -> None:
    """Who is not signed in does so first, and is then where the link leads."""
    page.goto(link)
    page.locator("#id_login").fill(worker.email)
    page.locator("#id_password").fill(worker.password)
    page.locator("#id_password").press("Enter")
    page.wait_for_url(f"**{link}")


def retake(page: Page) -> None:
    """The conversation over the dishes, with a self-rating before and after."""
    press(page, "Beginnen")
    arrive(page, "Hoe schat u uzelf nu in?")
    rate(page, recognising=4, acting=3)
    arrive(page, "Waarom een gesprek vaak onverwacht begint")
    press(page, "Volgende stap")
    talk_over_the_dishes(page)
    press(page, "Volgende stap")
    arrive(page, "Wat weet u nu?")
    answer_all(page, ANSWERS)
    expect(page.get_by_role("heading", name="4 van 5 goed")).to_be_visible()
    read_to_the_end(page)
    rate(page, recognising=7, acting=6)
    press(page, "Afronden")
    arrive(page, "Klaar")


def talk_over_the_dishes(page: Page) -> None:
    arrive(page, "Tijdens de afwas")
    decide(page, "Wat bedoel je?")
    expect(page.get_by_text("Het blijft stil. De kraan loopt.")).to_be_visible()
    read_on(page)
    expect(page.get_by_role("region", name="Waarom")).to_contain_text("U vraagt één ding")
    talk_to_the_end(page)
    arrive(page, "Tijdens de afwas")


def read_to_the_end(page: Page) -> None:
    """From the last answer of the knowledge check to the second self-rating."""
    for title in [
        "Wat neemt u mee naar uw team?",
        "Waar dit op rust",
        "Hoe schat u uzelf nu in?",
    ]:
        press(page, "Volgende stap")
        arrive(page, title)


def see_the_numbers(page: Page) -> None:
    page.goto("/ontwikkeling/")
    arrive(page, "Mijn ontwikkeling")
    before = page.get_by_role("row").filter(has_text="vóór").last
    expect(before.filter(has_text="4").filter(has_text="3")).to_be_visible()
    attempt = page.get_by_role("article").filter(has_text="Tijdens de afwas").first
    expect(attempt).to_contain_text("4 van 5 goed")


def download(page: Page, certificate: Certificate) -> None:
    """The link stands on the learning path; what comes is a PDF."""
    address = f"/certificaat/{certificate.code}.pdf"
    expect(page.locator(f"a[href='{address}']")).to_be_visible()
    answer = page.request.get(address)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def verify(page: Page, certificate: Certificate) -> None:
    """As anybody sees it who scans the code, without an account: each with its own dates."""
    page.goto(f"/certificaat/{certificate.code}/")
    arrive(page, "Controle van een certificaat")
    for day in (certificate.completed_on, certificate.valid_through):
        expect(page.get_by_role("definition").filter(has_text=date_format(day))).to_have_count(1)
