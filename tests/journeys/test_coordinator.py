"""A training coordinator adds a team and a person, gives a role, records leave; writes a rule."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from learning.models import Assignment, AssignmentRule
from learning.selectors.planning import staff_of
from organisations.models import Leave, Organisation, Role, RoleGrant, Team, User
from tests.journeys.steps import SignIn, arrive, fill, follow, press

TODAY = timezone.localdate()


def test_from_a_new_team_to_a_person_on_leave(desktop: Page, sign_in: SignIn) -> None:
    sign_in(desktop, "opleidingen")
    desktop.goto("/organisaties/medewerkers/")
    staff = desktop.get_by_role("heading", level=1).inner_text()
    arrive(desktop, staff)
    add_team(desktop)
    follow(desktop, "Medewerkers")
    arrive(desktop, staff)
    add_person(desktop)
    give_role(desktop)
    record_leave(desktop)


def test_a_rule_is_seen_before_it_is_saved(desktop: Page, sign_in: SignIn) -> None:
    page = desktop
    sign_in(page, "opleidingen")
    page.goto("/organisaties/medewerkers/")
    follow(page, "Training")
    arrive(page, page.get_by_role("heading", level=1).inner_text())
    rules = AssignmentRule.objects.count()
    page.get_by_role("link", name="Voeg een regel toe").first.click()
    arrive(page, "Een regel maken")
    fill(page, "Aantal dagen", "13")
    press(page, "Bekijk wat dit doet")
    expect(page.get_by_text("Geef mensen ten minste 14 dagen.").first).to_be_visible()
    fill(page, "Aantal dagen", "100")
    press(page, "Bekijk wat dit doet")
    arrive(page, "Wat deze regel doet")
    expect(page.get_by_text("Voor wie niets verandert")).to_be_visible()
    assert AssignmentRule.objects.count() == rules
    press(page, "Terug")
    expect(page.get_by_label("Aantal dagen", exact=True)).to_have_value("100")
    page.get_by_label("Mensen in bepaalde teams").check()
    page.get_by_label("Verblijf De Els", exact=True).check()
    press(page, "Bekijk wat dit doet")
    arrive(page, "Wat deze regel doet")
    expect(page.get_by_text("Iedereen in Verblijf De Els")).to_be_visible()
    press(page, "Bewaar")
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()
    arrive(page, page.get_by_role("heading", level=1).inner_text())
    rule = AssignmentRule.objects.order_by("-pk")[0]
    assert [str(one.team) for one in rule.teams.all()] == ["Verblijf De Els"]
    end_the_rule(page)
    see_the_people(page, rule.organisation)


def end_the_rule(page: Page) -> None:
    page.get_by_role("link", name="Stop deze regel").last.click()
    arrive(page, "Een regel stoppen")
    press(page, "Stop deze regel")
    expect(page.get_by_text("De regel is gestopt.")).to_be_visible()


def see_the_people(page: Page, organisation: Organisation) -> None:
    """Everybody who has the training, with their standing."""
    page.locator("dd a").first.click()
    expect(page.get_by_text("Wie deze training heeft")).to_be_visible()
    arrive(page, page.get_by_role("heading", level=1).inner_text())
    page.get_by_label("Stand").select_option(label="Gedekt")
    press(page, "Toon")
    shown = page.get_by_role("row").count() - 1
    assert 0 < shown <= len(staff_of(organisation, TODAY))


def add_team(page: Page) -> None:
    follow(page, "Teams")
    follow(page, "Voeg team toe")
    arrive(page, "Voeg een team toe")
    fill(page, "Naam van het team", "Ambulant Noord")
    page.get_by_label("Onderdeel van").select_option("Verblijf De Els")
    press(page, "Voeg team toe")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Teams van")
    arrive(page, page.get_by_role("heading", level=1).inner_text())
    parent = Team.objects.get(name="Ambulant Noord").parent
    assert parent is not None
    assert parent.name == "Verblijf De Els"


def add_person(page: Page) -> None:
    follow(page, "Voeg medewerker toe")
    arrive(page, "Voeg een medewerker toe")
    fill(page, "Voornaam", "Yara")
    fill(page, "Achternaam", "de Bruin")
    fill(page, "E-mailadres van het werk", "yara@demo.example")
    page.get_by_label("Team", exact=True).select_option(label="Ambulant Noord")
    fill(page, "Uren per week", "28,5")
    fill(page, "Eerste werkdag", TODAY.isoformat())
    press(page, "Voeg medewerker toe")
    arrive(page, "Yara de Bruin")
    expect(page.get_by_text("Yara de Bruin is toegevoegd.")).to_be_visible()
    expect(page.get_by_role("heading", name="Ambulant Noord")).to_be_visible()
    assignment = Assignment.objects.get(worker__email="yara@demo.example")
    assert assignment.validity.due_on == TODAY + timedelta(days=90)


def give_role(page: Page) -> None:
    follow(page, "Geef een rol")
    arrive(page, "Geef Yara de Bruin een rol")
    page.get_by_role("radio", name="Leidinggevende").check()
    page.get_by_label("Leidinggevende van").select_option(label="Ambulant Noord")
    press(page, "Geef rol")
    arrive(page, "Yara de Bruin")
    expect(page.get_by_text("Leidinggevende").first).to_be_visible()
    yara = User.objects.get(email="yara@demo.example")
    grant = RoleGrant.objects.get(user=yara)
    assert (grant.role, str(grant.team)) == (Role.MANAGER, "Ambulant Noord")


def record_leave(page: Page) -> None:
    follow(page, "Leg verlof vast")
    arrive(page, "Verlof van Yara de Bruin")
    fill(page, "Eerste verlofdag", TODAY.isoformat())
    press(page, "Leg verlof vast")
    expect(page.get_by_text("Het verlof is vastgelegd.")).to_be_visible()
    arrive(page, "Yara de Bruin")
    expect(page.get_by_text("Met verlof").first).to_be_visible()
    assert Leave.objects.get(user__email="yara@demo.example").starts_on == TODAY
