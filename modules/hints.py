"""Hints for authors in words: how a text reads, and what in it steers or blames. Never faults."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from modules.rules import phrasing
from modules.rules.readability import MOST_WORDS, MOST_WORDS_ON_AVERAGE, Readability, readability

MOST_QUOTED = 60


@dataclass(frozen=True)
class Hints:
    """What can be said about one text: how it reads in figures, and what to look at again."""

    figures: str
    remarks: tuple[str, ...]


def hints(text: str, *, is_example: bool = False) -> Hints:
    """`is_example`: words that a worker may take over, so of a good choice."""
    measured = readability(text)
    found = _about_reading(measured) if measured else []
    if is_example:
        found += [phrasing_text(hint) for hint in phrasing.remarkable(text)]
    return Hints(figures=figures(measured) if measured else "", remarks=tuple(found))


def figures(measured: Readability) -> str:
    words = ngettext(
        "%(count)s word, %(average)s per sentence",
        "%(count)s words, %(average)s per sentence",
        measured.words,
    ) % {
        "count": measured.words,
        "average": number_format(measured.words_per_sentence, 1),
    }
    if measured.ease is None:
        return words
    ease = gettext("readability %(ease)s") % {"ease": min(round(measured.ease), 100)}
    return f"{words}, {ease}"


def phrasing_text(hint: phrasing.Remarkable) -> str:
    return gettext(phrasing.MESSAGES[hint.code]).format(words=hint.words)


def _about_reading(measured: Readability) -> list[str]:
    found = []
    if measured.is_hard:
        found.append(gettext("Hard to read for B1. Use shorter words and sentences."))
    if measured.is_long:
        found.append(
            gettext("Long sentences: for B1 %(most)s words on average is enough.")
            % {"most": MOST_WORDS_ON_AVERAGE}
        )
    if measured.has_long_sentence:
        found.append(
            gettext("A sentence of more than %(most)s words: “%(sentence)s”")
            % {"most": MOST_WORDS, "sentence": shortened(measured.longest, MOST_QUOTED)}
        )
    return found


def shortened(text: str, most: int) -> str:
    """The first words, as many as fit."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip('.,;:!?…')}…"
