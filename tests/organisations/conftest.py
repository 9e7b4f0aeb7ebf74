import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import User
from tests.factories import make_coordinator, make_organisation, make_team, make_user, make_worker
from tests.organisations.world import CANARY, World


@pytest.fixture
def by() -> User:
    """Who does it, where that is all that matters."""
    return make_user("coordinator@care.example")


@pytest.fixture
def world(client: Client) -> World:
    organisation, other = make_organisation("De Linde"), make_organisation(CANARY)
    team = make_team(organisation, "Kade")
    coordinator = make_coordinator(organisation, first_name="Roos", last_name="Coach")
    stranger = make_worker(make_team(other, CANARY), first_name=CANARY, last_name=CANARY)
    client.force_login(coordinator)
    return World(
        client=client,
        organisation=organisation,
        team=team,
        coordinator=coordinator,
        worker=make_worker(team, first_name="Sam", last_name="Smit"),
        other=other,
        stranger=stranger,
        today=timezone.localdate(),
    )
