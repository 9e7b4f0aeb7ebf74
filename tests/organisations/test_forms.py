"""What people type, cleaned or refused in words."""

from datetime import date

import pytest
from django.http import QueryDict

from organisations.forms.fields import plain
from organisations.forms.organisations import OrganisationForm
from organisations.forms.people import EndWorkForm, PersonForm, day_after
from organisations.forms.roles import PlatformRoleForm


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  De   Linde ", "De Linde"),
        ("De\u200bLinde", "DeLinde"),
        ("\u202eednil", "ednil"),
        ("De\x00Linde", "DeLinde"),
        ("De\tLinde\nBrug", "De Linde Brug"),
        ("Zoe\u0308", "Zoë"),
        ("\ud800", ""),
        ("😀 Team", "😀 Team"),
    ],
)
def test_a_name_is_one_line_of_what_is_seen(typed: str, kept: str) -> None:
    assert plain(typed) == kept


def organisation(**fields: str) -> OrganisationForm:
    return OrganisationForm({"name": "De Linde", "retention_months": "24"} | fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "\u200b"},
        {"name": "x" * 121},
        {"retention_months": "-1"},
        {"retention_months": "1.5"},
        {"retention_months": "1e9"},
        {"retention_months": "veel"},
        {"works_council_agreed_on": "2026-13-01"},
        {"works_council_agreed_on": "31-02-2026"},
        {"works_council_agreed_on": "\x00"},
    ],
)
def test_organisation_that_cannot_be_is_refused_in_words(fields: dict[str, str]) -> None:
    assert not organisation(**fields).is_valid()


@pytest.mark.parametrize("typed", ["2026-01-31", "31-01-2026", "31/01/2026"])
def test_a_day_is_read_as_the_browser_or_the_person_writes_it(typed: str) -> None:
    form = organisation(works_council_agreed_on=typed)
    assert form.is_valid()
    assert form.cleaned_data["works_council_agreed_on"] == date(2026, 1, 31)


@pytest.mark.parametrize("email", ["", "sam", "sam@", "a b@c.nl", "sam@c.nl\x00", "x" * 300])
def test_address_that_cannot_be_is_refused(email: str) -> None:
    person = {"first_name": "Sam", "last_name": "Smit", "language": "nl"}
    assert not PersonForm(person | {"email": email}).is_valid()


def test_last_working_day_becomes_the_first_day_without_work() -> None:
    form = EndWorkForm({"last_day": "2026-02-28"})
    assert form.is_valid()
    assert form.ends_before(date(2026, 1, 1)) == date(2026, 3, 1)
    mistake = EndWorkForm({"was_mistake": "on"})
    assert mistake.is_valid()
    assert mistake.ends_before(date(2026, 1, 1)) == date(2026, 1, 1)
    assert not EndWorkForm({}).is_valid()
    assert day_after(date.max) == date.max


def test_role_starts_today_or_later() -> None:
    today = date(2026, 3, 10)
    for day, fits in [("2026-03-09", False), ("2026-03-10", True), ("2026-03-11", True)]:
        typed = QueryDict(f"role=editor&starts_on={day}")
        assert PlatformRoleForm(typed, today=today).is_valid() is fits
