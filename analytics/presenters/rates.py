"""Rates and coverage by month as rows: for the chart and for the table that says the same."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from analytics.formats import UNKNOWN, cell_text, interval, month_name, number, percent, short_month
from analytics.rules.counts import Cell, Status
from analytics.rules.disclosure import (
    MINIMUM_INSTITUTIONS,
    MINIMUM_STAFF,
    SMALL_CELL,
    ProtectedRate,
    Showing,
    protected,
    protected_pool,
    rounded,
)
from analytics.rules.indicators import EXPOSURE, Indicator
from analytics.rules.panel import (
    Observation,
    Panel,
    mean_coverage,
    pooled_coverage,
    pooled_rate,
)
from analytics.rules.rates import Rate


@dataclass(frozen=True)
class MonthRow:
    """One month. `rate` and `coverage` are None where the chart has a gap."""

    month: date
    label: str
    short: str
    events: str
    exposure: str
    rate: Rate | None
    rate_text: str
    coverage: float | None
    coverage_text: str
    reporting: str = ""  # how many institutions, in a study


def own_rows(panel: Panel, outcome: Indicator) -> list[MonthRow]:
    """For those who keep or oversee the counts of one organisation: as they are."""
    return [_own_row(observation, outcome) for observation in panel.observations]


def _own_row(observation: Observation, outcome: Indicator) -> MonthRow:
    found = pooled_rate([observation], outcome)
    return MonthRow(
        month=observation.month,
        label=month_name(observation.month),
        short=short_month(observation.month),
        events=cell_text(observation.cells.get(outcome)),
        exposure=cell_text(observation.cells.get(EXPOSURE)),
        rate=found,
        rate_text=interval(found) if found else _why_unknown(observation, outcome),
        coverage=observation.coverage,
        coverage_text=percent(observation.coverage),
    )


def _why_unknown(observation: Observation, outcome: Indicator) -> str:
    """The first thing that is missing; the cells themselves stand beside it."""
    clients = observation.cells.get(EXPOSURE)
    if observation.value(outcome) is not None and clients == Cell(Status.CONFIRMED_ZERO, 0):
        return _("nobody in care")
    return _("unknown")


def pooled_rows(panel: Panel, outcome: Indicator) -> list[MonthRow]:
    """For researchers: all institutions together, small cells protected, counts rounded."""
    return [_pooled_row(month, rows, outcome) for month, rows in panel.by_month.items()]


def _pooled_row(month: date, rows: list[Observation], outcome: Indicator) -> MonthRow:
    reporting = sum(row.is_reported(outcome) for row in rows)
    found = pooled_rate(rows, outcome)
    told = protected_pool(found, institutions=reporting)
    staffed = [row for row in rows if row.eligible]
    enough_staff = (
        len(staffed) >= MINIMUM_INSTITUTIONS
        and sum(row.eligible or 0 for row in staffed) >= MINIMUM_STAFF
    )
    coverage = pooled_coverage(rows) if enough_staff else None
    return MonthRow(
        month=month,
        label=month_name(month),
        short=short_month(month),
        events=events_text(found, told),
        exposure=number(rounded(round(found.exposure), 100)) if told.rate and found else UNKNOWN,
        rate=told.rate,
        rate_text=interval(told.rate) if told.rate else reason_hidden(told.showing),
        coverage=coverage,
        coverage_text=percent(coverage),
        reporting=number(reporting),
    )


def events_text(found: Rate | None, told: ProtectedRate) -> str:
    """Rounded to five; one to four are told as such and no nearer."""
    if told.showing is Showing.SMALL:
        return f"<{SMALL_CELL}"
    if found is None or told.rate is None:
        return UNKNOWN
    return number(rounded(found.events))


def reason_hidden(showing: Showing) -> str:
    """Why there is no rate, in a cell of a table."""
    return {
        Showing.SMALL: _("too few to show"),
        Showing.LOW_EXPOSURE: _("too little care to show"),
        Showing.UNKNOWN: _("too few data"),
        Showing.SHOWN: "",
    }[showing]


@dataclass(frozen=True)
class InstitutionRow:
    """One institution of a study over the whole period, under its code."""

    code: str
    months: str
    events: str
    rate_text: str
    coverage_text: str


def institution_rows(panel: Panel, outcome: Indicator) -> list[InstitutionRow]:
    """In the order of the codes, which means nothing: this is no ranking."""
    return [_institution_row(code, rows, outcome) for code, rows in panel.by_institution.items()]


def _institution_row(code: str, rows: list[Observation], outcome: Indicator) -> InstitutionRow:
    found = pooled_rate(rows, outcome)
    told = protected(found)
    staffed = [row for row in rows if (row.eligible or 0) >= MINIMUM_STAFF]
    return InstitutionRow(
        code=code,
        months=number(sum(row.is_reported(outcome) for row in rows)),
        events=events_text(found, told),
        rate_text=interval(told.rate) if told.rate else reason_hidden(told.showing),
        coverage_text=percent(mean_coverage(staffed)),
    )
