"""An administrator sets up an organisation on an empty site, by following the hints."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from organisations.models import Employment, Organisation, Role, RoleGrant, Team, User
from tests.factories.learning import make_programme

pytestmark = pytest.mark.django_db


def body(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_from_nothing_to_a_coordinator_who_can_sign_in_and_train(client: Client) -> None:
    programme = make_programme()  # comes with the curriculum
    client.force_login(User.objects.create_superuser("root@site.example", "x" * 12))

    empty = client.get("/organisaties/")
    assert "/organisaties/nieuw/" in body(empty)
    made = client.post("/organisaties/nieuw/", {"name": "De Linde", "retention_months": "24"})
    organisation = Organisation.objects.get()
    assert made.headers["Location"] == f"/organisaties/medewerkers/{organisation.public_id}/"

    here = made.headers["Location"]
    assert f"{here}teams/nieuw/" in body(client.get(here))
    client.post(f"{here}teams/nieuw/", {"name": "Kade", "parent": ""})
    team = Team.objects.get()

    assert f"{here}nieuw/" in body(client.get(here))
    answer = client.post(
        f"{here}nieuw/",
        {
            "first_name": "Sam",
            "last_name": "de Boer",
            "email": "Sam@Linde.example",
            "language": "nl",
            "team": team.public_id,
            "job_function": "residential",
            "hours_per_week": "28,5",
            "starts_on": "2026-01-05",
        },
        follow=True,
    )
    sam = User.objects.get(email="sam@linde.example")
    assert Employment.objects.get().hours_per_week == 28.5
    assert "sam@linde.example" in body(answer)

    page = f"{here}persoon/{sam.public_id}/"
    assert page in body(client.get(here))
    assert f"{page}rol/" in body(client.get(page))
    today = client.get(f"{page}rol/").context["form"].initial["starts_on"].isoformat()
    client.post(f"{page}rol/", {"role": "coordinator", "team": "", "starts_on": today})
    assert RoleGrant.objects.get().role == Role.COORDINATOR

    assert f"/organisaties/{organisation.public_id}/gegevens/" in body(client.get(here))
    client.post(
        f"/organisaties/{organisation.public_id}/gegevens/",
        {"name": "De Linde", "works_council_agreed_on": "2026-01-01", "retention_months": "24"},
    )
    training = f"/opleidingen/{organisation.public_id}/"
    assert f'href="{training}"' in body(client.get(here))
    rule = {"who": "all", "due_from": "employment", "due_after_days": "90", "starts_on": today}
    client.post(
        reverse("learning:add_rule", args=[organisation.public_id, programme.public_id]),
        rule | {"step": "save"},
    )
    assert "card--next" not in body(client.get(here))

    link = re.search(r"http://testserver(/account/\S+)", str(mail.outbox[0].body))
    assert link is not None
    person = Client()
    form = person.get(link.group(1), follow=True)
    person.post(
        form.redirect_chain[-1][0],
        {"password1": "een-lang-wachtwoord", "password2": "een-lang-wachtwoord"},
    )
    person.post(
        "/account/login/", {"login": "sam@linde.example", "password": "een-lang-wachtwoord"}
    )
    staff = person.get("/organisaties/medewerkers/", follow=True)
    assert staff.status_code == 200
    assert "De Linde" in body(staff)
    assert "Beginnen" in body(person.get("/leerpad/"))
