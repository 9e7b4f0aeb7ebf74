"""Days to try an agreement with."""

from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.forms.fields import Day


class WhatIfForm(forms.Form):
    """When somebody would begin, finish and renew."""

    begins = Day(label=_("Somebody gets the training on"))
    due = Day(label=_("To finish by"), required=False, help_text=_("Empty: no date to finish by."))
    finishes = Day(label=_("Finishes it on"), required=False)
    renews = Day(label=_("And renews it on"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        order = [(name, given.get(name)) for name in ("begins", "finishes", "renews")]
        known = [(name, day) for name, day in order if day is not None]
        for (_before, earlier), (name, later) in pairwise(known):
            if later < earlier:
                self.add_error(name, gettext("Choose a later day than the one before it."))
        if given.get("renews") and not given.get("finishes") and "finishes" not in self.errors:
            self.add_error("finishes", gettext("Fill in when somebody finishes first."))
        begins, due = given.get("begins"), given.get("due")
        if begins and due and due < begins:
            self.add_error("due", gettext("Choose a later day than the one before it."))
        for name, day in [*known, ("due", due)]:
            if day is not None and not 1900 < day.year < 2100:
                self.add_error(name, gettext("Check the year."))
        return given
