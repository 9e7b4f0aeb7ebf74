"""The numbers of a policy, as a coordinator types them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.actions.terms import TermsDraft, check_start
from learning.models import PolicyTerms
from learning.presenters.policy import basis_choice
from learning.rules.policy import Basis, Policy
from organisations.errors import Refused
from organisations.forms.fields import Day

MOST_DAYS, MOST_MONTHS, MOST_LADDER_DAYS, MOST_RUNGS = 3660, 120, 365, 10
NUMBERS = (
    "active_months",
    "window_months",
    "minimum_months",
    "grace_days",
    "evidence_max_age_days",
    "leave_return_days",
)


class Number(forms.IntegerField):
    """A whole number with its bounds, and its errors in plain words."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        attrs = {"class": "short", "inputmode": "numeric"}
        told = {
            "required": _("Fill in a number."),
            "invalid": _("Fill in a whole number."),
            "min_value": _("Choose at least %(limit_value)s."),
            "max_value": _("Choose at most %(limit_value)s."),
        }
        super().__init__(
            min_value=least,
            max_value=most,
            widget=forms.NumberInput(attrs=attrs),
            error_messages=told,
            **options,
        )


class Rungs(forms.CharField):
    """Numbers of days with commas between them, as a sorted tuple without doubles."""

    def __init__(self, least: int, **options: Any) -> None:
        self.least = least
        attrs = {"class": "short", "inputmode": "text", "autocomplete": "off"}
        super().__init__(
            required=False, max_length=60, widget=forms.TextInput(attrs=attrs), **options
        )

    def clean(self, value: Any) -> tuple[int, ...]:
        text = super().clean(value).replace(";", ",")
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
            raise ValidationError(gettext("Write whole numbers with commas: 30, 14, 3."))
        days = sorted({int(part) for part in parts})
        if any(not self.least <= day <= MOST_LADDER_DAYS for day in days):
            told = gettext("Choose days from %(least)d to %(most)d.")
            raise ValidationError(told % {"least": self.least, "most": MOST_LADDER_DAYS})
        if len(days) > MOST_RUNGS:
            raise ValidationError(gettext("Choose at most %(most)d days.") % {"most": MOST_RUNGS})
        return tuple(days)


class TermsForm(forms.Form):
    """How long a certificate is valid, when it can be renewed, and who hears of it."""

    basis = forms.ChoiceField(
        label=_("From which day does a renewal count?"),
        choices=PolicyTerms.Basis.choices,
        widget=forms.RadioSelect,
    )
    active_months = Number(1, MOST_MONTHS, label=_("Valid, in months"))
    window_months = Number(
        0,
        MOST_MONTHS,
        label=_("Renewing is possible in the last months"),
        help_text=_("Who renews earlier than this may do so, but the dates stay as they are."),
    )
    minimum_months = Number(
        0,
        MOST_MONTHS,
        label=_("With fixed dates: at least so many months valid"),
        help_text=_("Is the next fixed date nearer than this? Then the one after it counts."),
    )
    grace_days = Number(
        0,
        MOST_DAYS,
        label=_("Days of grace after the last valid day"),
        help_text=_("In these days somebody is too late, but still counts as covered."),
    )
    evidence_max_age_days = Number(
        0,
        MOST_DAYS,
        label=_("A certificate from elsewhere may be so many days old"),
    )
    leave_return_days = Number(
        0,
        MOST_DAYS,
        label=_("Days to finish after leave"),
        help_text=_("Counted from the first day back."),
    )
    ladder_before = Rungs(
        0,
        label=_("Remind so many days before"),
        help_text=_("Numbers with commas, for instance 30, 14, 3. Empty: no mail before."),
    )
    ladder_after = Rungs(
        1,
        label=_("Remind so many days after"),
        help_text=_("For instance 1, 14. Empty: no mail to the person after the last day."),
    )
    manager_after_days = Number(
        1,
        MOST_LADDER_DAYS,
        required=False,
        label=_("Tell the manager after so many days"),
        help_text=_("Counted from the last day to finish. Empty: never."),
    )
    focal_person_after_days = Number(
        1,
        MOST_LADDER_DAYS,
        required=False,
        label=_("Tell the focal person after so many days"),
        help_text=_("Counted from the last day to finish. Empty: never."),
    )
    starts_on = Day(
        label=_("Holds from"),
        help_text=_("Today or later. What was certified before keeps its dates."),
        error_messages={"required": _("Choose a day.")},
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        today: date,
        draft: TermsDraft | None = None,
        is_new: bool = False,
        **options: Any,
    ) -> None:
        initial = initial_of(draft or TermsDraft()) | {"starts_on": today}
        super().__init__(data, initial=initial, **options)
        self.today = today
        if is_new:
            del self.fields["starts_on"]
        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            (str(basis), basis_choice(basis, self._typed(basis), today)) for basis in Basis
        ]

    def _typed(self, basis: Basis) -> Policy:
        """The numbers in the form, for the examples; those of before where they make no sense."""
        given: dict[str, Any] = {}
        for name in NUMBERS:
            try:
                given[name] = self.fields[name].clean(self[name].value())
            except ValidationError:
                given[name] = self.initial[name]
        given["window_months"] = min(given["window_months"], given["active_months"])
        return Policy(basis=basis, **given)

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        try:
            check_start(day, today=self.today)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        window, active = given.get("window_months"), given.get("active_months")
        if window is not None and active is not None and window >= active:
            told = gettext("This must be shorter than what is valid: at most %(months)d.")
            self.add_error("window_months", told % {"months": active - 1})
        manager, focal = given.get("manager_after_days"), given.get("focal_person_after_days")
        if manager is not None and focal is not None and focal < manager:
            told = gettext("The focal person hears of it later than the manager.")
            self.add_error("focal_person_after_days", told)
        return given

    @property
    def draft(self) -> TermsDraft:
        """Of a valid form."""
        given = self.cleaned_data
        before = sorted(-day for day in given["ladder_before"])
        return TermsDraft(
            policy=Policy(basis=Basis(given["basis"]), **{name: given[name] for name in NUMBERS}),
            ladder=(*before, *given["ladder_after"]),
            manager_after_days=given["manager_after_days"],
            focal_person_after_days=given["focal_person_after_days"],
            starts_on=given.get("starts_on"),
        )

    def main(self) -> list[BoundField]:
        return [self[name] for name in ("active_months", "window_months")]

    def more(self) -> list[BoundField]:
        names = ("minimum_months", "grace_days", "evidence_max_age_days", "leave_return_days")
        return [self[name] for name in names]

    def mails(self) -> list[BoundField]:
        names = ("ladder_before", "ladder_after", "manager_after_days", "focal_person_after_days")
        return [self[name] for name in names]


def initial_of(draft: TermsDraft) -> dict[str, Any]:
    """What stands in the fields for the numbers of a draft."""
    numbers = draft.numbers
    before = [str(-day) for day in sorted(draft.ladder) if day <= 0]
    after = [str(day) for day in sorted(draft.ladder) if day > 0]
    del numbers["ladder"]
    return numbers | {"ladder_before": ", ".join(before), "ladder_after": ", ".join(after)}
