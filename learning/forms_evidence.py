"""Forms about what people completed: revoking it, and bringing in what was done elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.models import Revocation


class RevocationForm(forms.Form):
    """Why a completion no longer counts; a choice, never free text."""

    reason = forms.ChoiceField(
        label=_("Why does it no longer count?"),
        choices=Revocation.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
