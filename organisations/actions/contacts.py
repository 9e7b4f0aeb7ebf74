"""Keeping the contact map of an organisation. Rows are only added."""

from dataclasses import asdict, replace
from datetime import datetime

from django.utils import timezone

from organisations.actions.checks import unique_or
from organisations.errors import ContactChangedMeanwhile
from organisations.models import Contact, ContactKind, Organisation, User
from organisations.rules.contacts import A_YEAR, ContactFacts
from organisations.trail import record

NOTHING = ContactFacts()
ACTIONS = {
    "save": "contact_saved",
    "take_away": "contact_taken_away",
    "confirm": "contact_confirmed",
}


def standing(organisation: Organisation, kind: ContactKind) -> Contact | None:
    """The last row of this kind, also when it took the contact away. One query."""
    rows = Contact.objects.filter(organisation=organisation, kind=kind)
    found: Contact | None = rows.filter(superseded_by__isnull=True).order_by("-pk").first()
    return found


def basis_of(contact: Contact | None) -> str:
    """A mark of what stands now. A form carries it: nobody overwrites what they never saw."""
    return contact.public_id if contact else ""


def save_contact(
    *,
    organisation: Organisation,
    kind: ContactKind,
    facts: ContactFacts,
    basis: str,
    by: User | None,
    at: datetime,
) -> Contact | None:
    """Add what is new. The caller has checked the facts, and that `by` keeps these contacts.

    Saving what stands already adds nothing, also from an old form; facts that hold nothing take
    the contact away. Raises `ContactChangedMeanwhile`.
    """
    what = "save" if facts.name else "take_away"
    return _add(organisation, kind, facts, basis, by=by, at=at, what=what)


def confirm_contact(
    *, organisation: Organisation, kind: ContactKind, basis: str, by: User, at: datetime
) -> Contact | None:
    """Somebody looked at it and it is right: for another year, or longer if that was said before.

    Nothing happens where nothing stands. Raises `ContactChangedMeanwhile`.
    """
    former = standing(organisation, kind)
    if former is None or not former.name or former.review_by is None:
        return former
    until = max(former.review_by, timezone.localdate(at) + A_YEAR)
    facts = replace(former.facts, review_by=until)
    return _add(organisation, kind, facts, basis, by=by, at=at, what="confirm")


def _add(
    organisation: Organisation,
    kind: ContactKind,
    facts: ContactFacts,
    basis: str,
    *,
    by: User | None,
    at: datetime,
    what: str,
) -> Contact | None:
    with unique_or(ContactChangedMeanwhile(None)):
        # One save at a time per organisation, so that what is checked is what is replaced.
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        former = standing(organisation, kind)
        if facts == (former.facts if former else NOTHING):
            return former
        if basis != basis_of(former):
            raise ContactChangedMeanwhile(former)
        row = Contact(organisation=organisation, kind=kind, supersedes=former, **asdict(facts))
        row.recorded_by, row.recorded_at = by, at
        row.save()
        code = ACTIONS[what]
        record(code, by=by, at=at, organisation=organisation, subject=row, kind=kind.value)
    return row
