"""*Contacts*: reading the map, keeping it right, and opening the decision tree for everybody."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.places import places_of
from organisations.access import access_of
from organisations.models import AuditEvent, Contact, ContactKind, Organisation
from tests.factories import (
    make_administrator,
    make_coordinator,
    make_employment,
    make_focal_person,
    make_manager,
    make_organisation,
    make_team,
    make_worker,
)
from tests.factories.contacts import make_contact
from tests.organisations.world import CANARY, text

pytestmark = pytest.mark.django_db
CARE = ContactKind.CARE_COORDINATOR


@pytest.fixture
def here() -> Organisation:
    return make_organisation("De Linde")


@pytest.fixture
def keeper(client: Client, here: Organisation) -> Client:
    client.force_login(make_focal_person(here))
    return client


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def page(organisation: Organisation, more: str = "") -> str:
    return f"/contacten/{organisation.public_id}/{more}"


def typed(today: date, **facts: str) -> dict[str, str]:
    return {
        "name": "Zorgcoördinatie",
        "phone": "088-000 00 00",
        "owner": "Roos",
        "review_by": (today + timedelta(days=30)).isoformat(),
        "basis": "",
    } | facts


def test_filled_in_read_by_a_worker_and_shown_in_the_history(
    keeper: Client, here: Organisation, today: date
) -> None:
    given = typed(
        today, web_address="zorg.example.org/loket", reachable="Werkdagen", is_public="on"
    )
    answer = keeper.post(page(here, "zorgcoordinator/"), given)
    assert answer.status_code == 302
    contact = Contact.objects.get()
    assert contact.web_address == "https://zorg.example.org/loket"
    assert contact.is_public
    assert "Roos" in text(keeper.get(page(here, "zorgcoordinator/")))
    keeper.force_login(make_worker(make_team(here)))
    shown = text(keeper.get("/contacten/", follow=True))
    assert 'href="tel:0880000000"' in shown
    assert "zorg.example.org/loket" in shown
    assert "zorgcoordinator/" not in shown  # only who keeps it changes it


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"phone": "bel Roos"}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": ""}, "phone"),  # no way left to reach it
        ({"email": "roos"}, "email"),
        ({"web_address": "http://zorg.example"}, "web_address"),
        ({"web_address": "ftp://zorg.example"}, "web_address"),
        ({"web_address": "javascript:alert(1)"}, "web_address"),
        ({"web_address": "zorg loket"}, "web_address"),
        ({"web_address": "zorg.example/" + "x" * 187}, "web_address"),  # 200 without https://
        ({"email": "x" * 60 + "@" + "x" * 190 + ".example"}, "email"),
        ({"owner": ""}, "owner"),
        ({"review_by": ""}, "review_by"),
        ({"review_by": "2020-01-01"}, "review_by"),
        ({"review_by": "2999-01-01"}, "review_by"),
        ({"name": "x" * 121}, "name"),
    ],
)
def test_what_cannot_be_is_refused_and_kept(
    wrong: dict[str, str], field: str, keeper: Client, here: Organisation, today: date
) -> None:
    answer = keeper.post(page(here, "zorgcoordinator/"), typed(today, reachable="Di") | wrong)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert 'value="Di"' in text(answer)
    assert not Contact.objects.exists()


def test_the_second_of_two_people_is_told_and_keeps_what_they_typed(
    keeper: Client, here: Organisation, today: date
) -> None:
    basis = make_contact(here, CARE, name="Zoals het was").public_id
    first = keeper.post(page(here, "zorgcoordinator/"), typed(today, name="Een", basis=basis))
    assert first.status_code == 302
    second = keeper.post(page(here, "zorgcoordinator/"), typed(today, name="Twee", basis=basis))
    assert second.status_code == 409
    shown = text(second)
    assert 'value="Twee"' in shown
    assert "<strong>Een</strong>" in shown
    again = typed(today, name="Twee", basis=second.context["basis"])
    assert keeper.post(page(here, "zorgcoordinator/"), again).status_code == 302
    assert Contact.objects.current().get().name == "Twee"


def test_taking_away_asks_nothing_of_the_fields(keeper: Client, here: Organisation) -> None:
    basis = make_contact(here, CARE).public_id
    gone = {"take_away": "yes", "basis": basis}
    assert keeper.post(page(here, "zorgcoordinator/"), gone).status_code == 302
    assert not Contact.objects.current()
    assert keeper.get(page(here, "zorgcoordinator/")).context["form"].initial["review_by"]


def test_an_overdue_review_is_shown_until_somebody_says_that_it_is_right(
    keeper: Client, here: Organisation, today: date
) -> None:
    contact = make_contact(here, CARE, review_by=today - timedelta(days=1))
    shown = text(keeper.get(page(here)))
    assert "notice--overdue" in shown
    assert "notice--overdue" in text(keeper.get("/cijfers/", follow=True))
    answer = keeper.post(page(here, "zorgcoordinator/klopt/"), {"basis": contact.public_id})
    assert answer.status_code == 302
    assert "notice--overdue" not in text(keeper.get(page(here)))
    assert "notice--overdue" not in text(keeper.get("/cijfers/", follow=True))


def test_what_changed_meanwhile_is_not_confirmed_unseen(
    keeper: Client, here: Organisation, today: date
) -> None:
    former = make_contact(here, CARE, name="Oud")
    make_contact(here, CARE, name="Nieuw", supersedes=former, review_by=today)
    keeper.post(page(here, "zorgcoordinator/klopt/"), {"basis": former.public_id})
    assert Contact.objects.current().get().review_by == today


def test_only_a_contact_that_is_due_offers_to_be_confirmed(
    keeper: Client, here: Organisation, today: date
) -> None:
    make_contact(here, CARE, review_by=today + timedelta(days=60))
    assert "klopt/" not in text(keeper.get(page(here)))
    make_contact(here, ContactKind.POLICE, review_by=today + timedelta(days=59))
    shown = text(keeper.get(page(here)))
    assert "politie/klopt/" in shown
    assert "notice--overdue" not in shown


def test_who_reads_and_who_keeps(client: Client, here: Organisation) -> None:
    team = make_team(here)
    for reader in [
        make_worker(team),
        make_manager(team),
        make_coordinator(here),
        make_administrator(),
    ]:
        client.force_login(reader)
        assert client.get(page(here)).status_code == 200
        assert client.get(page(here, "zorgcoordinator/")).status_code == 404
        assert client.post(page(here, "zorgcoordinator/klopt/")).status_code == 404
    client.force_login(make_worker())
    assert client.get(page(here)).status_code == 404


def test_an_unknown_kind_is_not_there(keeper: Client, here: Organisation) -> None:
    assert keeper.get(page(here, "burgemeester/")).status_code == 404


def test_who_belongs_to_several_chooses_and_sees_nobody_else(
    client: Client, here: Organisation
) -> None:
    worker = make_worker(make_team(here))
    make_employment(worker, make_team(make_organisation("Elders")))
    make_organisation(CANARY)
    client.force_login(worker)
    shown = text(client.get("/contacten/"))
    assert "De Linde" in shown
    assert "Elders" in shown
    assert CANARY not in shown


def test_the_badge_is_for_who_keeps_the_contacts(here: Organisation, today: date) -> None:
    make_contact(here, CARE, review_by=today - timedelta(days=1))
    keeper = places_of(access_of(make_focal_person(here), today), "/")
    assert [place.waiting for place in keeper if place.url == "/contacten/"] == [1]
    worker = places_of(access_of(make_worker(make_team(here)), today), "/")
    assert "/contacten/" not in [place.url for place in worker]


@pytest.mark.parametrize("make", [make_focal_person, make_coordinator])
def test_opening_the_tree_names_what_becomes_public(
    make: Any, client: Client, here: Organisation
) -> None:
    make_contact(here, CARE, name="Loket", is_public=True)
    make_contact(here, ContactKind.FOCAL_PERSON, name="Roos Coach")
    client.force_login(make(here))
    before = client.get(page(here, "zonder-inloggen/"))
    assert [contact.name for contact in before.context["becoming_public"]] == ["Loket"]
    assert [contact.name for contact in before.context["staying_inside"]] == ["Roos Coach"]
    for answer, shown in [("yes", True), ("anything", False)]:
        client.post(page(here, "zonder-inloggen/"), {"shown": answer})
        here.refresh_from_db()
        assert here.shows_tree_without_sign_in is shown
    codes = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(codes) == ["tree_opened", "tree_closed"]


def test_an_administrator_does_not_open_a_tree(client: Client, here: Organisation) -> None:
    client.force_login(make_administrator())
    assert client.get(page(here, "zonder-inloggen/")).status_code == 404


def test_what_was_typed_comes_back_after_signing_in_again(
    client: Client, here: Organisation, today: date
) -> None:
    user = make_focal_person(here)
    where = page(here, "zorgcoordinator/")
    client.post(where, typed(today, name="Half af"), HTTP_REFERER=f"http://testserver{where}")
    client.force_login(user)
    assert 'value="Half af"' in text(client.get(where))
    assert not Contact.objects.exists()


@pytest.mark.parametrize("more", ["", "zorgcoordinator/", "zonder-inloggen/"])
def test_the_cost_does_not_grow_with_contacts_or_history(
    more: str, keeper: Client, here: Organisation, django_assert_max_num_queries: Any
) -> None:
    def cost() -> int:
        with django_assert_max_num_queries(30) as asked:
            assert keeper.get(page(here, more)).status_code == 200
        return len(asked)

    former = make_contact(here, CARE, recorded_by=make_worker())
    cost()  # notes when the person was last seen
    few = cost()
    for kind in set(ContactKind) - {CARE}:
        make_contact(here, kind)
    for _number in range(8):
        former = make_contact(here, CARE, supersedes=former, recorded_by=make_worker())
    assert cost() == few
