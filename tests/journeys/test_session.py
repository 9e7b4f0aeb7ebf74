"""The session runs out in the middle of a scenario: nothing is lost and nothing done twice."""

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from learning.models import LearningEvent
from tests.journeys.steps import SignIn, arrive, begin_the_conversation, choice, press, read_on

WORDS = "Ik schrijf op wat ik zag en hoorde"


def choices_made() -> int:
    return LearningEvent.objects.filter(
        kind=LearningEvent.Kind.CHOICE, attempt__worker__email="nieuw@demo.example"
    ).count()


def test_a_choice_made_after_the_session_ran_out(phone: Page, sign_in: SignIn) -> None:
    worker = sign_in(phone, "nieuw")
    begin_the_conversation(phone)
    read_on(phone)
    choice(phone, WORDS).check()
    Session.objects.all().delete()
    press(phone, "Dit doe ik")

    expect(phone.get_by_text("U was uitgelogd. Wat u invulde, is bewaard.")).to_be_visible()
    assert choices_made() == 0
    phone.locator("#id_login").fill(worker.email)
    phone.locator("#id_password").fill(worker.password)
    phone.locator("#id_password").press("Enter")

    arrive(phone, "Het pakketje")
    expect(phone.get_by_text("Wat u had gekozen, staat er nog.")).to_be_visible()
    expect(choice(phone, WORDS)).to_be_checked()
    assert choices_made() == 0
    press(phone, "Dit doe ik")
    expect(phone.get_by_text("12.45 uur terug")).to_be_visible()
    assert choices_made() == 1


def test_with_the_line_down_what_was_sent_stays_ticked_and_is_kept(
    phone: Page, sign_in: SignIn
) -> None:
    sign_in(phone, "nieuw")
    begin_the_conversation(phone)
    read_on(phone)
    sent = choice(phone, WORDS)
    sent.check()
    phone.context.set_offline(True)
    press(phone, "Dit doe ik")
    status = phone.locator("[data-save-status]")
    expect(status).to_contain_text("Geen verbinding")
    expect(status).to_be_in_viewport(ratio=1)
    phone.get_by_role("radio").nth(1 if phone.get_by_role("radio").first.is_checked() else 0).click(
        force=True
    )
    expect(sent).to_be_checked()
    phone.context.set_offline(False)
    expect(phone.get_by_text("12.45 uur terug")).to_be_visible(timeout=20_000)
    assert choices_made() == 1
