"""Forms of the learner."""

from django import forms
from django.utils.translation import gettext_lazy as _

SCALE = [(str(number), str(number)) for number in range(11)]


class SelfRatingForm(forms.Form):
    """Two questions from 0 to 10, worded as in the national study of 2020-21."""

    recognising = forms.TypedChoiceField(
        label=_("How well do you recognise signals of human trafficking?"),
        choices=SCALE,
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "scale"}),
        error_messages={
            "required": _("Choose a number from 0 to 10, or skip this step."),
            "invalid_choice": _("Choose a number from 0 to 10."),
        },
    )
    acting = forms.TypedChoiceField(
        label=_("How well do you know what to do when you notice signals?"),
        choices=SCALE,
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "scale"}),
        error_messages={
            "required": _("Choose a number from 0 to 10, or skip this step."),
            "invalid_choice": _("Choose a number from 0 to 10."),
        },
    )
