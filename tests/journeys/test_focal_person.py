"""A focal person fills in the month that is missing, corrects an earlier one, sees the rates."""

from playwright.sync_api import Page, expect

from analytics.models import MonthlyCount
from tests.journeys.steps import SignIn, arrive, fill, follow, press, see_chart, unfold


def test_the_missing_month_and_a_correction(desktop: Page, sign_in: SignIn) -> None:
    sign_in(desktop, "aandachtsfunctionaris")
    desktop.goto("/cijfers/")
    arrive(desktop, "Cijfers per maand")
    follow(desktop, "Vul deze maand in")
    month = desktop.get_by_role("heading", level=1).inner_text()
    arrive(desktop, month)
    fill_in_the_month(desktop)
    arrive(desktop, month)
    assert MonthlyCount.objects.filter(recorded_by__email__startswith="aandachts").count() > 0

    earlier = earlier_month(desktop)
    correct(desktop, earlier)
    arrive(desktop, f"Cijfers van {earlier}")
    see_the_rates(desktop)


def fill_in_the_month(page: Page) -> None:
    before = MonthlyCount.objects.count()
    clients = page.locator(".count-table__before").first.inner_text().split()[-1]
    fill(page, "Cliënten in zorg", clients)
    fill(page, "Nieuwe vermoedens", "-2")
    fill(page, "Meldingen bij Veilig Thuis", "1")
    page.get_by_label("Status van: registraties bij CoMensha").select_option("nog onbekend")
    press(page, "Bewaar deze maand")
    row = page.get_by_role("row").filter(has=page.get_by_label("Nieuwe vermoedens", exact=True))
    expect(row).to_contain_text("Een aantal kan niet negatief zijn.")
    expect(page.get_by_label("Nieuwe vermoedens", exact=True)).to_have_value("-2")
    expect(page.get_by_label("Cliënten in zorg", exact=True)).to_have_value(clients)
    arrive(page, page.get_by_role("heading", level=1).inner_text())
    assert MonthlyCount.objects.count() == before

    fill(page, "Nieuwe vermoedens", "2")
    press(page, "Bewaar deze maand")
    expect(page.get_by_text("Opgeslagen om")).to_be_visible()
    assert MonthlyCount.objects.count() == before + 4


def earlier_month(page: Page) -> str:
    """Open a month that is complete, by the strip of months; its name."""
    follow(page, "Cijfers")
    link = page.locator(".months__item--complete").nth(-2)
    name = link.inner_text().splitlines()[0].strip()
    link.click()
    return name


def correct(page: Page, month: str) -> None:
    clients = page.get_by_label("Cliënten in zorg", exact=True)
    was = clients.input_value()
    clients.fill(str(int(was) + 1))
    press(page, "Bewaar deze maand")
    expect(page.get_by_text("U verandert een getal dat al bewaard was").first).to_be_visible()
    page.get_by_label("Waarom verandert u het?").select_option("typefout")
    press(page, "Bewaar deze maand")
    expect(page.get_by_text("Opgeslagen om")).to_be_visible()
    line = page.get_by_role("region", name="Geschiedenis").get_by_role("row").nth(1)
    expect(line).to_contain_text("Cliënten in zorg")
    expect(line).to_contain_text(was)
    expect(line).to_contain_text(str(int(was) + 1))
    expect(line).to_contain_text("typefout")


def see_the_rates(page: Page) -> None:
    page.goto("/cijfers/overzicht/")
    arrive(page, "Cijfers en trainingsdekking")
    see_chart(page, "per 1.000 cliëntmaanden")
    unfold(page, "Hetzelfde als tabel")
    expect(page.get_by_role("region", name="per maand").get_by_role("row")).not_to_have_count(0)
    page.get_by_label("Welk cijfer").select_option("Meldingen bij Veilig Thuis")
    press(page, "Toon dit cijfer")
    expect(page.get_by_role("heading", name="In woorden")).to_be_visible()
    expect(page.locator("caption")).to_contain_text("Meldingen bij Veilig Thuis")
    arrive(page, "Cijfers en trainingsdekking")
