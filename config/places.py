"""The main places of the site, by what somebody may do."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from organisations.access import Access


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation."""

    label: str
    url: str
    icon: str
    is_current: bool


def places_of(access: Access, path: str) -> list[Place]:
    """In order of use; at most four stand in the bottom bar of a phone, the rest in the menu."""
    entries: list[tuple[bool, str, str, str]] = [
        (bool(access.employed_at), _("My learning path"), reverse("learning:path"), "path"),
        (bool(access.employed_at), _("My development"), reverse("learning:development"), "growth"),
        (access.sees_team, _("Team"), reverse("learning:team"), "team"),
        (access.keeps_counts, _("Counts"), reverse("analytics:months"), "counts"),
        (access.is_researcher, _("Studies"), reverse("analytics:studies"), "study"),
        (access.is_coordinator, _("Staff"), reverse("organisations:staff"), "staff"),
        (
            access.is_administrator,
            _("Organisations"),
            reverse("organisations:organisations"),
            "house",
        ),
        (
            access.is_editor or access.is_administrator,
            _("Content"),
            reverse("wagtailadmin_home"),
            "edit",
        ),
        (True, _("Support"), reverse("support"), "support"),
    ]
    best = max(
        (url for shown, _label, url, _icon in entries if shown and path.startswith(url)),
        key=len,
        default="",
    )
    return [
        Place(label=label, url=url, icon=icon, is_current=url == best)
        for shown, label, url, icon in entries
        if shown
    ]
