"""Studies: without names, with small cells protected, and a file that can be taken along."""

import csv
import re
from collections.abc import Callable
from datetime import date, datetime
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from analytics.models import Study
from analytics.rules.association import Code
from analytics.rules.counts import Cell, Status
from analytics.rules.indicators import Indicator
from analytics.rules.months import months_between
from organisations.models import AuditEvent, Organisation, User
from tests.factories.analytics import make_count, make_month, make_study
from tests.factories.organisations import (
    make_administrator,
    make_focal_person,
    make_organisation,
    make_researcher,
)

pytestmark = pytest.mark.django_db
MONTHS = months_between(date(2024, 1, 1), date(2025, 12, 1))


@pytest.fixture(autouse=True)
def noon(at_noon: datetime) -> None:
    pass


@pytest.fixture
def user() -> User:
    return make_researcher(language="en")


@pytest.fixture
def page(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def institutions(count: int) -> list[Organisation]:
    """With two years of counts: institution n has n + 1 suspicions more a month in the second."""
    by = make_researcher()
    made = []
    for number in range(count):
        organisation = make_organisation(f"Geheime naam {number}")
        made.append(organisation)
        for month in MONTHS:
            later = month.year == 2025
            suspicions = 2 + (number + 1) * later
            make_month(organisation, month, clients=150, suspicions=suspicions, by=by)
    return made


def study_of(user: User, organisations: list[Organisation], **fields: Any) -> Study:
    fields = {"starts_month": MONTHS[0], "ends_month": MONTHS[-1]} | fields
    return make_study(organisations, user, **fields)


def opened(page: Client, study: Study, name: str = "study", **query: str) -> Any:
    return page.get(reverse(f"analytics:{name}", args=[study.public_id]), query)


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_result_over_eight_institutions(
    page: Client, user: User, covered: Callable[..., None]
) -> None:
    made = institutions(8)
    covered(lambda pk, month: (10 * [o.pk for o in made].index(pk) * (month.year == 2025), 100))
    response = opened(page, study_of(user, made))
    result = response.context["result"]
    assert result.code is Code.OK
    assert result.correlation.rho == pytest.approx(1)
    assert "rose more as well" in response.context["sentence"]
    assert (
        "This is an association; other explanations are possible." in response.context["sentence"]
    )
    assert len(response.context["scatter"]["data"][0]["x"]) == 8
    assert len(response.context["points"]) == 8


def test_below_eight_institutions_it_says_what_would_be_enough(page: Client, user: User) -> None:
    response = opened(page, study_of(user, institutions(3)))
    assert response.context["result"].code is Code.TOO_FEW_INSTITUTIONS
    assert "At least 8 are needed" in response.context["sentence"]
    assert response.context["scatter"] is None


def test_on_a_phone_every_cell_of_an_institution_says_its_column(page: Client, user: User) -> None:
    text = opened(page, study_of(user, institutions(3))).content.decode()
    table = text.split("data-table--stacked")[1].split("</table>")[0]
    assert re.findall(r'data-label="([^"]*)"', table)[:4] == [
        "Months reported",
        "New suspicions (about)",
        "Per 1,000 (95% interval)",
        "Mean training coverage",
    ]
    assert table.count("<td") == table.count("data-label=") == 12


def test_no_name_of_an_institution_or_a_person_is_shown(page: Client, user: User) -> None:
    made = institutions(3)
    keeper = make_focal_person(made[0], first_name="Joke", last_name="Geheim-Persoon")
    make_count(made[0], date(2023, 12, 1), by=keeper)
    study = study_of(user, made)
    for name in ["study", "study_extract", "study_codebook"]:
        text = opened(page, study, name).content.decode()
        assert "Geheim" not in text.replace("geheim", "")
        for organisation in made:
            assert organisation.name not in text
            assert organisation.public_id not in text


def test_codes_differ_between_studies_and_hold_within_one(page: Client, user: User) -> None:
    made = institutions(3)
    first, second = study_of(user, made), study_of(user, made)
    codes = [
        {row.code for row in opened(page, study).context["institutions"]}
        for study in (first, second, first)
    ]
    assert codes[0] == codes[2]
    assert not codes[0] & codes[1]


def test_small_cells_are_protected(page: Client, user: User) -> None:
    made = [make_organisation() for _ in range(3)]
    make_month(made[0], MONTHS[0], clients=500, suspicions=4)
    make_month(made[1], MONTHS[0], clients=99, suspicions=9)
    make_month(made[2], MONTHS[0], clients=512, suspicions=13)
    rows = opened(page, study_of(user, made)).context["institutions"]
    told = sorted((row.events, row.rate_text) for row in rows)
    assert ("<5", "too few to show") in told
    assert ("–", "too little care to show") in told
    # 13 becomes 15 and 512 becomes 500: 30 per 1,000.
    assert any(events == "15" and text.startswith("30.0 (") for events, text in told)


def test_the_pool_shows_nothing_of_a_month_that_two_reported(page: Client, user: User) -> None:
    made = [make_organisation() for _ in range(3)]
    for organisation in made:
        make_month(organisation, MONTHS[0], clients=500, suspicions=10)
    for organisation in made[:2]:
        make_month(organisation, MONTHS[1], clients=500, suspicions=10)
    rows = opened(page, study_of(user, made)).context["rows"]
    assert (rows[0].events, rows[0].reporting) == ("30", "3")
    assert rows[0].rate.estimate == 20
    assert (rows[1].events, rows[1].rate, rows[1].rate_text) == ("–", None, "too few data")


def test_fewer_than_three_institutions_show_nothing(page: Client, user: User) -> None:
    study = study_of(user, institutions(2))
    for name in ["study", "study_extract"]:
        response = opened(page, study, name)
        assert response.status_code == 409
        assert "At least 3 are needed" in response.content.decode()
    assert not AuditEvent.objects.filter(action="study.downloaded").exists()


def test_without_a_key_nothing_is_shown(page: Client, user: User, settings: Any) -> None:
    settings.PSEUDONYM_KEY = ""
    study = study_of(user, institutions(3))
    for name in ["study", "study_extract"]:
        response = opened(page, study, name)
        assert response.status_code == 409
        assert "OPMERKZAAM_PSEUDONYM_KEY" in response.content.decode()


def test_a_study_that_has_not_begun_shows_no_months(page: Client, user: User) -> None:
    study = study_of(
        user, institutions(3), starts_month=date(2026, 2, 1), ends_month=date(2027, 1, 1)
    )
    response = opened(page, study)
    assert response.context["rows"] == []
    assert response.context["result"].code is Code.TOO_FEW_MONTHS
    assert opened(page, study, "study_extract").status_code == 200


def test_the_running_month_is_not_in_it(page: Client, user: User) -> None:
    study = study_of(user, institutions(3), ends_month=date(2026, 12, 1))
    assert opened(page, study).context["rows"][-1].month == date(2025, 12, 1)


def test_the_extract_is_rounded_banded_and_without_zeros_that_tell(
    page: Client, user: User, covered: Callable[..., None]
) -> None:
    covered(lambda _pk, _month: (20, 40))
    made = [make_organisation() for _ in range(3)]
    for organisation, suspicions in zip(made, [0, 2, 13], strict=True):
        make_month(organisation, MONTHS[0], clients=149, suspicions=suspicions)
    make_count(made[0], MONTHS[1], Indicator.SUSPICIONS, Cell(Status.NOT_COUNTED))
    rows = read(opened(page, study_of(user, made), "study_extract").content)
    assert len(rows) == 3 * len(MONTHS) * 3
    first = [r for r in rows if r["month"] == "2024-01" and r["indicator"] == "suspicions"]
    assert sorted(int(r["count"]) for r in first) == [0, 0, 15]
    assert {r["status"] for r in first} == {"reported"}
    assert {(r["exposure_band"], r["coverage_band"]) for r in first} == {("3", "3")}
    second = [r for r in rows if r["month"] == "2024-02" and r["indicator"] == "suspicions"]
    assert sorted((r["status"], r["count"], r["exposure_band"]) for r in second) == [
        ("not_counted", "", "99"),
        ("not_filled_in", "", "99"),
        ("not_filled_in", "", "99"),
    ]


def test_two_downloads_are_the_same_to_the_byte(page: Client, user: User) -> None:
    study = study_of(user, institutions(3))
    first, second = (opened(page, study, "study_extract") for _ in range(2))
    assert first.content == second.content
    assert first.headers["Content-Disposition"].endswith('-gegevens.csv"')
    assert first.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_the_language_of_the_reader_changes_no_byte(page: Client, user: User) -> None:
    study = study_of(user, institutions(3))
    names = ["study_extract", "study_codebook"]
    english = [opened(page, study, name).content for name in names]
    User.objects.filter(pk=user.pk).update(language="nl")
    assert [opened(page, study, name).content for name in names] == english


def test_the_codebook_tells_every_column_in_two_languages(page: Client, user: User) -> None:
    study = study_of(user, institutions(3))
    columns = list(read(opened(page, study, "study_extract").content)[0])
    book = read(opened(page, study, "study_codebook").content)
    assert [row["variable"] for row in book] == columns
    assert all(row["label_nl"] and row["label_en"] for row in book)
    by_name = {row["variable"]: row for row in book}
    assert "suspicions = New suspicions" in by_name["indicator"]["values_en"]
    assert "0 stands for 0 to 2" in by_name["count"]["rounding_en"]


def test_every_download_is_on_record(page: Client, user: User) -> None:
    study = study_of(user, institutions(3))
    opened(page, study, "study_extract")
    opened(page, study, "study_codebook")
    events = AuditEvent.objects.filter(action="study.downloaded", subject_id=study.public_id)
    assert {event.actor for event in events} == {user}
    assert {event.detail["file"].rsplit("-")[-1] for event in events} == {
        "gegevens.csv",
        "codeboek.csv",
    }


def test_others_find_nothing(client: Client, user: User) -> None:
    made = institutions(3)
    study = study_of(user, made)
    for stranger in [make_researcher(), make_administrator(), make_focal_person(made[0])]:
        client.force_login(stranger)
        for name in ["study", "study_extract", "study_codebook"]:
            assert opened(client, study, name).status_code == 404
    assert not AuditEvent.objects.filter(action="study.downloaded").exists()


def test_the_list_shows_own_studies_only(page: Client, user: User) -> None:
    mine = make_study([], user, title="Mijn studie")
    make_study([], make_researcher(), title="Andermans studie")
    make_study([], user, title="Nog niet goedgekeurd", approved_on=None)
    response = page.get(reverse("analytics:studies"))
    assert response.context["studies"] == [mine]


def test_an_empty_list_says_how_to_get_something_there(page: Client) -> None:
    assert "once it is approved" in page.get(reverse("analytics:studies")).content.decode()


def test_the_study_costs_the_same_with_22_institutions(
    page: Client, user: User, django_assert_max_num_queries: Any
) -> None:
    made = institutions(22)
    counted = []
    few, many = study_of(user, made[:3]), study_of(user, made)
    opened(page, few)
    for study in (few, many):
        with django_assert_max_num_queries(18) as queries:
            assert opened(page, study).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_list_costs_the_same_with_22_studies(
    page: Client, user: User, django_assert_max_num_queries: Any
) -> None:
    page.get(reverse("analytics:studies"))
    counted = []
    for number in range(22):
        make_study([], user)
        if number in {1, 21}:
            with django_assert_max_num_queries(10) as queries:
                page.get(reverse("analytics:studies"))
            counted.append(len(queries))
    assert counted[0] == counted[1]
