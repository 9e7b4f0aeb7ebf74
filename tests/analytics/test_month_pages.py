"""The pages *Counts*: what is in, what is not, and one month."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from analytics.models import MonthlyCount
from analytics.rules.indicators import Indicator
from analytics.selectors.counts import counts_of_month
from organisations.models import Organisation, Role, User
from tests.factories.analytics import make_count, make_month
from tests.factories.organisations import (
    make_coordinator,
    make_focal_person,
    make_grant,
    make_organisation,
    make_researcher,
)

pytestmark = pytest.mark.django_db
MONTH = date(2025, 12, 1)
ENGLISH = {"language": "en"}
TYPED = {
    "clients_value": "100",
    "clients_status": "counted",
    "suspicions_value": "3",
    "suspicions_status": "counted",
    "reports_value": "1",
    "reports_status": "counted",
    "registrations_value": "",
    "registrations_status": "confirmed_zero",
}


@pytest.fixture(autouse=True)
def noon(at_noon: datetime) -> None:
    pass


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation("Het Anker")


@pytest.fixture
def user(organisation: Organisation) -> User:
    return make_focal_person(organisation, **ENGLISH)


@pytest.fixture
def page(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def url_of(organisation: Organisation, month: str = "2025-12") -> str:
    return reverse("analytics:month", args=[organisation.public_id, month])


def basis(client: Client, url: str) -> str:
    return str(client.get(url).context["basis"])


def post(client: Client, url: str, **typed: Any) -> Any:
    return client.post(url, {"basis": basis(client, url), **TYPED, **typed})


def test_one_organisation_is_opened_at_once(page: Client, organisation: Organisation) -> None:
    response = page.get(reverse("analytics:months"))
    assert response.headers["Location"] == reverse(
        "analytics:organisation", args=[organisation.public_id]
    )


def test_with_several_organisations_one_chooses(page: Client, user: User) -> None:
    other = make_organisation("De Brug")
    make_grant(Role.FOCAL_PERSON, user, organisation=other)
    text = page.get(reverse("analytics:months")).content.decode()
    assert "Het Anker" in text
    assert "De Brug" in text


def test_the_strip_says_what_is_in_and_what_comes_first(
    page: Client, organisation: Organisation
) -> None:
    make_month(organisation, date(2025, 12, 1))
    make_count(organisation, date(2025, 11, 1))
    response = page.get(reverse("analytics:organisation", args=[organisation.public_id]))
    strip = {m.month: m.look for _, months in response.context["years"] for m in months}
    assert len(strip) == 37
    assert strip[date(2026, 1, 1)] == "future"
    assert strip[date(2025, 12, 1)] == "complete"
    assert strip[date(2025, 11, 1)] == "draft"
    assert strip[date(2025, 10, 1)] == "missing"
    assert response.context["next_month"] == date(2025, 11, 1)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2025-13", "not a month"),
        ("2026-02", "still to come"),
        ("1999-12", "January 2000"),
        ("december", "not a month"),
        ("٢٠٢٥-١٢", "not a month"),
        ("2025-12\x00", "Null characters"),
    ],
)
def test_another_month_is_refused_beside_the_field(
    page: Client, organisation: Organisation, typed: str, message: str
) -> None:
    url = reverse("analytics:organisation", args=[organisation.public_id])
    response = page.get(url, {"month": typed})
    assert message in response.content.decode()
    assert response.context["other"].has_error("month")


def test_another_month_opens(page: Client, organisation: Organisation) -> None:
    url = reverse("analytics:organisation", args=[organisation.public_id])
    response = page.get(url, {"month": "2019-03"})
    assert response.headers["Location"] == url_of(organisation, "2019-03")


@pytest.mark.parametrize("month", ["2025-13", "2025-00", "2026-02", "1999-12", "9999-12"])
def test_a_month_that_cannot_be_answers_404_with_a_reason(
    page: Client, organisation: Organisation, month: str
) -> None:
    response = page.get(url_of(organisation, month))
    assert response.status_code == 404
    assert response.context["message"]


def test_a_month_is_saved_and_says_when(page: Client, organisation: Organisation) -> None:
    response = post(page, url_of(organisation))
    assert response.status_code == 302
    text = page.get(response.headers["Location"]).content.decode()
    assert "Saved at 12:00" in text
    assert len(counts_of_month(organisation.pk, MONTH)) == 4


def test_a_double_submit_adds_nothing(page: Client, organisation: Organisation) -> None:
    url = url_of(organisation)
    once = {"basis": basis(page, url), **TYPED}
    assert [page.post(url, once).status_code for _ in range(3)] == [302, 302, 302]
    assert MonthlyCount.objects.count() == 4


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("suspicions_value", "-1", "cannot be negative"),
        ("suspicions_value", "drie", "not a number"),
        ("suspicions_value", "1.5", "whole number"),
        ("suspicions_value", "1e9", "not a number"),
        ("suspicions_value", "1.000", "without points"),
        ("suspicions_value", "١٢", "digits 0 to 9"),
        ("suspicions_value", "3\x00", "not a number"),
        ("suspicions_value", "9" * 7, "too large"),
        ("suspicions_value", "x" * 500_000, "too long"),
        ("suspicions_value", "", "An empty field is not a zero"),
        ("suspicions_value", "0", "Are there really none?"),
        ("suspicions_value", "101", "more than the number of clients"),
        ("suspicions_status", "not_counted", "there is no number"),
        ("suspicions_status", "guessed", "Choose one of the statuses"),
        ("suspicions_status", "\x00", "Choose one of the statuses"),
    ],
)
def test_refused_beside_the_field_and_nothing_half_saved(
    page: Client, organisation: Organisation, field: str, typed: str, message: str
) -> None:
    response = post(page, url_of(organisation), **{field: typed})
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert set(errors) <= {"suspicions_value", "suspicions_status"}
    assert message in response.content.decode()
    assert not MonthlyCount.objects.exists()
    assert response.context["form"]["clients_value"].value() == "100"
    assert len(response.content) < 100_000


def test_a_paste_of_ten_megabytes_is_refused(page: Client, organisation: Organisation) -> None:
    url = url_of(organisation)
    response = page.post(url, {**TYPED, "suspicions_value": "9" * 10_000_000})
    assert response.status_code == 400
    assert not MonthlyCount.objects.exists()


def test_a_long_paste_is_cut_by_the_browser_and_then_still_refused(
    page: Client, organisation: Organisation
) -> None:
    url = url_of(organisation)
    field = page.get(url).context["form"]["suspicions_value"]
    attributes = field.field.widget.attrs
    assert "autocomplete" not in attributes  # "off" would leave the fields blank after Back
    cut = f"12{' ' * 100}34"[: int(attributes["maxlength"])]
    assert cut.strip() == "12"
    response = post(page, url, suspicions_value=cut)
    assert "suspicions_value" in response.context["form"].errors
    assert not MonthlyCount.objects.exists()


def test_nothing_filled_in_is_told(page: Client, organisation: Organisation) -> None:
    response = page.post(url_of(organisation), {"basis": ""})
    assert "Nothing was filled in" in response.content.decode()


def test_an_unusual_number_asks_and_keeps_what_was_typed(
    page: Client, organisation: Organisation
) -> None:
    unusual = {"registrations_value": "2", "registrations_status": "counted"}
    response = post(page, url_of(organisation), **unusual)
    assert response.context["form"]["registrations_value"].value() == "2"
    codes = [code for row in response.context["rows"] for code, _q, _c in row.doubts]
    assert not MonthlyCount.objects.exists()
    assert post(page, url_of(organisation), **unusual, confirmed=codes).status_code == 302
    assert MonthlyCount.objects.count() == 4


def test_a_correction_needs_a_reason_and_keeps_the_old_number(
    page: Client, organisation: Organisation, user: User
) -> None:
    url = url_of(organisation)
    post(page, url)
    refused = post(page, url, suspicions_value="4")
    assert "Say why" in str(refused.context["form"].errors["reason"])
    assert post(page, url, suspicions_value="4", reason="recounted").status_code == 302
    newest = page.get(url).context["history"][0]
    assert (newest.former, newest.now, newest.who) == ("3", "4", str(user))
    strip = page.get(reverse("analytics:organisation", args=[organisation.public_id]))
    assert [row.now for row in strip.context["corrections"]] == ["4"]


def test_on_a_phone_every_cell_of_a_correction_says_its_column(
    page: Client, organisation: Organisation
) -> None:
    first = make_count(organisation, MONTH, Indicator.SUSPICIONS, 3)
    make_count(organisation, MONTH, Indicator.SUSPICIONS, 4, supersedes=first)
    months = reverse("analytics:organisation", args=[organisation.public_id])
    for url, columns in [(months, 7), (url_of(organisation), 6)]:
        table = page.get(url).content.decode().split("data-table--stacked")[1]
        row = table.split("<tbody>")[1].split("</tr>")[0]
        assert row.count("<td") == row.count("data-label=") == columns


def test_the_second_of_two_people_is_told_and_keeps_what_they_typed(
    page: Client, organisation: Organisation
) -> None:
    url = url_of(organisation)
    opened = basis(page, url)
    colleague = Client()
    colleague.force_login(make_focal_person(organisation, first_name="Bo", last_name="Smit"))
    colleague.post(url, {"basis": opened, **TYPED, "suspicions_value": "7"})
    response = page.post(url, {"basis": opened, **TYPED, "suspicions_value": "2"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "Bo Smit" in text
    assert "<strong>7</strong>" in text
    assert response.context["form"]["suspicions_value"].value() == "2"
    assert counts_of_month(organisation.pk, MONTH)[Indicator.SUSPICIONS].value == 7
    again = {"basis": response.context["basis"], "reason": "recounted"}
    assert page.post(url, {**TYPED, "suspicions_value": "2", **again}).status_code == 302
    assert counts_of_month(organisation.pk, MONTH)[Indicator.SUSPICIONS].value == 2


def test_what_the_second_left_blank_is_filled_with_what_was_saved(
    page: Client, organisation: Organisation
) -> None:
    url = url_of(organisation)
    opened = basis(page, url)
    colleague = Client()
    colleague.force_login(make_focal_person(organisation))
    colleague.post(url, {"basis": opened, **TYPED})
    response = page.post(url, {"basis": opened, "clients_value": "90", "clients_status": ""})
    assert response.status_code == 409
    form = response.context["form"]
    assert (form["clients_value"].value(), form["suspicions_value"].value()) == ("90", "3")
    assert form["registrations_status"].value() == "confirmed_zero"
    told = [row.entry.indicator for row in response.context["rows"] if row.meanwhile]
    assert told == [Indicator.CLIENTS]


def test_a_form_that_waited_for_signing_in_comes_back(
    client: Client, organisation: Organisation, user: User
) -> None:
    url = url_of(organisation)
    assert client.post(url, {"basis": "x", **TYPED, "suspicions_value": "9"}).status_code == 302
    kept = client.session["kept_form"]
    client.force_login(user)
    session = client.session
    session["kept_form"] = kept
    session.save()
    response = client.get(url)
    assert response.context["was_kept"]
    assert response.context["form"]["suspicions_value"].value() == "9"
    assert not MonthlyCount.objects.exists()


def test_another_organisation_is_as_if_it_were_not_there(page: Client) -> None:
    other = make_organisation()
    make_month(other, MONTH)
    for url in [
        url_of(other),
        reverse("analytics:organisation", args=[other.public_id]),
        reverse("analytics:organisation_overview", args=[other.public_id]),
        url_of(other).replace(other.public_id, "nothing-here"),
        url_of(other).replace(other.public_id, "1" + "0" * 30),
    ]:
        assert page.get(url).status_code == 404
    assert page.post(url_of(other), TYPED).status_code == 404
    assert MonthlyCount.objects.count() == 4


@pytest.mark.parametrize("make", [make_coordinator, lambda _organisation: make_researcher()])
def test_only_who_keeps_counts_may_open_a_month(
    client: Client, organisation: Organisation, make: Any
) -> None:
    client.force_login(make(organisation))
    assert client.get(url_of(organisation)).status_code == 404
    assert client.get(reverse("analytics:months")).status_code == 404


def test_the_strip_costs_the_same_with_more_months(
    page: Client, organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    url = reverse("analytics:organisation", args=[organisation.public_id])
    page.get(url)  # the first page of a session writes to it
    counted = []
    for number in range(22):
        make_month(organisation, date(2023 + number // 12, number % 12 + 1, 1))
        if number in {1, 21}:
            with django_assert_max_num_queries(12) as queries:
                page.get(url)
            counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_month_costs_the_same_with_more_history(
    page: Client, organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    url = url_of(organisation)
    row = make_count(organisation, MONTH, cell=100)
    page.get(url)  # the first page of a session writes to it
    counted = []
    for number in range(22):
        row = make_count(organisation, MONTH, cell=101 + number, supersedes=row)
        if number in {1, 21}:
            with django_assert_max_num_queries(12) as queries:
                page.get(url)
            counted.append(len(queries))
    assert counted[0] == counted[1]
