"""Starting and changing somebody's work."""

from datetime import date
from decimal import Decimal
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from organisations.forms.fields import Day, TeamField
from organisations.forms.people import PersonForm
from organisations.models import Employment, Team


class WorkForm(forms.Form):
    """In which team, as what, how many hours, and from when."""

    team = TeamField(label=_("Team"))
    job_function = forms.ChoiceField(
        label=_("Function"),
        choices=Employment.JobFunction.choices,
        initial=Employment.JobFunction.RESIDENTIAL_WORKER,
    )
    hours_per_week = forms.DecimalField(
        label=_("Hours a week"),
        min_value=Decimal("0.5"),
        max_value=Decimal(60),
        max_digits=4,
        decimal_places=1,
        initial=Decimal(32),
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    starts_on = Day(label=pgettext_lazy("employment", "First working day"))

    def __init__(
        self,
        data: QueryDict | None,
        *,
        teams: list[tuple[Team, int]],
        today: date,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial={"starts_on": today} | (initial or {}))
        field = cast(TeamField, self.fields["team"])
        field.offer(teams, nothing=gettext("Choose a team"))


class NewPersonForm(WorkForm, PersonForm):
    """A person with their first work, in one go."""

    field_order = [
        "first_name",
        "last_name",
        "email",
        "language",
        "team",
        "job_function",
        "hours_per_week",
        "starts_on",
    ]


class MoveForm(WorkForm):
    """To which team and from when; function and hours may change with it."""

    starts_on = Day(label=_("From which day in the new team"))


class StartForm(forms.Form):
    """The first working day as it should have been."""

    starts_on = Day(label=pgettext_lazy("employment", "First working day"))
