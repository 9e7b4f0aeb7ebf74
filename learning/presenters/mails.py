"""The one mail of a day, in the language of the person: text and the same in HTML.

Dates and standing only: no scores, no answers, and nothing about a client.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from learning.selectors.reminders import Period
from organisations.models import User

NAMED_AT_MOST = 25
# Kept for a language and its dates, not rendered for each mail: a run writes thousands.
SENTENCES = {
    "to_do": gettext_noop("Finish this training on or before %(day)s."),
    "renew": gettext_noop(
        "Your training is valid through %(through)s. Do it again on or before %(day)s: "
        "then you stay covered."
    ),
    "grace": gettext_noop(
        "Your training was valid through %(through)s. You have a little more time: "
        "you are still covered through %(covered)s. Do it again now."
    ),
    "expired": gettext_noop(
        "Your training is no longer valid: you were covered through %(covered)s. "
        "Do it again now, then you are covered at once."
    ),
    "late": gettext_noop(
        "The last day to finish this training was %(day)s. You can still do it. "
        "Please do so as soon as you can."
    ),
}


@dataclass(frozen=True)
class OwnLine:
    """One programme of the person themselves."""

    title: str
    kind: str  # to_do, renew, grace, late, expired
    due_on: date
    certified_through: date | None
    covered_through: date | None
    link: str
    why: str
    is_new: bool = True  # a reminder of today, and not only mentioned because it is open too

    @property
    def is_late(self) -> bool:
        return self.kind in {"grace", "late", "expired"}

    @property
    def words(self) -> str:
        """In the language that is active."""
        return sentence(
            translation.get_language() or "",
            self.kind,
            self.due_on,
            self.certified_through,
            self.covered_through,
        )


@dataclass(frozen=True)
class OtherLine:
    """Somebody else who is late: a name, what it is, since when."""

    name: str
    title: str
    due_on: date
    is_expired: bool

    @property
    def words(self) -> str:
        """In the language that is active."""
        said = (
            _("%(name)s: %(title)s, expired, the last day was %(day)s")
            if self.is_expired
            else _("%(name)s: %(title)s, too late, the last day was %(day)s")
        )
        day = day_words(translation.get_language() or "", self.due_on)
        return said % {"name": self.name, "title": self.title, "day": day}


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


@lru_cache(maxsize=2000)
def sentence(
    language: str, kind: str, due_on: date, through: date | None, covered: date | None
) -> str:
    """What is asked and by when; the language is the one that is active."""
    return _(SENTENCES[kind]) % {
        "day": day_words(language, due_on),
        "through": day_words(language, through) if through else "",
        "covered": day_words(language, covered) if covered else "",
    }


@lru_cache(maxsize=2000)
def day_words(language: str, day: date) -> str:
    """`3 maart 2026`, in the language that is active."""
    return formats.date_format(day, "j F Y")


def absolute(path: str) -> str:
    """A full address of our own: mails are made outside a request."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def own_line(period: Period, day: date, attempt: str | None, *, is_new: bool = True) -> OwnLine:
    """`attempt` is what the person is in the middle of; the link goes straight there."""
    link = reverse("learning:attempt", args=[attempt]) if attempt else reverse("learning:path")
    return OwnLine(
        title=period.title,
        kind=kind_of(period, day),
        due_on=period.due_on,
        certified_through=period.certified_through,
        covered_through=period.covered_through,
        link=absolute(link),
        why=absolute(reverse("learning:why", args=[period.public_id])),
        is_new=is_new,
    )


def kind_of(period: Period, day: date) -> str:
    """Which words fit the dates on the day."""
    through, covered = period.certified_through, period.covered_through
    if through is None or covered is None:
        return "late" if day > period.due_on else "to_do"
    if day > covered:
        return "expired"
    return "grace" if day > through else "renew"


def other_line(period: Period, name: str, day: date) -> OtherLine:
    return OtherLine(name, period.title, period.due_on, kind_of(period, day) == "expired")


def words_for(
    person: User,
    *,
    own: Sequence[OwnLine],
    others: Sequence[OtherLine] = (),
    asked_by: str = "",
) -> Words:
    """The mail. `asked_by` names who asked for this reminder, where somebody did."""
    facts: dict[str, Any] = {
        "person": person,
        "own": own,
        "is_about_own": any(line.is_new for line in own),
        "only": own[0] if len(own) == 1 and own[0].is_new else None,
        "number": len(own),
        "others": others[:NAMED_AT_MOST],
        "number_of_others": len(others),
        "not_named": max(0, len(others) - NAMED_AT_MOST),
        "asked_by": asked_by,
        "team_link": absolute(reverse("learning:team")),
    }
    with translation.override(person.language):
        subject = " ".join(render_to_string("emails/reminder_subject.txt", facts).split())
        return Words(
            subject=subject[:160],
            text=_tidy(render_to_string("emails/reminder.txt", facts)),
            html=_dense(render_to_string("emails/reminder.html", facts | {"subject": subject})),
        )


def _tidy(text: str) -> str:
    """At most one empty line at a time: conditions in the template leave more."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for before, line in zip(["", *lines], lines, strict=False) if line or before]
    return "\n".join(kept) + "\n"


def _dense(html: str) -> str:
    """Without the empty lines that a template leaves."""
    return "\n".join(line for line in html.splitlines() if line.strip()) + "\n"
