"""Forms around the monthly counts. What was typed always comes back as it was typed."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics import messages
from analytics.catalogue import ENTRIES
from analytics.errors import CannotBeTakenBack, CountsContradict, NotSure, ReasonNeeded
from analytics.models import CorrectionReason, CountStatus, MonthlyCount
from analytics.rules.counts import LONGEST, Cell, CountRefused, Doubt, Fault, read_cell
from analytics.rules.indicators import Indicator
from analytics.rules.months import MonthFault, MonthRefused, month_of
from organisations.errors import Refused

LONGEST_SHOWN = 200  # characters of a paste that come back


class CountInput(forms.TextInput):
    """A short text field with the keys for numbers. A huge paste does not come back whole.

    The browser cuts a paste off one past the longest count: what was cut is then still refused,
    not taken for a number. Nothing turns autocomplete off, for then Back would show blanks.
    """

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "numeric", "maxlength": str(LONGEST + 1)})

    def format_value(self, value: Any) -> str | None:
        shown = super().format_value(value)
        return None if shown is None else str(shown)[:LONGEST_SHOWN].replace("\x00", "\ufffd")


class MonthForm(forms.Form):
    """A number and a status per indicator, and a reason when something known is changed."""

    reason = forms.ChoiceField(
        label=_("Why do you change it?"),
        required=False,
        help_text=_("Only if you change a number that was saved before."),
        error_messages={"invalid_choice": _("Choose one of the reasons in the list.")},
    )

    def __init__(self, data: Any = None, *, current: Mapping[Indicator, MonthlyCount], **more: Any):
        super().__init__(data, **more)
        self.cells: dict[Indicator, Cell] = {}
        self.doubts: tuple[Doubt, ...] = ()
        own_reasons = [c for c in CorrectionReason.choices if c[0] != CorrectionReason.BECAME_KNOWN]
        self.fields["reason"].choices = [("", _("Choose a reason")), *own_reasons]  # type: ignore[attr-defined]
        for entry in ENTRIES:
            row = current.get(entry.indicator)
            self.fields[f"{entry.indicator}_value"] = forms.Field(
                label=entry.label,
                required=False,
                widget=CountInput(),
                initial=row.value if row else None,
            )
            self.fields[f"{entry.indicator}_status"] = forms.ChoiceField(
                label=_("Status of: %(what)s") % {"what": entry.in_a_sentence},
                required=False,
                choices=[("", _("Choose a status")), *CountStatus.choices],
                initial=row.status if row else "",
                error_messages={"invalid_choice": messages.OF_FAULT[Fault.STATUS_UNKNOWN]},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for indicator in Indicator:
            if f"{indicator}_status" in cleaned:
                self._read(indicator, cleaned)
        return cleaned

    def _read(self, indicator: Indicator, cleaned: Mapping[str, Any]) -> None:
        try:
            cell = read_cell(
                value=str(cleaned.get(f"{indicator}_value") or ""),
                status=cleaned[f"{indicator}_status"],
            )
        except CountRefused as refusal:
            self.add_error(f"{indicator}_value", messages.fault_text(refusal.fault))
        else:
            if cell is not None:
                self.cells[indicator] = cell

    def with_blanks_filled(self, saved: Mapping[Indicator, MonthlyCount]) -> Self:
        """The same form, with what somebody else saved where this person typed nothing."""
        data = dict(self.data.items())
        for indicator, row in saved.items():
            if indicator not in self.cells:
                data[f"{indicator}_value"] = "" if row.value is None else str(row.value)
                data[f"{indicator}_status"] = row.status
        return type(self)(data, current=saved)

    def take(self, refusal: Refused) -> None:
        """Put a refusal of the action beside the field that it is about."""
        if isinstance(refusal, CountsContradict):
            for indicator, fault in refusal.faults.items():
                self.add_error(f"{indicator}_value", messages.fault_text(fault))
        elif isinstance(refusal, CannotBeTakenBack):
            for indicator in refusal.indicators:
                text = messages.fault_text(Fault.STATUS_MISSING)
                self.add_error(f"{indicator}_status", text)
        elif isinstance(refusal, ReasonNeeded):
            self.add_error("reason", str(refusal))
        elif isinstance(refusal, NotSure):
            self.doubts = refusal.doubts
        else:
            self.add_error(None, str(refusal))


class OtherMonthForm(forms.Form):
    """Which month to open, typed as 2025-10."""

    month = forms.CharField(
        label=_("Another month"),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2025-10"}),
    )

    def __init__(self, *arguments: Any, today: date, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.today = today

    def clean_month(self) -> date:
        found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", self.cleaned_data["month"], re.ASCII)
        try:
            if not found:
                raise MonthRefused(MonthFault.NO_MONTH)
            return month_of(year=int(found[1]), month=int(found[2]), today=self.today)
        except MonthRefused as refusal:
            raise forms.ValidationError(messages.OF_MONTH[refusal.fault]) from None
