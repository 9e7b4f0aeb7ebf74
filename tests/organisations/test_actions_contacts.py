"""Keeping the contact map: rows are added, and nobody overwrites what they never saw."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from organisations.actions import contacts, open_tree
from organisations.actions.contacts import basis_of, confirm_contact, save_contact, standing
from organisations.errors import ContactChangedMeanwhile
from organisations.models import AuditEvent, Contact, ContactKind, Organisation, User
from organisations.models.audit import AppendOnlyError
from organisations.rules.contacts import ContactFacts
from tests.factories import make_organisation
from tests.factories.contacts import make_contact

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
KIND = ContactKind.CARE_COORDINATOR
FACTS = ContactFacts(
    name="Zorgcoördinatie", phone="088-000 00 00", owner="Roos", review_by=date(2026, 9, 1)
)


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.fixture
def save(organisation: Organisation, by: User) -> Any:
    """Save with the basis of this moment, unless another is given."""

    def saved(facts: ContactFacts, **more: Any) -> Contact | None:
        basis = basis_of(standing(organisation, KIND))
        values: dict[str, Any] = {"kind": KIND, "basis": basis, "at": NOW}
        return save_contact(organisation=organisation, facts=facts, by=by, **values | more)

    return saved


def codes() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_a_change_is_a_new_row_that_supersedes_the_former(save: Any, by: User) -> None:
    first = save(FACTS)
    second = save(replace(FACTS, phone="088-000 00 01"))
    assert (second.supersedes, second.recorded_by, second.recorded_at) == (first, by, NOW)
    assert list(Contact.objects.current()) == [second]
    assert codes() == ["contact_saved", "contact_saved"]
    line = AuditEvent.objects.latest("pk")
    assert (line.subject_id, line.detail) == (second.public_id, {"kind": KIND.value})


def test_the_same_again_adds_nothing_also_from_an_old_form(save: Any) -> None:
    save(FACTS)
    save(FACTS, basis="")
    assert Contact.objects.count() == 1
    assert codes() == ["contact_saved"]


def test_the_second_of_two_people_is_told(save: Any) -> None:
    first = save(FACTS)
    save(replace(FACTS, name="Een"), basis=first.public_id)
    with pytest.raises(ContactChangedMeanwhile) as told:
        save(replace(FACTS, name="Twee"), basis=first.public_id)
    assert told.value.current.name == "Een"
    assert Contact.objects.current().get().name == "Een"


def test_two_first_saves_cannot_both_win(save: Any) -> None:
    save(FACTS, basis="")
    with pytest.raises(ContactChangedMeanwhile):
        save(replace(FACTS, name="Twee"), basis="")


def test_what_slips_between_check_and_write_is_stopped_by_the_database(
    save: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = save(FACTS)
    save(replace(FACTS, name="Een"))
    monkeypatch.setattr(contacts, "standing", lambda *_: first)
    with pytest.raises(ContactChangedMeanwhile):
        save(replace(FACTS, name="Twee"), basis=first.public_id)
    monkeypatch.setattr(contacts, "standing", lambda *_: None)
    with pytest.raises(ContactChangedMeanwhile):
        save(replace(FACTS, name="Twee"), basis="")
    assert Contact.objects.count() == 2


def test_taken_away_and_filled_in_again(save: Any) -> None:
    save(FACTS)
    save(ContactFacts())
    assert not Contact.objects.current()
    save(ContactFacts())  # there is nothing left to take away
    save(FACTS)
    assert codes() == ["contact_saved", "contact_taken_away", "contact_saved"]


def confirm(organisation: Organisation, by: User, basis: str) -> Contact | None:
    return confirm_contact(organisation=organisation, kind=KIND, basis=basis, by=by, at=NOW)


def test_what_is_still_right_holds_for_another_year(
    save: Any, organisation: Organisation, by: User
) -> None:
    first = save(FACTS)
    confirmed = confirm(organisation, by, first.public_id)
    assert confirmed is not None
    assert confirmed.facts == replace(FACTS, review_by=date(2027, 3, 2))
    assert codes()[-1] == "contact_confirmed"
    with pytest.raises(ContactChangedMeanwhile):
        confirm_contact(
            organisation=organisation,
            kind=KIND,
            basis=first.public_id,
            by=by,
            at=NOW.replace(month=5),
        )


def test_confirming_never_shortens_and_confirms_nothing_where_nothing_stands(
    save: Any, organisation: Organisation, by: User
) -> None:
    assert confirm(organisation, by, "") is None
    far = save(replace(FACTS, review_by=date(2028, 1, 1)))
    assert confirm(organisation, by, far.public_id) == far
    save(ContactFacts())
    confirm(organisation, by, "")
    assert not Contact.objects.current()


def test_rows_are_never_changed_or_deleted(organisation: Organisation) -> None:
    contact = make_contact(organisation)
    with pytest.raises(AppendOnlyError):
        contact.save()
    with pytest.raises(AppendOnlyError):
        contact.delete()
    with pytest.raises(AppendOnlyError):
        Contact.objects.all().update(name="x")


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"phone": ""}, "contact_can_be_reached_and_is_kept_or_holds_nothing"),
        ({"owner": ""}, "contact_can_be_reached_and_is_kept_or_holds_nothing"),
        ({"review_by": None}, "contact_can_be_reached_and_is_kept_or_holds_nothing"),
        ({"name": ""}, "contact_can_be_reached_and_is_kept_or_holds_nothing"),
        ({"web_address": "http://a.example"}, "contact_web_address_is_https"),
        ({"pk": 7, "supersedes_id": 7}, "contact_does_not_replace_itself"),
    ],
)
def test_what_the_database_refuses(
    facts: dict[str, Any], constraint: str, organisation: Organisation
) -> None:
    values = {"recorded_at": NOW} | {
        field: getattr(FACTS, field) for field in ["name", "phone", "owner", "review_by"]
    }
    row = Contact(organisation=organisation, kind=KIND, **values | facts)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Contact.objects.bulk_create([row])


def test_one_first_row_of_a_kind(organisation: Organisation) -> None:
    make_contact(organisation)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_contact(organisation)


def test_opening_the_tree_is_on_record_once(organisation: Organisation, by: User) -> None:
    for shown in [True, True, False]:
        open_tree.show_tree_without_sign_in(organisation=organisation, shown=shown, by=by, at=NOW)
    assert codes() == ["tree_opened", "tree_closed"]
    assert not Organisation.objects.with_open_tree()
