"""A training coordinator adds a team and a person, gives a role and records leave."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from learning.models import Assignment
from organisations.models import Leave, Role, RoleGrant, Team, User
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
    assert assignment.first_due_on == TODAY + timedelta(days=90)


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
