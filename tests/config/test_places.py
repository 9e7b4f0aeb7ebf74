"""Which place of the navigation is marked as the current one."""

from collections.abc import Callable

import pytest

from config.places import places_of
from organisations.access import access_of
from organisations.models import User
from tests.factories import make_administrator, make_coordinator, make_team, make_worker
from tests.factories.learning import TODAY

pytestmark = pytest.mark.django_db


def coordinator() -> User:
    return make_coordinator(make_team().organisation)


@pytest.mark.parametrize(
    ("who", "path", "current"),
    [
        (coordinator, "/organisaties/medewerkers/", ["/organisaties/medewerkers/"]),
        (coordinator, "/opleidingen/abc/", ["/organisaties/medewerkers/"]),
        (coordinator, "/uitzonderingen/abc/", ["/organisaties/medewerkers/"]),
        (coordinator, "/leerlijnen/abc/def/afspraken/", ["/organisaties/medewerkers/"]),
        (coordinator, "/team/vooruitblik/", ["/team/"]),
        (coordinator, "/berichten/", []),
        (make_worker, "/leerpad/", ["/leerpad/"]),
        (make_worker, "/leerlijnen/abc/", []),
        (make_administrator, "/leerlijnen/abc/", ["/organisaties/medewerkers/"]),
        (make_administrator, "/organisaties/nieuw/", ["/organisaties/"]),
    ],
)
def test_one_place_is_current_or_none(
    who: Callable[[], User], path: str, current: list[str]
) -> None:
    places = places_of(access_of(who(), TODAY), path)
    assert [place.url for place in places if place.is_current] == current
