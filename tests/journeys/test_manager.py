"""A manager sees who is covered, down to a person, and nothing of what anybody answered."""

import re

from playwright.sync_api import Page, expect

from organisations.models import Team
from tests.journeys.steps import SignIn, arrive, follow, refused, see_chart, unfold

PRIVATE = re.compile(r"\d+ van \d+ goed|[Uu] koos|kon het sterker|Hoe u uzelf inschat|van de 10\b")


def see_nothing_private(page: Page) -> None:
    assert not PRIVATE.search(page.locator("main").inner_text())


def test_from_the_numbers_to_a_person(desktop: Page, sign_in: SignIn) -> None:
    sign_in(desktop, "leidinggevende")
    follow(desktop, "Team")
    arrive(desktop, "Team")
    numbers = [int(words) for words in desktop.locator(".tile__number").all_inner_texts()]
    covered, soon, overdue, to_do = numbers
    assert covered >= soon > 0
    assert overdue > 0
    sentence = f"{covered} van de {covered + overdue + to_do} "
    expect(desktop.locator("main p").first).to_contain_text(sentence)
    see_chart(desktop, "Staven per maand")
    unfold(desktop, "Hetzelfde als tabel")
    twin = desktop.get_by_role("region", name="Per maand")
    expect(twin.get_by_role("row")).to_have_count(14)
    expect(twin.get_by_role("row").last.get_by_role("cell").nth(1)).to_have_text(
        str(overdue + to_do)
    )
    see_nothing_private(desktop)

    follow(desktop, "Verblijf De Wilg")
    arrive(desktop, "Verblijf De Wilg")
    see_nothing_private(desktop)
    follow(desktop, "Tom Jansen")
    arrive(desktop, "Tom Jansen")
    expect(desktop.get_by_role("heading", name="Afgeronde training")).to_be_visible()
    expect(desktop.get_by_text("Gedekt, herhalen kan nu")).to_be_visible()
    see_nothing_private(desktop)


def test_the_team_next_door_is_not_there(desktop: Page, sign_in: SignIn) -> None:
    sign_in(desktop, "leidinggevende")
    other = Team.objects.get(name="Verblijf De Els")
    assert "De Els" not in refused(desktop, f"/team/{other.public_id}/")
    refused(desktop, "/team/bbbbbbbbbbbb/")
    desktop.goto("/team/")
    expect(desktop.get_by_role("link", name="Verblijf De Els")).to_have_count(0)
