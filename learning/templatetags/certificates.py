"""The worth of a completion in words."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from learning.models import Completion
from learning.presenters.certificates import study_load as study_load_words
from learning.selectors.certificates import Worth, worth_of
from organisations.clock import today_of

register = template.Library()
register.filter("study_load", study_load_words)


def worth_words(worth: Worth) -> dict[str, str]:
    """Kind and words, as components/status.html takes them."""
    kind, text = {
        Worth.VALID: ("covered", _("Valid")),
        Worth.EXPIRED: ("none", _("No longer valid")),
        Worth.REVOKED: ("overdue", _("Revoked")),
        Worth.HISTORY: ("none", _("Earlier training, without validity")),
    }[worth]
    return {"kind": kind, "text": text}


@register.inclusion_tag("components/status.html", takes_context=True)
def completion_worth(context: dict[str, Any], completion: Completion) -> dict[str, str]:
    """As it is today. No query where the revocation was read along."""
    return worth_words(worth_of(completion, today_of(context["request"])))


@register.inclusion_tag("components/status.html")
def certificate_worth(worth: Worth) -> dict[str, str]:
    return worth_words(worth)
