from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.forms.fields import Day, PlainText, TeamField
from organisations.models import Team, User
from organisations.selectors.people import Shown


class PersonForm(forms.Form):
    """Who somebody is."""

    first_name = PlainText(label=_("First name"), max_length=150)
    last_name = PlainText(label=_("Last name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address at work"),
        max_length=254,
        help_text=_("With this address the person signs in. The link to sign in is sent to it."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=User.Language.choices, initial=User.Language.DUTCH
    )


@dataclass(frozen=True)
class Narrowing:
    """What a list of people is narrowed to."""

    words: str
    team: Team | None
    shown: Shown


class PeopleFilter(forms.Form):
    """What the list of people is narrowed to; nothing given is everybody who works here now."""

    q = PlainText(label=_("Search by name or e-mail address"), required=False, max_length=100)
    team = TeamField(label=_("Team"), required=False)
    show = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[(Shown.CURRENT, _("Works here")), (Shown.LEFT, _("Has left"))],
    )

    def __init__(self, data: QueryDict, *, teams: list[tuple[Team, int]]) -> None:
        super().__init__(data)
        cast(TeamField, self.fields["team"]).offer(teams, nothing=gettext("All teams"))

    def asked(self) -> Narrowing:
        """What is asked for; a part that cannot be read is left out."""
        self.is_valid()
        return Narrowing(
            words=self.cleaned_data.get("q", ""),
            team=self.cleaned_data.get("team"),
            shown=Shown(self.cleaned_data.get("show") or Shown.CURRENT),
        )


class EndWorkForm(forms.Form):
    """The last working day, as people say it; the first day without work follows from it."""

    last_day = Day(label=_("Last working day"), required=False)
    was_mistake = forms.BooleanField(
        label=_("This was a mistake: the person never worked in this team"), required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("was_mistake") and not given.get("last_day") and not self.errors:
            self.add_error("last_day", gettext("Fill in the last working day."))
        return given

    def ends_before(self, starts_on: date) -> date:
        """The first day without work; the first day itself when it was a mistake."""
        if self.cleaned_data["was_mistake"]:
            return starts_on
        return day_after(self.cleaned_data["last_day"])


class LeaveForm(forms.Form):
    """Away from a day until another. Why is never asked."""

    starts_on = Day(label=_("First day of leave"))
    ends_before = Day(
        label=_("Back at work on"), required=False, help_text=_("Leave empty if not yet known.")
    )


class ReturnForm(forms.Form):
    """When somebody is back."""

    ends_before = Day(label=_("Back at work on"), required=False)
    was_mistake = forms.BooleanField(
        label=_("This was a mistake: the person was not on leave"), required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("was_mistake") and not given.get("ends_before") and not self.errors:
            self.add_error("ends_before", gettext("Fill in the day of return."))
        return given

    def returns_on(self, starts_on: date) -> date:
        """The day of return; the first day of leave itself when it was a mistake."""
        given: date = self.cleaned_data["ends_before"]
        return starts_on if self.cleaned_data["was_mistake"] else given


def day_after(day: date) -> date:
    """The next day; the last day that exists stays itself and is refused later as too far away."""
    return day + timedelta(days=1) if day < date.max else day
