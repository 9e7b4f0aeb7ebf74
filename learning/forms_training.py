"""The coordinator's form for giving everybody their training."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LEAST_DAYS, MOST_DAYS = 14, 365


class RuleForm(forms.Form):
    """How long people have the first time."""

    due_after_days = forms.IntegerField(
        label=_("How many days do people have, the first time?"),
        help_text=_(
            "Counted from the first working day. For people who work here already, from today."
        ),
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        initial=90,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={
            "required": _("Fill in a number of days, for instance 90."),
            "invalid": _("Fill in a whole number of days, for instance 90."),
            "min_value": _("Give people at least %(limit_value)s days."),
            "max_value": _("Choose at most %(limit_value)s days."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_after_days"].widget.attrs["inputmode"] = "numeric"
