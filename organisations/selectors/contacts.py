"""Whom somebody turns to: the contacts of their organisation, and what is there without them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.access import Access
from organisations.models import Contact, ContactKind, Organisation
from organisations.rules.contacts import ContactFacts, dialled, is_overdue

# Always shown, with a word on what to do where an organisation filled in nothing.
EXPECTED = [
    ContactKind.FOCAL_PERSON,
    ContactKind.VEILIG_THUIS,
    ContactKind.CARE_COORDINATOR,
    ContactKind.POLICE,
]

SOON = timedelta(days=60)  # so long before a review is due one can already say that it is right


@dataclass(frozen=True)
class ShownContact:
    """One contact as pages show it. Without a name: nobody has filled it in."""

    kind: str
    label: str | Promise
    name: str | Promise = ""
    phone: str = ""
    email: str = ""
    web_address: str = ""
    reachable: str | Promise = ""
    owner: str = ""
    review_by: date | None = None
    is_overdue: bool = False
    is_due: bool = False  # overdue, or soon
    is_national: bool = False  # not of the organisation, and not checked by it
    is_for_nobody: bool = False  # shown to somebody who belongs to no organisation
    is_public: bool = False
    mark: str = ""  # of the row that stands: what a form carries as its basis

    @property
    def kind_of(self) -> ContactKind:
        return ContactKind(self.kind)

    @property
    def phone_link(self) -> str:
        return f"tel:{dialled(self.phone)}"


@dataclass(frozen=True)
class ContactMap:
    """The contacts of one organisation; without a name, what holds for everybody.

    `contacts` are those to list: the expected ones always, the others where there is something
    to show. `of` also answers for the others.
    """

    organisation_id: str = ""  # its public_id
    organisation_name: str = ""
    contacts: tuple[ShownContact, ...] = ()
    is_for_everybody: bool = False  # shown to people who are not signed in

    def of(self, kind: str) -> ShownContact | None:
        """The contact of this kind, without a name where there is none; None for no kind."""
        found = next((contact for contact in self.contacts if contact.kind == kind), None)
        if found is not None or kind not in ContactKind.values:
            return found
        return replace(_missing(ContactKind(kind)), is_for_nobody=not self.organisation_id)

    @property
    def overdue(self) -> int:
        return sum(contact.is_overdue for contact in self.contacts)


# The two numbers of the page *Support* (templates/site/support.html), and no others: what has
# not been checked is not shown as a fact.
NATIONAL = {
    ContactKind.VEILIG_THUIS: ShownContact(
        kind=ContactKind.VEILIG_THUIS.value,
        label=ContactKind.VEILIG_THUIS.label,
        name=_("Veilig Thuis, in the whole country"),
        phone="0800-2000",
        reachable=_("Day and night, free of charge."),
        is_national=True,
        is_public=True,
    ),
    ContactKind.EMERGENCY: ShownContact(
        kind=ContactKind.EMERGENCY.value,
        label=ContactKind.EMERGENCY.label,
        name=_("Emergency number"),
        phone="112",
        is_national=True,
        is_public=True,
    ),
}


def contacts_for(access: Access, today: date) -> list[ContactMap]:
    """The contacts of every organisation that the person belongs to; national ones for nobody's.

    Two queries, one for who belongs nowhere.
    """
    own = Organisation.objects.filter(pk__in=access.organisations).order_by("name", "pk")
    return contact_maps(own, today) or [NATIONAL_MAP]


def contact_maps(organisations: Iterable[Organisation], today: date) -> list[ContactMap]:
    """Of each organisation everything that stands. One query beside theirs, none for none."""
    wanted = list(organisations)
    if not wanted:
        return []
    rows: defaultdict[int, dict[str, Contact]] = defaultdict(dict)
    for contact in Contact.objects.current().filter(organisation__in=wanted):
        rows[contact.organisation_id][contact.kind] = contact
    return [_map(organisation, rows[organisation.pk], today) for organisation in wanted]


def public_contact_map(organisation: Organisation, today: date) -> ContactMap:
    """What anybody may see of an organisation that opened its decision tree. One query."""
    rows = Contact.objects.current().filter(organisation=organisation, is_public=True)
    shown = {contact.kind: contact for contact in rows}
    return _map(organisation, shown, today, is_for_everybody=True)


def overdue_contacts(access: Access, today: date) -> int:
    """How many contacts that this person keeps nobody looked at in time. One query, or none."""
    if not access.counts_for:
        return 0
    overdue = Contact.objects.overdue_on(today)
    return int(overdue.filter(organisation__in=access.counts_for).count())


def earlier_contacts(organisation: Organisation, kind: ContactKind) -> list[Contact]:
    """What was saved of this kind, the newest first, twenty at the most. One query."""
    rows = Contact.objects.filter(organisation=organisation, kind=kind)
    return list(rows.select_related("recorded_by").order_by("-pk")[:20])


def _map(
    organisation: Organisation,
    rows: Mapping[str, Contact],
    today: date,
    *,
    is_for_everybody: bool = False,
) -> ContactMap:
    return ContactMap(
        organisation_id=organisation.public_id,
        organisation_name=organisation.name,
        contacts=_listed({kind: _own(row, today) for kind, row in rows.items()}),
        is_for_everybody=is_for_everybody,
    )


def _own(row: Contact, today: date) -> ShownContact:
    facts: ContactFacts = row.facts
    return ShownContact(
        kind=row.kind,
        label=ContactKind(row.kind).label,
        name=facts.name,
        phone=facts.phone,
        email=facts.email,
        web_address=facts.web_address,
        reachable=facts.reachable,
        owner=facts.owner,
        review_by=facts.review_by,
        is_overdue=is_overdue(facts.review_by, today=today),
        is_due=is_overdue(facts.review_by, today=today + SOON),
        is_public=facts.is_public,
        mark=row.public_id,
    )


def _listed(own: Mapping[str, ShownContact]) -> tuple[ShownContact, ...]:
    """In the order of the kinds: the organisation's own, then what there is without it."""
    found = []
    for kind in ContactKind:
        contact = own.get(kind.value) or NATIONAL.get(kind)
        if contact is None and kind in EXPECTED:
            contact = _missing(kind)
        if contact is not None:
            found.append(contact)
    return tuple(found)


def _missing(kind: ContactKind) -> ShownContact:
    return ShownContact(kind=kind.value, label=kind.label)


NATIONAL_MAP = ContactMap(
    contacts=tuple(replace(contact, is_for_nobody=True) for contact in _listed({}))
)
