"""The promises of the database, each broken once."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from analytics.models import MonthlyCount, Study, StudyResearcher
from analytics.rules.counts import Cell, Status
from analytics.rules.indicators import Indicator
from organisations.access import access_of
from organisations.models.audit import AppendOnlyError
from tests.factories.analytics import make_count, make_study
from tests.factories.organisations import (
    make_administrator,
    make_focal_person,
    make_organisation,
    make_researcher,
    make_user,
)

pytestmark = pytest.mark.django_db
MONTH = date(2025, 10, 1)
DAY = date(2026, 1, 15)


def breaks(name: str, **fields: Any) -> None:
    with pytest.raises(IntegrityError, match=name):
        make_count(make_organisation(), fields.pop("month", MONTH), **fields)


@pytest.mark.parametrize(
    ("status", "value"),
    [
        (Status.COUNTED, None),
        (Status.COUNTED, 0),
        (Status.COUNTED, 1_000_000),
        (Status.CONFIRMED_ZERO, None),
        (Status.CONFIRMED_ZERO, 1),
        (Status.NOT_COUNTED, 0),
        (Status.NOT_YET_KNOWN, 3),
        (Status.NOT_APPLICABLE, 3),
    ],
)
def test_a_value_exactly_when_it_is_known(status: Status, value: int | None) -> None:
    breaks("monthly_count_has_a_value_exactly_when_it_is_known", cell=Cell(status, value))


def test_no_other_status() -> None:
    breaks("monthly_count_has_a_value_exactly_when_it_is_known", status="guessed", value=None)


@pytest.mark.parametrize("month", [date(2025, 10, 2), date(2025, 10, 31), date(1999, 12, 1)])
def test_a_month_is_a_first_day_since_2000(month: date) -> None:
    breaks("counted_month_is_a_first_day_since_2000", month=month)


def test_a_first_count_has_no_reason() -> None:
    breaks("replaced_count_has_a_reason_and_a_first_has_none", reason="recounted")


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_replacement_has_a_reason_of_the_list(reason: str) -> None:
    first = make_count(make_organisation(), MONTH)
    with pytest.raises(IntegrityError, match="replaced_count_has_a_reason"):
        make_count(first.organisation, MONTH, cell=7, supersedes=first, reason=reason)


def test_one_first_count_per_organisation_month_and_indicator() -> None:
    first = make_count(make_organisation(), MONTH)
    with pytest.raises(IntegrityError):
        make_count(first.organisation, MONTH)


def test_two_people_cannot_replace_the_same_number() -> None:
    first = make_count(make_organisation(), MONTH)
    make_count(first.organisation, MONTH, cell=7, supersedes=first)
    with pytest.raises(IntegrityError):
        make_count(first.organisation, MONTH, cell=8, supersedes=first)


def test_a_count_does_not_replace_itself() -> None:
    first = make_count(make_organisation(), MONTH)
    with pytest.raises(IntegrityError):
        MonthlyCount.objects.bulk_create(
            [
                MonthlyCount(
                    pk=first.pk + 1,
                    organisation=first.organisation,
                    month=MONTH,
                    indicator=first.indicator,
                    status=first.status,
                    value=first.value,
                    recorded_at=first.recorded_at,
                    recorded_by=first.recorded_by,
                    reason="recounted",
                    supersedes_id=first.pk + 1,
                )
            ]
        )


def test_rows_are_never_changed_or_deleted() -> None:
    row = make_count(make_organisation(), MONTH)
    for change in (
        row.save,
        row.delete,
        MonthlyCount.objects.all().delete,
        lambda: MonthlyCount.objects.update(value=3),
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_current_is_what_nothing_replaces() -> None:
    first = make_count(make_organisation(), MONTH)
    second = make_count(first.organisation, MONTH, cell=7, supersedes=first)
    other = make_count(first.organisation, MONTH, Indicator.REPORTS)
    assert set(MonthlyCount.objects.current()) == {second, other}


def test_counts_are_visible_to_those_who_oversee_the_organisation() -> None:
    row = make_count(make_organisation(), MONTH)
    focal = make_focal_person(row.organisation)
    stranger = make_focal_person(make_organisation())
    assert list(MonthlyCount.objects.visible_to(access_of(focal, DAY))) == [row]
    assert not MonthlyCount.objects.visible_to(access_of(stranger, DAY)).exists()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("study_begins_and_ends_with_a_first_day", {"starts_month": date(2023, 1, 2)}),
        ("study_begins_and_ends_with_a_first_day", {"ends_month": date(2025, 12, 31)}),
        ("study_ends_after_it_starts", {"ends_month": date(2022, 12, 1)}),
        ("study_has_a_reference_to_an_agreement", {"agreement": ""}),
    ],
)
def test_promises_of_a_study(name: str, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=name):
        make_study([], **fields)


def test_one_open_part_per_researcher_and_study() -> None:
    user = make_researcher()
    study = make_study([], user)
    with pytest.raises(IntegrityError):
        StudyResearcher.objects.create(study=study, user=user, starts_on=DAY)


def test_a_part_ends_after_it_starts() -> None:
    with pytest.raises(IntegrityError, match="part_in_a_study_ends_after_it_starts"):
        StudyResearcher.objects.create(
            study=make_study([]), user=make_user(), starts_on=DAY, ends_before=DAY
        )


def seen_by(user: Any) -> list[Study]:
    return list(Study.objects.visible_to(access_of(user, DAY)))


def test_a_study_is_visible_to_its_researchers_only() -> None:
    user, stranger = make_researcher(), make_researcher()
    study = make_study([], user)
    assert seen_by(user) == [study]
    assert seen_by(stranger) == []
    assert seen_by(make_administrator()) == []


def test_a_study_that_is_not_approved_yet_is_not_visible() -> None:
    user = make_researcher()
    make_study([], user, approved_on=None)
    make_study([], user, approved_on=date(2026, 1, 16))
    assert seen_by(user) == []


def test_a_part_that_has_ended_shows_nothing_more() -> None:
    user = make_researcher()
    study = make_study([])
    StudyResearcher.objects.create(
        study=study, user=user, starts_on=date(2025, 1, 1), ends_before=DAY
    )
    assert seen_by(user) == []


def test_without_the_role_a_part_shows_nothing() -> None:
    user = make_user()
    make_study([], user)
    assert seen_by(user) == []
