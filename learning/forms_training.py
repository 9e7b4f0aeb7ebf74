"""The coordinator's form for a rule: who follows a programme, and by when the first time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.models import AssignmentRule
from learning.models.rule import RuleDraft
from learning.selectors.having import Shown
from organisations.forms.fields import Day
from organisations.models import Employment, Team

MOST_DAYS = 365
YEARS_AHEAD = timedelta(days=5 * 365)
EVERYBODY, TEAMS = "all", "teams"
DueFrom = AssignmentRule.DueFrom


@dataclass(frozen=True)
class TeamChoice:
    """A team in the list, with what was ticked."""

    team: Team
    depth: int  # at most three: deeper ones stand below each other
    has_below: bool
    is_chosen: bool
    with_below: bool


class TeamsField(forms.MultipleChoiceField):
    """Teams of the organisation by their `public_id`."""

    default_error_messages = {"invalid_choice": _("Choose teams from this list.")}


class RuleForm(forms.Form):
    """A rule. What a choice does not use is left aside: days when a date is chosen, and so on."""

    who = forms.ChoiceField(
        label=_("Who follows this?"),
        choices=[(EVERYBODY, _("Everybody who works here")), (TEAMS, _("People in some teams"))],
        widget=forms.RadioSelect,
        initial=EVERYBODY,
    )
    teams = TeamsField(label=_("Which teams?"), required=False)
    below = TeamsField(required=False)
    job_functions = forms.MultipleChoiceField(
        label=_("Only people with these functions"),
        help_text=_("Tick none if it is for every function."),
        choices=Employment.JobFunction.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    due_from = forms.ChoiceField(
        label=_("By when must it be finished, the first time?"),
        choices=[
            (DueFrom.EMPLOYMENT, _("So many days after the first working day")),
            (DueFrom.RULE, _("So many days after the start of this rule")),
            (DueFrom.DATE, _("On one date, the same for everybody")),
        ],
        widget=forms.RadioSelect,
        initial=DueFrom.EMPLOYMENT,
    )
    due_after_days = forms.IntegerField(
        label=_("Number of days"),
        help_text=_(
            "Who works here already when the rule starts has this many days from that start."
        ),
        initial=90,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": _("Fill in a number of days, for instance 90."),
            "invalid": _("Fill in a whole number of days, for instance 90."),
        },
    )
    due_on = Day(
        label=_("Last day to finish"),
        help_text=_("For people who start work shortly before this day or after it, you decide."),
        error_messages={"required": _("Fill in the last day to finish.")},
    )
    starts_on = Day(label=_("This rule starts on"))

    def __init__(
        self,
        data: QueryDict | None,
        *,
        teams: Iterable[tuple[Team, int]],
        today: date,
        rule: AssignmentRule | None = None,
    ) -> None:
        self.listed = list(teams)
        self.today = today
        super().__init__(data, initial={"starts_on": today} | (_said(rule, today) if rule else {}))
        choices = [(team.public_id, team.name) for team, _depth in self.listed]
        for name in ("teams", "below"):
            field = self.fields[name]
            assert isinstance(field, TeamsField)  # noqa: S101 - for the type checker
            field.choices = choices

    def team_choices(self) -> Iterator[TeamChoice]:
        """The teams as the tree is read."""
        chosen, below = set(self["teams"].value() or ()), set(self["below"].value() or ())
        parents = {team.parent_id for team, _depth in self.listed}
        for team, depth in self.listed:
            yield TeamChoice(
                team=team,
                depth=min(depth, 3),
                has_below=team.pk in parents,
                is_chosen=team.public_id in chosen,
                with_below=team.public_id in below,
            )

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day < self.today:
            raise forms.ValidationError(
                gettext("The past stays as it was. Choose today or a later day.")
            )
        return self._near(day)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = given.get("teams") or given.get("below") or self.errors.keys() & {"teams", "below"}
        if given.get("who") == TEAMS and not chosen:
            self.add_error("teams", gettext("Choose at least one team."))
        by_date = given.get("due_from") == DueFrom.DATE
        self.errors.pop("due_after_days" if by_date else "due_on", None)
        if by_date and "due_on" in given:
            self._check_date(given["due_on"], given.get("starts_on"))
        elif not by_date and "due_after_days" in given:
            self._check_days(given["due_after_days"])
        return given

    def _check_date(self, day: date, starts_on: date | None) -> None:
        if starts_on is not None and day < starts_on + _least():
            text = gettext("Give people at least %(days)d days: choose %(first)s or later.")
            first = date_format(starts_on + _least(), "j F Y")
            self.add_error("due_on", text % {"days": _least().days, "first": first})
        elif day > self.today + YEARS_AHEAD:
            self.add_error("due_on", gettext("Choose a day within the coming five years."))

    def _check_days(self, days: int) -> None:
        if days < _least().days:
            text = gettext("Give people at least %(days)d days.") % {"days": _least().days}
            self.add_error("due_after_days", text)
        elif days > MOST_DAYS:
            text = gettext("Choose at most %(days)d days.") % {"days": MOST_DAYS}
            self.add_error("due_after_days", text)

    def _near(self, day: date) -> date:
        if day > self.today + YEARS_AHEAD:
            raise forms.ValidationError(gettext("Choose a day within the coming five years."))
        return day

    def draft(self) -> RuleDraft:
        """What was filled in. The form is valid."""
        given = self.cleaned_data
        by_date = given["due_from"] == DueFrom.DATE
        below = set(given["below"])
        chosen = set(given["teams"]) | below if given["who"] == TEAMS else set()
        return RuleDraft(
            due_from=given["due_from"],
            due_after_days=None if by_date else given["due_after_days"],
            due_on=given["due_on"] if by_date else None,
            starts_on=given["starts_on"],
            teams=tuple(
                (team.pk, team.public_id in below)
                for team, _depth in self.listed
                if team.public_id in chosen
            ),
            job_functions=tuple(given["job_functions"]),
        )

    def typed_values(self) -> Iterator[tuple[str, str]]:
        """Every value as it was sent, to send it once more."""
        data = self.data
        assert isinstance(data, QueryDict)  # noqa: S101 - only a sent form is sent again
        for name in self.fields:
            for value in data.getlist(name):
                yield name, value


def _least() -> timedelta:
    return timedelta(days=settings.LEAST_DAYS_TO_FINISH)


def _said(rule: AssignmentRule, today: date) -> dict[str, Any]:
    """What the rule says, as the form starts with."""
    teams = list(rule.teams.all())
    return {
        "who": TEAMS if teams else EVERYBODY,
        "teams": [one.team.public_id for one in teams],
        "below": [one.team.public_id for one in teams if one.with_subteams],
        "job_functions": rule.job_functions,
        "due_from": rule.due_from,
        "due_after_days": rule.due_after_days or 90,
        "due_on": rule.due_on,
        "starts_on": max(rule.starts_on, today),
    }


class HavingFilter(forms.Form):
    """What the list of people with a programme is narrowed to."""

    stand = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=[
            ("", _("Everybody")),
            (Shown.TO_DECIDE, _("You decide on the date")),
            (Shown.ASSIGNED, _("To do")),
            (Shown.OVERDUE, _("Too late")),
            (Shown.EXPIRED, _("Expired")),
            (Shown.WINDOW_OPEN, _("Covered, can be renewed now")),
            (Shown.CERTIFIED, _("Covered")),
            (Shown.ON_LEAVE, _("On leave")),
            (Shown.EXEMPT, _("Exempt")),
        ],
    )

    def asked(self) -> Shown | None:
        """What is asked for; what cannot be read is everybody."""
        self.is_valid()
        given = self.cleaned_data.get("stand")
        return Shown(given) if given else None
