"""The pages *Counts*: the strip of months, the rows of the form and the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from analytics.catalogue import BY_INDICATOR, ENTRIES, CatalogueEntry
from analytics.formats import cell_text, month_name
from analytics.forms import MonthForm
from analytics.messages import doubt_text
from analytics.models import MonthlyCount
from analytics.rules.counts import Cell
from analytics.rules.indicators import Indicator
from analytics.rules.months import MonthState
from organisations.models import Organisation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

LOOKS: dict[MonthState, tuple[str, str, StrPromise]] = {
    MonthState.COMPLETE: ("complete", "check", pgettext_lazy("how far a month is", "complete")),
    MonthState.INCOMPLETE: ("draft", "clock", pgettext_lazy("how far a month is", "partly")),
    MonthState.MISSING: ("missing", "dash", pgettext_lazy("how far a month is", "empty")),
    MonthState.RUNNING: ("future", "calendar", pgettext_lazy("how far a month is", "this month")),
}


@dataclass(frozen=True)
class StripMonth:
    """One month in the calendar strip."""

    month: date
    url: str
    look: str
    icon: str
    words: StrPromise
    is_current: bool = False


def month_url(organisation: Organisation, month: date) -> str:
    return reverse("analytics:month", args=[organisation.public_id, f"{month:%Y-%m}"])


def strip_by_year(
    organisation: Organisation, states: Sequence[tuple[date, MonthState]]
) -> list[tuple[int, list[StripMonth]]]:
    """Newest year first; within a year from January on."""
    years: defaultdict[int, list[StripMonth]] = defaultdict(list)
    for month, state in states:
        look, icon, words = LOOKS[state]
        url = month_url(organisation, month)
        years[month.year].append(StripMonth(month, url, look, icon, words))
    return sorted(years.items(), reverse=True)


@dataclass(frozen=True)
class FormRow:
    """One indicator of the month form."""

    entry: CatalogueEntry
    value: BoundField
    status: BoundField
    before: str
    meanwhile: MonthlyCount | None
    meanwhile_text: str
    doubts: tuple[tuple[str, str, bool], ...]  # code, question, whether it was confirmed


def form_rows(
    form: MonthForm,
    *,
    before: Mapping[Indicator, Cell],
    meanwhile: Mapping[Indicator, MonthlyCount],
    confirmed: Sequence[str] = (),
) -> list[FormRow]:
    """In the order of the catalogue. `meanwhile` holds what somebody else saved differently."""
    rows = []
    for entry in ENTRIES:
        saved = meanwhile.get(entry.indicator)
        rows.append(
            FormRow(
                entry=entry,
                value=form[f"{entry.indicator}_value"],
                status=form[f"{entry.indicator}_status"],
                before=cell_text(before.get(entry.indicator)),
                meanwhile=saved,
                meanwhile_text=cell_text(saved.cell) if saved else "",
                doubts=tuple(
                    (doubt.code, doubt_text(doubt), doubt.code in confirmed)
                    for doubt in form.doubts
                    if doubt.indicator is entry.indicator
                ),
            )
        )
    return rows


@dataclass(frozen=True)
class HistoryRow:
    """One entry of the history: who wrote down what, and what it replaced."""

    at: datetime
    who: str
    month: str
    url: str
    label: StrPromise
    former: str
    now: str
    reason: str


def history_rows(organisation: Organisation, rows: Sequence[MonthlyCount]) -> list[HistoryRow]:
    return [
        HistoryRow(
            at=row.recorded_at,
            who=str(row.recorded_by),
            month=month_name(row.month),
            url=month_url(organisation, row.month),
            label=BY_INDICATOR[Indicator(row.indicator)].label,
            former=cell_text(row.supersedes.cell) if row.supersedes else "",
            now=cell_text(row.cell),
            reason=row.get_reason_display(),
        )
        for row in rows
    ]
