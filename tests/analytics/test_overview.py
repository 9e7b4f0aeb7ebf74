"""The institution: own rates, with training coverage under them."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from analytics.rules.counts import Cell, Status
from analytics.rules.indicators import Indicator
from analytics.rules.months import months_between
from organisations.models import Organisation, Role
from tests.analytics.conftest import LAST
from tests.factories.analytics import make_count, make_month
from tests.factories.organisations import (
    make_administrator,
    make_coordinator,
    make_focal_person,
    make_grant,
    make_manager,
    make_organisation,
    make_researcher,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(at_noon: datetime) -> None:
    pass


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation("Het Anker")


def url_of(organisation: Organisation) -> str:
    return reverse("analytics:organisation_overview", args=[organisation.public_id])


def opened(client: Client, organisation: Organisation, **query: str) -> Any:
    client.force_login(make_focal_person(organisation, language="en"))
    return client.get(url_of(organisation), query)


def test_missing_months_are_gaps(client: Client, organisation: Organisation) -> None:
    make_month(organisation, date(2025, 10, 1), clients=200, suspicions=4)
    make_month(organisation, LAST, clients=100, suspicions=0)
    response = opened(client, organisation)
    figure = response.context["figure"]
    band, line, coverage = figure["data"]
    assert line["x"][-3:] == ["2025-10-01", "2025-11-01", "2025-12-01"]
    assert line["y"][-3:] == [20.0, None, 0.0]
    assert line["connectgaps"] is False
    assert band["base"][-2] is None
    assert len(line["y"]) == len(band["y"]) == len(coverage["y"]) == 36


def test_a_number_without_known_clients_is_a_gap_that_says_why(
    client: Client, organisation: Organisation
) -> None:
    make_count(organisation, LAST, Indicator.SUSPICIONS, 3)
    make_count(organisation, LAST, Indicator.CLIENTS, Cell(Status.NOT_COUNTED))
    row = opened(client, organisation).context["rows"][-1]
    assert (row.rate, row.events, row.exposure) == (None, "3", "not counted")
    assert row.rate_text == "unknown"


def test_nobody_in_care_is_no_rate_of_zero(client: Client, organisation: Organisation) -> None:
    make_month(organisation, LAST, clients=0, suspicions=0)
    row = opened(client, organisation).context["rows"][-1]
    assert (row.rate, row.rate_text) == (None, "nobody in care")


def test_the_table_says_what_the_chart_draws(client: Client, organisation: Organisation) -> None:
    make_month(organisation, LAST, clients=2000, suspicions=10)
    response = opened(client, organisation)
    row, line = response.context["rows"][-1], response.context["figure"]["data"][1]
    assert row.rate_text == "5.0 (2.4 to 9.2)"
    assert line["y"][-1] == 5
    assert "5.0 (2.4 to 9.2)" in line["customdata"][-1]
    assert "5.0 (2.4 to 9.2)" in response.content.decode()


def test_without_script_the_table_is_open_and_nothing_can_be_pressed(
    client: Client, organisation: Organisation
) -> None:
    """js/chart.js closes the table and shows the buttons once it has drawn."""
    assert "data-table-twin" not in opened(client, organisation).content.decode()
    make_month(organisation, LAST, clients=2000, suspicions=10)
    text = opened(client, organisation).content.decode()
    assert re.search(r'<details class="disclosure"\s+open data-table-twin="rates">', text)
    # Hidden by itself: a class with a display of its own would show it all the same.
    assert '<div data-chart-tools="rates" hidden>' in text
    assert "The table below says the same." in text


def test_another_number_can_be_shown(client: Client, organisation: Organisation) -> None:
    make_month(organisation, LAST, clients=1000, suspicions=9, reports=4)
    response = opened(client, organisation, indicator="reports")
    assert response.context["rows"][-1].rate.events == 4
    response = client.get(url_of(organisation), {"indicator": "clients"})
    assert response.context["indicator"].indicator is Indicator.SUSPICIONS


def test_the_summary_counts_the_last_twelve_months(
    client: Client, organisation: Organisation, covered: Callable[..., None]
) -> None:
    covered(lambda _organisation, month: (30 if month.year == 2025 else 0, 40))
    for month in months_between(date(2024, 1, 1), LAST):
        make_month(organisation, month, clients=100, suspicions=2 if month.year == 2025 else 1)
    text = " ".join(opened(client, organisation).context["summary"])
    assert "In the last 12 months: 24 new suspicions over 1,200 client-months" in text
    assert "20.0 per 1,000" in text
    assert "In the 12 months before that: 12 new suspicions" in text
    assert "75% of the workers had valid training; a year before it was 0%" in text
    assert "12 of the 36 months have no number" in text


@pytest.mark.parametrize(
    ("language", "one", "eleven"),
    [
        ("en", "(1 of the 12 months is known)", "(11 of the 12 months are known)"),
        ("nl", "(1 van de 12 maanden bekend)", "(11 van de 12 maanden bekend)"),
    ],
)
def test_the_summary_says_over_how_many_months_it_counts(
    client: Client, organisation: Organisation, language: str, one: str, eleven: str
) -> None:
    make_month(organisation, date(2024, 3, 1), clients=100, suspicions=1)
    for month in months_between(date(2025, 2, 1), LAST):
        make_month(organisation, month, clients=100 if month.month > 2 else 0, suspicions=0)
    client.force_login(make_focal_person(organisation, language=language))
    last, before = client.get(url_of(organisation)).context["summary"][:2]
    assert eleven in last  # February, with nobody in care, is known as well
    assert one in before
    make_month(organisation, date(2025, 1, 1), clients=100, suspicions=0)
    last, before = client.get(url_of(organisation)).context["summary"][:2]
    assert "of the 12 months" not in last
    assert "van de 12 maanden" not in last


def test_an_empty_institution_says_what_will_be_here(
    client: Client, organisation: Organisation
) -> None:
    text = opened(client, organisation).content.decode()
    assert "There is nothing to draw yet" in text
    assert "A low number does not mean few victims." in text


def test_coverage_comes_from_the_training_of_the_workers(
    client: Client, organisation: Organisation
) -> None:
    team = make_team(organisation)
    make_worker(team)
    make_worker(team)
    row = opened(client, organisation).context["rows"][-1]
    assert row.coverage == 0


def test_in_dutch_with_dutch_signs(client: Client, organisation: Organisation) -> None:
    make_month(organisation, LAST, clients=2000, suspicions=10)
    client.force_login(make_focal_person(organisation))
    context = client.get(url_of(organisation)).context
    assert context["figure"]["layout"]["separators"] == ",."
    assert context["rows"][-1].label == "december 2025"
    assert context["rows"][-1].rate_text.startswith("5,0 (2,4")


def test_a_chart_relaxes_nothing(client: Client, organisation: Organisation) -> None:
    policy = opened(client, organisation).headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert "style-src-attr" not in directives
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"


def test_who_oversees_the_whole_sees_it_and_nobody_else(
    client: Client, organisation: Organisation
) -> None:
    whole = make_grant(Role.MANAGER, make_user(), organisation=organisation).user
    for user in [make_coordinator(organisation), make_focal_person(organisation), whole]:
        client.force_login(user)
        assert client.get(url_of(organisation)).status_code == 200
    strangers = [
        make_manager(make_team(organisation)),
        make_worker(make_team(organisation)),
        make_focal_person(make_organisation()),
        make_researcher(),
        make_administrator(),
    ]
    for user in strangers:
        client.force_login(user)
        assert client.get(url_of(organisation)).status_code == 404


def test_one_organisation_is_opened_at_once_and_several_are_offered(
    client: Client, organisation: Organisation
) -> None:
    user = make_coordinator(organisation)
    client.force_login(user)
    first = client.get(reverse("analytics:overview"))
    assert first.headers["Location"] == url_of(organisation)
    make_grant(Role.FOCAL_PERSON, user, organisation=make_organisation("De Brug"))
    text = client.get(reverse("analytics:overview")).content.decode()
    assert "De Brug" in text


def test_costs_the_same_with_more_months(
    client: Client, organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    opened(client, organisation)
    counted = []
    for number in range(22):
        make_month(organisation, date(2023 + number // 12, number % 12 + 1, 1))
        if number in {1, 21}:
            with django_assert_max_num_queries(16) as queries:
                client.get(url_of(organisation))
            counted.append(len(queries))
    assert counted[0] == counted[1]
