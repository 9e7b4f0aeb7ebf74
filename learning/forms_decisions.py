"""What a coordinator decides about one person's training."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from learning.models import AssignmentEvent
from organisations.forms.fields import Day

Reason = AssignmentEvent.Reason
USUAL_DAYS = 90
CHOOSE = [("", _("Choose a reason"))]
EXTENSIONS = [
    (reason.value, reason.label)
    for reason in (
        Reason.EXTENDED_ILLNESS,
        Reason.EXTENDED_WORKLOAD,
        Reason.EXTENDED_CONTENT,
        Reason.EXTENDED_OTHER,
    )
]
EXEMPTIONS = [
    (Reason.EXEMPT_NO_CLIENTS.value, _("no contact with young people")),
    (Reason.EXEMPT_ELSEWHERE.value, _("follows equal training elsewhere")),
    (Reason.EXEMPT_LEAVING.value, _("leaves before the due date")),
    (Reason.EXEMPT_OTHER.value, _("agreed with the manager")),
]


class DueForm(forms.Form):
    """The last day to finish."""

    due_on = Day(label=_("Due date"))

    def __init__(self, data: QueryDict | None, *, today: date, **options: Any) -> None:
        initial = {"due_on": today + timedelta(days=USUAL_DAYS)} | options.pop("initial", {})
        super().__init__(data, initial=initial, **options)


class ExtensionForm(forms.Form):
    """Until when, and one of a few reasons: what it is about, never about anybody's health."""

    to = Day(label=_("More time through"))
    reason = forms.ChoiceField(label=_("Reason"), choices=[*CHOOSE, *EXTENSIONS])


class ExemptionForm(forms.Form):
    """Why somebody need not follow it, and until when if that is known."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[*CHOOSE, *EXEMPTIONS])
    until = Day(
        label=_("Exempt through"),
        required=False,
        help_text=_("Leave empty if it holds until you end it."),
    )
