"""The main places of the site, by what somebody may do."""

from dataclasses import dataclass

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from learning.models import ExceptionCase
from organisations.access import Access
from organisations.selectors.contacts import overdue_contacts

STAFF = "staff"
CONTACTS = "phone"
TREE_AT = 2  # among the first three: on a phone it is never under "More"
# First parts of addresses that belong to a place and do not begin with its own address.
ALSO_OF = {STAFF: ("opleidingen/", "uitzonderingen/", "leerlijnen/")}


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation."""

    label: str
    url: str
    icon: str
    is_current: bool
    waiting: int = 0  # for this person alone to decide, or to check
    waiting_to: str = ""  # the word for what is to be done with them


def places_of(access: Access, path: str) -> list[Place]:
    """In order of use; at most four stand in the bottom bar of a phone, the rest in the menu."""
    entries: list[tuple[bool, str, str, str]] = [
        (bool(access.employed_at), _("My learning path"), "learning:path", "path"),
        (access.sees_team, _("Team"), "learning:team", "team"),
        (access.keeps_counts, _("Counts"), "analytics:months", "counts"),
        (bool(access.counts_for), _("Contacts"), "contacts:contacts", CONTACTS),
        (access.is_researcher, _("Studies"), "analytics:studies", "study"),
        (access.is_coordinator, _("Staff"), "organisations:staff", STAFF),
        (
            access.is_administrator,
            _("Organisations"),
            "organisations:organisations",
            "house",
        ),
        (
            access.is_editor or access.decides_libraries,
            _("Content"),
            "wagtailadmin_home",
            "edit",
        ),
        (bool(access.employed_at), _("My development"), "learning:development", "growth"),
        (True, _("Support"), "support", "support"),
    ]
    may_see = [(label, name, icon) for may, label, name, icon in entries if may]
    may_see.insert(TREE_AT, (_("Decision tree"), "tree:tree", "tree"))
    shown = [(label, reverse(name), icon) for label, name, icon in may_see]
    fits = [_fit(path, url, icon) for _label, url, icon in shown]
    best = max(fits, default=0)
    waiting = {STAFF: _waiting_for(access), CONTACTS: overdue_contacts(access, access.on)}
    return [
        Place(
            label,
            url,
            icon,
            is_current=0 < fit == best,
            waiting=waiting.get(icon, 0),
            waiting_to=_("to check") if icon == CONTACTS else _("to decide"),
        )
        for (label, url, icon), fit in zip(shown, fits, strict=True)
    ]


def _fit(path: str, url: str, icon: str) -> int:
    """How much of the path says that it is of this place; nothing: 0."""
    starts = [url, *(f"{get_script_prefix()}{part}" for part in ALSO_OF.get(icon, ()))]
    return max((len(start) for start in starts if path.startswith(start)), default=0)


def _waiting_for(access: Access) -> int:
    """Exceptions at the organisations that this person coordinates. One query for them alone."""
    if not access.coordinates:
        return 0
    return int(ExceptionCase.objects.open().filter(organisation__in=access.coordinates).count())
