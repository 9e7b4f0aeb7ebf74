"""Contact maps of the demo. Every number and address is made up and reaches nobody."""

from datetime import date, timedelta

from config.demo.moments import moment
from organisations.actions.contacts import save_contact
from organisations.models import ContactKind, Organisation, User
from organisations.rules.contacts import ContactFacts

OWNER = "Aandachtsfunctionaris"
WORKDAYS = "Werkdagen van 9 tot 17 uur"
SAVED = timedelta(days=200)  # before today
OVERDUE = -20  # days from today until which it was right
FULL = [
    (
        ContactKind.FOCAL_PERSON,
        ContactFacts(
            name="Aandachtsfunctionaris, bureau Kwaliteit",
            phone="088-000 00 01",
            email="kwaliteit@oever.example",
            reachable=f"{WORKDAYS}; daarbuiten de achterwacht",
        ),
        160,
    ),
    (
        ContactKind.VEILIG_THUIS,
        ContactFacts(
            name="Veilig Thuis, regio Voorbeeld",
            phone="088-000 00 02",
            web_address="https://veiligthuis.example.org",
            reachable="Dag en nacht",
            is_public=True,
        ),
        160,
    ),
    (
        ContactKind.CARE_COORDINATOR,
        ContactFacts(
            name="Zorgcoördinatie mensenhandel, regio Voorbeeld",
            phone="088-000 00 03",
            email="zorgcoordinatie@regio.example",
            reachable=WORKDAYS,
            is_public=True,
        ),
        45,
    ),
    (
        ContactKind.POLICE,
        ContactFacts(
            name="Politie, team mensenhandel (voorbeeld)",
            phone="088-000 00 04",
            reachable=WORKDAYS,
            is_public=True,
        ),
        OVERDUE,
    ),
]


def fill_in(keepers: dict[Organisation, User], *, today: date) -> None:
    """The first institution has everything, one of it overdue; every second one has a part."""
    for number, (organisation, keeper) in enumerate(keepers.items()):
        parts = FULL if number == 0 else FULL[2:3] if number % 2 else []
        for kind, facts, days in parts:
            until = today + timedelta(days=days)
            save_contact(
                organisation=organisation,
                kind=kind,
                facts=_kept(facts, until),
                basis="",
                by=keeper,
                at=moment(today - SAVED),
            )


def _kept(facts: ContactFacts, until: date) -> ContactFacts:
    return ContactFacts(**vars(facts) | {"owner": OWNER, "review_by": until})
