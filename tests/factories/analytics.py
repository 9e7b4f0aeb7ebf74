"""Builders for counts and studies. Every argument is a fact that a test wants to state."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from analytics.models import CorrectionReason, MonthlyCount, Study, StudyResearcher
from analytics.rules.counts import Cell, Status
from analytics.rules.indicators import Indicator
from organisations.models import Organisation, User
from tests.factories.organisations import LONG_AGO, make_organisation, make_user

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
numbers = count(1)


def counted(value: int) -> Cell:
    """A number, or a confirmed zero."""
    return Cell(Status.COUNTED, value) if value else Cell(Status.CONFIRMED_ZERO, 0)


def make_count(
    organisation: Organisation,
    month: date,
    indicator: Indicator = Indicator.CLIENTS,
    cell: Cell | int = 100,
    *,
    by: User | None = None,
    at: datetime = NOON,
    supersedes: MonthlyCount | None = None,
    **fields: Any,
) -> MonthlyCount:
    """One row; a replacement gets the reason that it was counted again."""
    cell = counted(cell) if isinstance(cell, int) else cell
    values = {
        "organisation": organisation,
        "month": month,
        "indicator": indicator.value,
        "status": cell.status.value,
        "value": cell.value,
        "recorded_by": by or make_user(),
        "recorded_at": at,
        "supersedes": supersedes,
        "reason": CorrectionReason.RECOUNTED.value if supersedes else "",
    }
    return MonthlyCount.objects.create(**values | fields)


def make_month(
    organisation: Organisation,
    month: date,
    *,
    clients: int = 100,
    suspicions: int = 2,
    reports: int = 1,
    registrations: int = 1,
    by: User | None = None,
) -> list[MonthlyCount]:
    """A month that is filled in whole."""
    values: Mapping[Indicator, int] = {
        Indicator.CLIENTS: clients,
        Indicator.SUSPICIONS: suspicions,
        Indicator.REPORTS: reports,
        Indicator.REGISTRATIONS: registrations,
    }
    by = by or make_user()
    return [make_count(organisation, month, i, v, by=by) for i, v in values.items()]


def make_study(
    organisations: Iterable[Organisation] | None = None,
    *researchers: User,
    starts_month: date = date(2023, 1, 1),
    ends_month: date = date(2025, 12, 1),
    approved_on: date | None = LONG_AGO,
    **fields: Any,
) -> Study:
    """An approved study over three organisations, or those given, with its researchers."""
    if organisations is None:
        organisations = [make_organisation() for _ in range(3)]
    values = {
        "title": f"Study {next(numbers)}",
        "question": "Do training and signalling go together?",
        "agreement": "DPA 2020-1",
        "created_at": NOON,
        "starts_month": starts_month,
        "ends_month": ends_month,
        "approved_on": approved_on,
    }
    study = Study.objects.create(**values | fields)
    study.organisations.set(organisations)
    for user in researchers:
        StudyResearcher.objects.create(study=study, user=user, starts_on=LONG_AGO)
    return study
