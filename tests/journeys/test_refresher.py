"""A year on: a worker renews the training in the last month of its validity."""

from django.utils.formats import date_format
from playwright.sync_api import Page, expect

from learning.models import Completion
from learning.rules.calendar import add_months
from tests.journeys.steps import (
    SignIn,
    arrive,
    begin_the_conversation,
    follow,
    press,
    read_to_the_end,
)


def test_renewing_in_the_window_keeps_the_yearly_date(phone: Page, sign_in: SignIn) -> None:
    worker = sign_in(phone, "herhaling")
    before = list(Completion.objects.filter(worker__email=worker.email).order_by("completed_on"))
    through = before[-1].valid_through

    arrive(phone, "Mijn leerpad")
    expect(phone.get_by_text(f"U bent gedekt tot en met {date_format(through)}")).to_be_visible()
    begin_the_conversation(phone)
    for _decision in range(2):
        phone.locator("input[name=choice]").first.check()
        press(phone, "Dit doe ik")
        expect(phone.locator("input[name=choice]:checked")).to_have_count(0)
    press(phone, "Volgende stap")
    answer_all(phone)
    read_to_the_end(phone)
    press(phone, "Overslaan")
    press(phone, "Afronden")
    arrive(phone, "Klaar")

    after = list(Completion.objects.filter(worker__email=worker.email).order_by("completed_on"))
    assert after[:-1] == before
    assert after[-1].valid_through == add_months(through, 12)
    follow(phone, "Naar mijn leerpad")
    expect(phone.get_by_role("heading", name="U bent bij")).to_be_visible()
    for completion in after:
        line = (
            f"Afgerond op {date_format(completion.completed_on)}, "
            f"geldig tot en met {date_format(completion.valid_through)}"
        )
        expect(phone.get_by_text(line)).to_be_visible()
    arrive(phone, "Mijn leerpad")


def answer_all(page: Page) -> None:
    for number in range(1, 6):
        expect(page.get_by_text(f"Vraag {number} van 5")).to_be_visible()
        page.locator("input[name=choice]").first.check()
        press(page, "Geef dit antwoord")
        if number < 5:
            follow(page, "Volgende vraag")
