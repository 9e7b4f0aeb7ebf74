"""Contacts of organisations, with fictional numbers."""

from datetime import UTC, date, datetime
from typing import Any

from organisations.models import Contact, ContactKind, Organisation

RECORDED_AT = datetime(2026, 1, 5, 11, tzinfo=UTC)


def make_contact(
    organisation: Organisation, kind: ContactKind = ContactKind.CARE_COORDINATOR, **fields: Any
) -> Contact:
    """A contact that stands, reviewed far ahead."""
    values = {
        "name": f"Loket {kind.value}",
        "phone": "088-000 00 00",
        "owner": "Aandachtsfunctionaris",
        "review_by": date(2999, 1, 1),
        "recorded_at": RECORDED_AT,
    }
    return Contact.objects.create(organisation=organisation, kind=kind, **values | fields)
