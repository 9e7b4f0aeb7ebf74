from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.forms.fields import Day, PlainText, TeamField
from organisations.models import Role, Team
from organisations.models.role import ORGANISATION_ROLES, PLATFORM_ROLES

WORDS = {
    Role.MANAGER: _("Manager: sees who in the team is trained, and who must be soon"),
    Role.FOCAL_PERSON: _("Focal person: keeps the monthly counts and sees the whole organisation"),
    Role.COORDINATOR: _("Training coordinator: keeps people, teams, roles and leave"),
    Role.RESEARCHER: _("Researcher: sees figures within approved studies, never names"),
    Role.EDITOR: _("Editor: writes and publishes modules"),
    Role.LIBRARIES: _("Approver of H5P libraries: decides which code of others may play here"),
    Role.ADMINISTRATOR: _("Administrator: keeps organisations and all roles"),
}


class StartForm(forms.Form):
    """From which day a role holds: today or later, for what was seen until now is on record."""

    starts_on = Day(label=_("From"))

    def __init__(self, data: QueryDict | None, *, today: date) -> None:
        super().__init__(data, initial={"starts_on": today})
        self.today = today

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day < self.today:
            raise forms.ValidationError(gettext("Choose today or a later day."))
        return day


class RoleForm(StartForm):
    """A role within one organisation."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role, WORDS[role]) for role in ORGANISATION_ROLES],
        widget=forms.RadioSelect,
    )
    team = TeamField(
        label=_("Manager of"),
        required=False,
        help_text=_("Only for a manager. Teams that are part of it count as well."),
    )
    field_order = ["role", "team", "starts_on"]

    def __init__(
        self, data: QueryDict | None, *, today: date, teams: list[tuple[Team, int]]
    ) -> None:
        super().__init__(data, today=today)
        field = cast(TeamField, self.fields["team"])
        field.offer(teams, nothing=gettext("The whole organisation"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("team") and given.get("role") not in {"", None, Role.MANAGER}:
            self.add_error(
                "team", gettext("This role is for the whole organisation. Choose no team.")
            )
        return given


class PlatformRoleForm(StartForm):
    """A role on the whole platform; an administrator's to give."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role, WORDS[role]) for role in PLATFORM_ROLES],
        widget=forms.RadioSelect,
    )
    field_order = ["role", "starts_on"]


class FirstRoleForm(PlatformRoleForm):
    """A new account for somebody who works at no organisation."""

    first_name = PlainText(label=_("First name"), max_length=150)
    last_name = PlainText(label=_("Last name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address at work"), max_length=254)
    field_order = ["first_name", "last_name", "email", "role", "starts_on"]


class EndRoleForm(forms.Form):
    """From which day a role no longer holds."""

    ends_before = Day(
        label=_("No longer from"), help_text=_("Today, or the first later day without the role.")
    )
