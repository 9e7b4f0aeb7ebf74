"""Teams, accounts and the trail."""

import pytest
from django.core import mail

from organisations.models import (
    Role,
    RoleGrant,
    Team,
)
from tests.factories import (
    make_administrator,
)
from tests.organisations.world import World, text

pytestmark = pytest.mark.django_db


def test_team_added_twice_is_once_and_is_put_under_another(world: World) -> None:
    for _press in range(2):
        answer = world.client.post(f"{world.here}teams/nieuw/", {"name": "Brug", "parent": ""})
        assert answer.status_code == 302
    brug = Team.objects.get(name="Brug")
    page = f"{world.here}teams/{brug.public_id}/"
    world.client.post(page, {"name": "Brug", "parent": world.team.public_id})
    brug.refresh_from_db()
    assert brug.parent == world.team
    loop = world.client.post(
        f"{world.here}teams/{world.team.public_id}/", {"name": "Kade", "parent": brug.public_id}
    )
    assert "error-summary" in text(loop)


@pytest.mark.parametrize("name", ["", "Kade", "kade", "\u200bKade", "x" * 121, "Ka\u202ede"])
def test_team_name_that_cannot_be_is_refused(name: str, world: World) -> None:
    answer = world.client.post(f"{world.here}teams/nieuw/", {"name": name, "parent": ""})
    assert "error-summary" in text(answer)
    assert Team.objects.filter(organisation=world.organisation).count() == 1


def test_account_with_a_platform_role_is_added_once_and_ended(world: World) -> None:
    world.client.force_login(make_administrator())
    given = {
        "first_name": "Ed",
        "last_name": "Onderzoek",
        "email": "ed@uni.example",
        "role": "researcher",
        "starts_on": world.today.isoformat(),
    }
    for _press in range(2):
        assert world.client.post("/organisaties/accounts/nieuw/", given).status_code == 302
    grant = RoleGrant.objects.get(user__email="ed@uni.example")
    assert len(mail.outbox) == 1
    assert world.client.get("/organisaties/accounts/").status_code == 200
    world.client.post(
        f"/organisaties/accounts/rol/{grant.public_id}/stoppen/",
        {"ends_before": world.today.isoformat()},
    )
    assert not RoleGrant.objects.on(world.today).filter(pk=grant.pk).exists()


def test_administrator_gives_a_worker_a_platform_role(world: World) -> None:
    world.client.force_login(make_administrator())
    page = f"/organisaties/accounts/{world.worker.public_id}/rol/"
    assert world.client.get(page).status_code == 200
    world.client.post(page, {"role": "editor", "starts_on": world.today.isoformat()})
    assert RoleGrant.objects.get(user=world.worker).role == Role.EDITOR


def test_trail_says_in_words_who_did_what(world: World) -> None:
    world.client.post(f"{world.here}teams/nieuw/", {"name": "Brug", "parent": ""})
    page = text(world.client.get(f"{world.here}logboek/"))
    assert "Roos Coach" in page
    assert "Brug" in page
    assert "team_added" not in page
