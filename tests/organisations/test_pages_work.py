"""Work and roles of one person. What changes their training is in tests/learning."""

import pytest

from organisations.models import (
    Employment,
    RoleGrant,
)
from tests.factories import (
    make_employment,
    make_team,
)
from tests.organisations.world import World, new_person, text

pytestmark = pytest.mark.django_db


def test_move_twice_is_once_and_keeps_the_history(world: World) -> None:
    work = world.worker.employments.get()
    beside = make_team(world.organisation, "Brug")
    page = f"{world.here}werk/{work.public_id}/verplaatsen/"
    facts = new_person(world, team=beside.public_id)
    for _press in range(2):
        assert world.client.post(page, facts).headers["Location"] == world.person(world.worker)
    teams = list(
        world.worker.employments.order_by("starts_on").values_list("team__name", flat=True)
    )
    assert teams == ["Kade", "Brug"]
    assert "Kade" in text(world.client.get(world.person(world.worker)))


def test_who_left_can_come_back_unless_they_work_elsewhere(world: World) -> None:
    work = world.worker.employments.get()
    Employment.objects.filter(pk=work.pk).update(ends_before=world.today)
    page = f"{world.person(world.worker)}werk/"
    elsewhere = make_employment(world.worker, make_team(world.other))
    refused = world.client.post(page, new_person(world))
    assert "beheerder" in text(refused)
    assert not Employment.objects.on(world.today).filter(team=world.team).exists()
    elsewhere.delete()
    for _press in range(2):
        world.client.post(page, new_person(world))
    assert Employment.objects.on(world.today).filter(team=world.team).count() == 1


def test_role_given_twice_is_once_and_ends(world: World) -> None:
    page = f"{world.person(world.worker)}rol/"
    role = {"role": "manager", "team": world.team.public_id, "starts_on": world.today.isoformat()}
    for _press in range(2):
        assert world.client.post(page, role).status_code == 302
    grant = RoleGrant.objects.get(user=world.worker)
    assert grant.team == world.team
    ending = f"{world.here}rollen/{grant.public_id}/stoppen/"
    for _press in range(2):
        answer = world.client.post(ending, {"ends_before": world.today.isoformat()})
        assert answer.status_code == 302
    assert not RoleGrant.objects.on(world.today).filter(user=world.worker).exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"role": "administrator"},
        {"role": "researcher"},
        {"role": "editor"},
        {"role": ""},
        {"role": "focal_person", "team": "own"},
        {"team": "foreign"},
        {"starts_on": "2020-01-01"},
        {"starts_on": "9999-01-01"},
    ],
)
def test_role_that_does_not_fit_is_refused(facts: dict[str, str], world: World) -> None:
    foreign = world.stranger.employments.get().team.public_id
    teams = {"own": world.team.public_id, "foreign": foreign}
    given = {"role": "manager", "team": "", "starts_on": world.today.isoformat()} | facts
    given["team"] = teams.get(given["team"], "")
    answer = world.client.post(f"{world.person(world.worker)}rol/", given)
    assert answer.status_code == 200
    assert "error-summary" in text(answer)
    assert not RoleGrant.objects.filter(user=world.worker).exists()


def test_own_last_role_is_warned_about_and_can_end(world: World) -> None:
    grant = RoleGrant.objects.get(user=world.coordinator)
    page = f"{world.here}rollen/{grant.public_id}/stoppen/"
    assert "notice--soon" in text(world.client.get(page))
    answer = world.client.post(page, {"ends_before": world.today.isoformat()})
    assert answer.headers["Location"] == "/"
    assert world.client.get(world.here).status_code == 404
