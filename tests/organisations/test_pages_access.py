"""Who gets in, and that the other organisation stays out of sight."""

from collections.abc import Callable

import pytest
from django.core import mail

from organisations.models import (
    Role,
    User,
)
from tests.factories import (
    PASSWORD,
    make_administrator,
    make_coordinator,
    make_focal_person,
    make_grant,
    make_leave,
    make_manager,
    make_researcher,
    make_worker,
)
from tests.organisations.world import CANARY, NOT_THERE, World, text

pytestmark = pytest.mark.django_db


def pages_of(world: World) -> list[str]:
    """Every page of one organisation that a coordinator opens."""
    work = world.worker.employments.get()
    grant = make_grant(Role.MANAGER, world.worker, team=world.team)
    leave = make_leave(world.worker, starts_on=world.today)
    person = world.person(world.worker)
    return [
        world.here,
        f"{world.here}logboek/",
        f"{world.here}nieuw/",
        f"{world.here}rollen/",
        f"{world.here}rollen/{grant.public_id}/stoppen/",
        f"{world.here}teams/",
        f"{world.here}teams/nieuw/",
        f"{world.here}teams/{world.team.public_id}/",
        f"{world.here}verlof/{leave.public_id}/terug/",
        f"{world.here}werk/{work.public_id}/stoppen/",
        f"{world.here}werk/{work.public_id}/verplaatsen/",
        person,
        f"{person}gegevens/",
        f"{person}rol/",
        f"{person}verlof/",
        f"{person}werk/",
    ]


def test_coordinator_opens_every_page_and_sees_no_canary(world: World) -> None:
    for page in pages_of(world):
        response = world.client.get(page)
        assert response.status_code == 200, page
        assert CANARY not in text(response), page
        assert text(response).count("<h1") == 1, page


@pytest.mark.parametrize(
    "make",
    [
        lambda world: make_coordinator(world.other),
        lambda world: make_focal_person(world.organisation),
        lambda world: make_manager(world.team),
        lambda world: make_worker(world.team),
        lambda world: make_researcher(),
    ],
)
def test_for_anybody_else_no_page_is_there(make: Callable[[World], User], world: World) -> None:
    pages = [*pages_of(world), f"{world.person(world.worker)}link/"]
    world.client.force_login(make(world))
    for page in pages:
        for answer in (world.client.get(page), world.client.post(page, {})):
            assert answer.status_code in NOT_THERE, page


def test_who_is_not_signed_in_goes_to_sign_in(world: World) -> None:
    world.client.logout()
    answer = world.client.get(world.here)
    assert answer.headers["Location"].startswith("/account/login/")


def test_person_team_work_role_and_leave_of_elsewhere_are_not_found_here(world: World) -> None:
    work = world.stranger.employments.get()
    grant = make_grant(Role.COORDINATOR, world.stranger, organisation=world.other)
    leave = make_leave(world.stranger)
    person = world.person(world.stranger)
    for page in [
        person,
        f"{person}gegevens/",
        f"{person}rol/",
        f"{person}verlof/",
        f"{person}werk/",
        f"{world.here}teams/{work.team.public_id}/",
        f"{world.here}werk/{work.public_id}/stoppen/",
        f"{world.here}werk/{work.public_id}/verplaatsen/",
        f"{world.here}rollen/{grant.public_id}/stoppen/",
        f"{world.here}verlof/{leave.public_id}/terug/",
    ]:
        assert world.client.get(page).status_code == 404, page
        assert world.client.post(page, {}).status_code in NOT_THERE, page
    assert world.client.post(f"{person}link/").status_code == 404
    assert not mail.outbox


@pytest.mark.parametrize("page", ["", "nieuw/", "accounts/", "accounts/nieuw/", "logboek/"])
def test_pages_of_administrators_are_not_there_for_a_coordinator(page: str, world: World) -> None:
    assert world.client.get(f"/organisaties/{page}").status_code == 404
    world.client.force_login(make_administrator())
    assert world.client.get(f"/organisaties/{page}").status_code == 200


def test_staff_leads_to_the_one_organisation_or_lets_choose(world: World) -> None:
    assert world.client.get("/organisaties/medewerkers/").headers["Location"] == world.here
    make_grant(Role.COORDINATOR, world.coordinator, organisation=world.other)
    choice = world.client.get("/organisaties/medewerkers/")
    assert world.here in text(choice)
    assert world.other.public_id in text(choice)


def test_what_was_typed_before_the_session_expired_comes_back(world: World) -> None:
    page = f"{world.here}teams/nieuw/"
    world.client.logout()
    to_sign_in = world.client.post(page, {"name": "Getypt team", "parent": ""})
    assert to_sign_in.headers["Location"].startswith("/account/login/")
    world.client.post(
        to_sign_in.headers["Location"],
        {"login": world.coordinator.email, "password": PASSWORD},
    )
    assert "Getypt team" in text(world.client.get(page))
    assert "Getypt team" not in text(world.client.get(page))
