"""Words and small parts for pages about learning."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learning.rules.coverage import Group
from learning.rules.recertification import Standing, Status

register = template.Library()


@register.simple_tag
def quality_words(quality: str) -> str:
    """The worth of a choice in words; never a code on the screen."""
    return {
        "++": pgettext("choice", "strong"),
        "+": pgettext("choice", "useful"),
        "0": pgettext("choice", "misses something"),
        "-": pgettext("choice", "harmful"),
    }.get(quality, "")


def _standing_words(standing: Standing) -> tuple[str, str, str]:
    """(look, icon, words) of a standing."""
    return {
        Status.CERTIFIED: ("covered", "check", _("Covered")),
        Status.WINDOW_OPEN: ("soon", "clock", _("Covered, can be renewed now")),
        Status.ASSIGNED: ("none", "dot", _("To do")),
        Status.OVERDUE: ("overdue", "alert", _("Too late")),
        Status.EXPIRED: ("overdue", "alert", _("Expired")),
        Status.ON_LEAVE: ("leave", "pause", _("On leave")),
        Status.INACTIVE: ("none", "dot", _("No longer works here")),
        Status.UNASSIGNED: ("none", "dot", _("No training assigned")),
    }[standing.status]


@register.inclusion_tag("learning/parts/status.html")
def standing_status(standing: Standing) -> dict[str, Any]:
    look, icon, words = _standing_words(standing)
    return {"look": look, "icon": icon, "words": words}


@register.inclusion_tag("learning/parts/status.html")
def group_status(group: Group) -> dict[str, Any]:
    look, icon, words = {
        Group.COVERED: ("covered", "check", _("Covered")),
        Group.SOON: ("soon", "clock", _("Covered, expires soon")),
        Group.NOT_YET: ("none", "dot", _("To do, still in time")),
        Group.OVERDUE: ("overdue", "alert", _("Too late")),
        Group.ON_LEAVE: ("leave", "pause", _("On leave")),
        Group.UNASSIGNED: ("none", "dot", _("No training assigned")),
    }[group]
    return {"look": look, "icon": icon, "words": words}


@register.inclusion_tag("components/breadcrumbs.html")
def crumbs(*labels_and_urls: str) -> dict[str, Any]:
    """Breadcrumbs from label, url, label, url …"""
    pairs = list(zip(labels_and_urls[::2], labels_and_urls[1::2], strict=True))
    return {"items": pairs}
