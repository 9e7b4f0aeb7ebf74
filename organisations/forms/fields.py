"""Fields that our forms share: clean text, days and teams."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Team

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, format (zero width, direction), surrogates


def plain(text: str) -> str:
    """One line without anything that the eye does not see, composed as NFC."""
    spaced = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    seen = (char for char in spaced if unicodedata.category(char) not in INVISIBLE)
    return " ".join("".join(seen).split())


class PlainText(forms.CharField):
    """A name: one line; what cannot be seen is dropped, so that no two names look the same."""

    def to_python(self, value: Any) -> str:
        return plain(str(super().to_python(value) or ""))


class Day(forms.DateField):
    """A calendar day, with the browser's own calendar where it has one."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"})
        options.setdefault("widget", widget)
        super().__init__(**options)


class TeamField(forms.ChoiceField):
    """One of the teams that are offered, as a `Team`; None for the empty choice."""

    default_error_messages = {"invalid_choice": _("Choose a team from the list.")}

    def offer(self, teams: Iterable[tuple[Team, int]], *, nothing: StrOrPromise) -> None:
        """Set the teams with their depth, as the tree is read; `nothing` names the empty choice."""
        listed = list(teams)
        self.teams = {team.public_id: team for team, _depth in listed}
        self.choices = [
            ("", nothing),
            *((team.public_id, "\u2003" * depth + team.name) for team, depth in listed),
        ]

    def clean(self, value: Any) -> Team | None:
        return self.teams.get(super().clean(value))
