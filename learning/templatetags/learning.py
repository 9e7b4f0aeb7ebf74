"""Words and small parts for pages about learning."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learning.models import AssignmentRule
from learning.presenters.debrief import share_words
from learning.presenters.path_words import path_progress as progress_in_words
from learning.rules.coverage import Group
from learning.rules.status import Standing, Status
from learning.selectors.path import LearningPath
from modules.rules.scenario_score import Score
from organisations.models import Organisation

register = template.Library()


@register.simple_tag
def path_progress(path: LearningPath) -> str:
    return progress_in_words(path)


@register.simple_tag
def quality_words(quality: str) -> str:
    """The worth of a choice in words; never a code on the screen."""
    return {
        "++": pgettext("choice", "strong"),
        "+": pgettext("choice", "useful"),
        "0": pgettext("choice", "misses something"),
        "-": pgettext("choice", "harmful"),
    }.get(quality, "")


@register.simple_tag
def score_words(score: Score) -> str:
    """What a road showed, in a sentence."""
    return share_words(score.share)


def _standing_words(standing: Standing) -> tuple[str, str]:
    """(kind, words) of a standing."""
    return {
        Status.CERTIFIED: ("covered", _("Covered")),
        Status.WINDOW_OPEN: ("soon", _("Covered, can be renewed now")),
        Status.ASSIGNED: ("none", _("To do")),
        Status.OVERDUE: ("overdue", _("Too late")),
        Status.EXPIRED: ("overdue", _("Expired")),
        Status.ON_LEAVE: ("leave", _("On leave")),
        Status.INACTIVE: ("none", _("No longer works here")),
        Status.UNASSIGNED: ("none", _("No training assigned")),
    }[standing.status]


@register.inclusion_tag("components/status.html")
def standing_status(standing: Standing) -> dict[str, Any]:
    kind, words = _standing_words(standing)
    return {"kind": kind, "text": words}


@register.inclusion_tag("components/status.html")
def group_status(group: Group) -> dict[str, Any]:
    kind, words = {
        Group.COVERED: ("covered", _("Covered")),
        Group.SOON: ("soon", _("Covered, expires soon")),
        Group.NOT_YET: ("none", _("To do, still in time")),
        Group.OVERDUE: ("overdue", _("Too late")),
        Group.ON_LEAVE: ("leave", _("On leave")),
        Group.UNASSIGNED: ("none", _("No training assigned")),
    }[group]
    return {"kind": kind, "text": words}


@register.inclusion_tag("components/breadcrumbs.html")
def crumbs(*labels_and_urls: str) -> dict[str, Any]:
    """Breadcrumbs from label, url, label, url …"""
    pairs = list(zip(labels_and_urls[::2], labels_and_urls[1::2], strict=True))
    return {"items": pairs}


@register.inclusion_tag("learning/parts/training_hint.html")
def training_hint(organisation: Organisation) -> dict[str, Any]:
    """The last step of setting up: people here follow nothing yet. One query."""
    begun = AssignmentRule.objects.filter(organisation=organisation).exists()
    return {"organisation": organisation, "show": not begun}
