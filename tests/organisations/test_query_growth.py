"""A longer list costs no more queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisations.models import Organisation, Role, Team
from tests.factories import (
    make_administrator,
    make_coordinator,
    make_grant,
    make_leave,
    make_organisation,
    make_team,
    make_worker,
)

pytestmark = pytest.mark.django_db


def fill(organisation: Organisation, number: int) -> None:
    """So many people, each with a team below the last, a role and leave."""
    above: Team | None = None
    for _each in range(number):
        above = make_team(organisation, parent=above)
        worker = make_worker(above)
        make_grant(Role.MANAGER, worker, team=above)
        make_grant(Role.FOCAL_PERSON, worker, organisation=organisation, ends_before=today())
        make_leave(worker, starts_on=today() - timedelta(days=1))


def today() -> date:
    return timezone.localdate()


def queries(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["", "teams/", "rollen/", "logboek/", "nieuw/", "?show=left"])
def test_pages_of_an_organisation(client: Client, page: str) -> None:
    organisation = make_organisation()
    client.force_login(make_coordinator(organisation))
    address = f"/organisaties/medewerkers/{organisation.public_id}/{page}"
    fill(organisation, 2)
    few = queries(client, address)
    fill(organisation, 20)
    assert queries(client, address) == few


def test_organisations(client: Client) -> None:
    client.force_login(make_administrator())
    fill(make_organisation(), 1)
    few = queries(client, "/organisaties/")
    for _each in range(20):
        fill(make_organisation(), 1)
    assert queries(client, "/organisaties/") == few


def test_one_person_with_a_long_history(client: Client) -> None:
    organisation = make_organisation()
    client.force_login(make_coordinator(organisation))
    worker = make_worker(make_team(organisation))
    page = f"/organisaties/medewerkers/{organisation.public_id}/persoon/{worker.public_id}/"
    few = queries(client, page)
    for _each in range(20):
        make_grant(Role.MANAGER, worker, team=make_team(organisation))
    assert queries(client, page) == few
