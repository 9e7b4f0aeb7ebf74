"""Words for what the rules keep as codes, and paragraphs of plain text."""

import re
from collections.abc import Mapping

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from modules.blocks.node_fields import QUALITIES
from modules.rules.scenario import YOU

register = template.Library()


@register.filter
def quality_words(quality: str) -> str:
    """ "++" with the word that goes with it; nothing while an editor has not chosen."""
    return str(dict(QUALITIES).get(quality, ""))


@register.filter
def quality_sign(quality: str) -> str:
    """With a minus that is as wide as the plus."""
    return quality.replace("-", "−")


@register.filter
def speaker_words(speaker: str) -> str:
    return gettext("You") if speaker == YOU else speaker


@register.filter
def paragraphs(text: str) -> SafeString:
    """Plain text as paragraphs, parted at blank lines."""
    parts = [part for part in re.split(r"\n\s*\n", text.strip()) if part]
    return format_html_join("", '<p class="utrecht-paragraph">{}</p>', ((part,) for part in parts))


@register.filter
def of_key(texts: Mapping[str, str], key: str) -> str:
    return texts.get(key, "")
