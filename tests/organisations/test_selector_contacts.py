"""Whom somebody turns to: their own organisation's contacts, and what there is without them."""

from datetime import date, timedelta
from typing import Any

import pytest

from modules.blocks.node_fields import CONTACTS
from organisations.access import access_of
from organisations.models import ContactKind, Organisation, User
from organisations.selectors.contacts import (
    ContactMap,
    contacts_for,
    overdue_contacts,
    public_contact_map,
)
from tests.factories import (
    make_editor,
    make_employment,
    make_focal_person,
    make_organisation,
    make_team,
    make_worker,
)
from tests.factories.contacts import make_contact

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
CARE, FOCAL, SAFE = (
    ContactKind.CARE_COORDINATOR,
    ContactKind.FOCAL_PERSON,
    ContactKind.VEILIG_THUIS,
)


@pytest.fixture
def here() -> Organisation:
    return make_organisation("Hier")


def maps_of(user: User) -> list[ContactMap]:
    return contacts_for(access_of(user, DAY), DAY)


def names(found: ContactMap) -> dict[str, str]:
    return {contact.kind: str(contact.name) for contact in found.contacts}


def test_the_tree_and_the_contact_map_speak_of_the_same_kinds() -> None:
    assert {kind for kind, _words in CONTACTS} == set(ContactKind.values)


def test_a_worker_gets_what_their_own_organisation_filled_in(here: Organisation) -> None:
    make_contact(here, CARE, name="Loket hier")
    make_contact(make_organisation(), CARE, name="Loket elders")
    (found,) = maps_of(make_worker(make_team(here)))
    assert found.organisation_name == "Hier"
    assert names(found)["care_coordinator"] == "Loket hier"


def test_nothing_filled_in_leaves_the_national_numbers_and_says_what_is_missing(
    here: Organisation,
) -> None:
    (found,) = maps_of(make_worker(make_team(here)))
    national = {contact.kind for contact in found.contacts if contact.is_national}
    missing = {contact.kind for contact in found.contacts if not contact.name}
    assert national == {"veilig_thuis", "emergency"}
    assert missing == {"focal_person", "care_coordinator", "police"}


def test_an_own_entry_stands_in_the_place_of_the_national_one(here: Organisation) -> None:
    make_contact(here, SAFE, name="Veilig Thuis Regio", phone="088-000 00 02")
    (found,) = maps_of(make_worker(make_team(here)))
    shown = found.of("veilig_thuis")
    assert shown is not None
    assert (shown.phone, shown.phone_link) == ("088-000 00 02", "tel:0880000002")
    assert not shown.is_national


def test_who_works_at_two_gets_both_and_who_works_nowhere_the_national_numbers(
    here: Organisation,
) -> None:
    worker = make_worker(make_team(here))
    make_employment(worker, make_team(make_organisation("Aan de overkant")))
    assert [found.organisation_name for found in maps_of(worker)] == ["Aan de overkant", "Hier"]
    (nobody,) = maps_of(make_editor())
    assert nobody.organisation_name == ""
    assert {contact.phone for contact in nobody.contacts} == {"0800-2000", "112", ""}
    assert all(contact.is_for_nobody for contact in [*nobody.contacts, nobody.of("comensha")])
    assert not any(contact.is_for_nobody for contact in maps_of(worker)[0].contacts)


def test_a_contact_that_is_asked_for_is_answered_or_said_to_be_missing(here: Organisation) -> None:
    (found,) = maps_of(make_worker(make_team(here)))
    comensha = found.of("comensha")
    assert comensha is not None
    assert comensha.name == ""
    assert "comensha" not in names(found)
    assert found.of("") is None
    assert found.of("something") is None


def test_the_newest_row_counts_and_one_without_a_name_takes_it_away(here: Organisation) -> None:
    former = make_contact(here, CARE, name="Oud")
    newer = make_contact(here, CARE, name="Nieuw", supersedes=former)
    (found,) = maps_of(make_worker(make_team(here)))
    assert names(found)["care_coordinator"] == "Nieuw"
    empty: dict[str, Any] = {"name": "", "phone": "", "owner": "", "review_by": None}
    make_contact(here, CARE, supersedes=newer, **empty)
    (found,) = maps_of(make_worker(make_team(here)))
    assert names(found)["care_coordinator"] == ""


def test_without_signing_in_only_what_was_said_to_be_public(here: Organisation) -> None:
    make_contact(here, CARE, name="Loket", is_public=True)
    make_contact(here, FOCAL, name="Roos Coach", phone="088-000 00 03")
    found = public_contact_map(here, DAY)
    assert found.is_for_everybody
    own = {contact.kind: contact.name for contact in found.contacts if not contact.is_national}
    assert own == {"focal_person": "", "care_coordinator": "Loket", "police": ""}


def test_overdue_counts_for_who_keeps_them_alone(
    here: Organisation, django_assert_num_queries: Any
) -> None:
    make_contact(here, CARE, review_by=DAY - timedelta(days=1))
    make_contact(here, FOCAL, review_by=DAY)
    make_contact(make_organisation(), CARE, review_by=DAY - timedelta(days=1))
    assert overdue_contacts(access_of(make_focal_person(here), DAY), DAY) == 1
    assert contacts_for(access_of(make_worker(make_team(here)), DAY), DAY)[0].overdue == 1
    worker = access_of(make_worker(make_team(here)), DAY)
    with django_assert_num_queries(0):
        assert overdue_contacts(worker, DAY) == 0


def test_the_cost_does_not_grow_with_contacts_or_organisations(
    here: Organisation, django_assert_num_queries: Any
) -> None:
    worker = make_worker(make_team(here))
    for number in range(3):
        organisation = make_organisation(f"Organisatie {number}")
        make_employment(worker, make_team(organisation))
        for kind in ContactKind:
            make_contact(organisation, kind)
    access = access_of(worker, DAY)
    with django_assert_num_queries(2):
        assert len(contacts_for(access, DAY)) == 4
