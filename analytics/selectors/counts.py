"""Monthly counts as the pages need them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from analytics.models import MonthlyCount
from analytics.rules.counts import Cell, Status
from analytics.rules.indicators import Indicator

Cells = dict[Indicator, Cell]


def counts_of_month(organisation: int, month: date) -> dict[Indicator, MonthlyCount]:
    """What stands for one month, with who recorded it. One query."""
    rows = MonthlyCount.objects.of([organisation]).filter(month=month).current()
    return {Indicator(row.indicator): row for row in rows.select_related("recorded_by")}


def cells_by_month(
    organisations: Iterable[int], months: Sequence[date]
) -> dict[tuple[int, date], Cells]:
    """What stands for these organisations from the first to the last month. One query."""
    rows = MonthlyCount.objects.of(organisations).within(months).current().order_by()
    found: defaultdict[tuple[int, date], Cells] = defaultdict(dict)
    for organisation, month, indicator, status, value in rows.values_list(
        "organisation_id", "month", "indicator", "status", "value"
    ):
        found[organisation, month][Indicator(indicator)] = Cell(Status(status), value)
    return dict(found)


def history_of_month(organisation: int, month: date) -> list[MonthlyCount]:
    """Every row of one month, newest first, with who recorded it and what it replaced."""
    rows = MonthlyCount.objects.of([organisation]).filter(month=month)
    return list(rows.select_related("recorded_by", "supersedes").order_by("-recorded_at", "-pk"))


def latest_corrections(organisation: int, limit: int = 10) -> list[MonthlyCount]:
    """The newest rows that replaced another, of any month. One query."""
    rows = MonthlyCount.objects.of([organisation]).filter(supersedes__isnull=False)
    newest = rows.select_related("recorded_by", "supersedes").order_by("-recorded_at", "-pk")
    return list(newest[:limit])
