from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from organisations.forms.fields import Day, PlainText, TeamField
from organisations.models import Team


class OrganisationForm(forms.Form):
    """An organisation and what must be settled before anybody is trained there."""

    name = PlainText(label=_("Name of the organisation"), max_length=120)
    works_council_agreed_on = Day(
        label=_("The works council agreed on"),
        required=False,
        help_text=_(
            "Training records are data about staff, so the works council must agree. "
            "Leave empty if it has not agreed yet. Until then nobody here can start training."
        ),
    )
    retention_months = forms.IntegerField(
        label=_("Months that data is kept after somebody leaves"),
        initial=24,
        min_value=1,
        max_value=120,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )


class TeamForm(forms.Form):
    """A team and the team that it is part of."""

    name = PlainText(label=_("Name of the team"), max_length=120)
    parent = TeamField(
        label=_("Part of"),
        required=False,
        help_text=_("A manager of a team also sees the teams that are part of it."),
    )

    def __init__(
        self, data: QueryDict | None, *, teams: list[tuple[Team, int]], **options: Any
    ) -> None:
        super().__init__(data, **options)
        cast(TeamField, self.fields["parent"]).offer(teams, nothing=_("No other team"))
