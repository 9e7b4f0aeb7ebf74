from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from organisations.forms.fields import Day, PlainText
from organisations.models import ContactKind
from organisations.rules.contacts import A_YEAR, ContactFacts, dialled, may_be_reviewed_by

LONGEST_ADDRESS = 200
OFTEN_A_PERSON = {ContactKind.FOCAL_PERSON}


class ContactForm(forms.Form):
    """Whom to turn to for one thing, and who stands for its being right."""

    name = PlainText(
        label=_("Name"),
        max_length=120,
        help_text=_("Of the desk or the function. Of a colleague only who wants to be called."),
    )
    phone = PlainText(
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)
    web_address = PlainText(
        label=_("Web address"),
        max_length=LONGEST_ADDRESS,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    reachable = PlainText(
        label=_("When to reach"),
        max_length=120,
        required=False,
        help_text=_("For example: on working days from 9 to 5. Never anything about a client."),
    )
    owner = PlainText(
        label=_("Who keeps this"),
        max_length=120,
        help_text=_("A function or a name: who hears it when this is no longer right?"),
    )
    review_by = Day(
        label=_("Right until"),
        help_text=_("The day by which somebody looks at it again, at most two years from now."),
    )
    is_public = forms.BooleanField(
        label=_("Show without signing in too"),
        required=False,
        help_text=_("Only if your organisation has opened the decision tree for everybody."),
    )

    def __init__(
        self, data: QueryDict | None, *, kind: ContactKind, today: date, facts: ContactFacts | None
    ) -> None:
        super().__init__(data, initial=_initial(kind, today, facts))
        self.today = today

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not dialled(phone):
            raise forms.ValidationError(
                _("This is not a telephone number. Use digits only, for example 088-000 00 00.")
            )
        return phone

    def clean_web_address(self) -> str:
        """People leave the beginning out; a page without a lock is refused."""
        typed: str = self.cleaned_data["web_address"]
        if not typed:
            return ""
        address = typed if "://" in typed else f"https://{typed}"
        as_web = forms.URLField(
            max_length=LONGEST_ADDRESS,
            error_messages={"invalid": _("This is not a web address.")},
            assume_scheme="https",
        )
        cleaned: str = as_web.clean(address)
        if not cleaned.startswith("https://"):
            raise forms.ValidationError(
                _("This page is not secure. Use an address that begins with https://.")
            )
        return cleaned

    def clean_review_by(self) -> date:
        day: date = self.cleaned_data["review_by"]
        if not may_be_reviewed_by(day, today=self.today):
            raise forms.ValidationError(
                _("Choose a day from today on, at most two years from now.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        ways = {"phone", "email", "web_address"}
        if ways <= set(given) and not any(given[way] for way in ways):
            self.add_error(
                "phone", _("Fill in a telephone number, an e-mail address or a web address.")
            )
        return given

    @property
    def facts(self) -> ContactFacts:
        """What a valid form holds."""
        return ContactFacts(**self.cleaned_data)


def _initial(kind: ContactKind, today: date, facts: ContactFacts | None) -> dict[str, Any]:
    """What stands; for a first time a year from now, and public unless it is often a person."""
    if facts is None or not facts.name:
        return {"review_by": today + A_YEAR, "is_public": kind not in OFTEN_A_PERSON}
    return asdict(facts)
