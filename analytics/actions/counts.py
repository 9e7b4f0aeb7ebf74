"""Writing down the counts of a month. Rows are only added."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone

from analytics.errors import (
    CannotBeTakenBack,
    CountsContradict,
    MonthCannotBeKept,
    MonthChangedMeanwhile,
    NothingFilledIn,
    NotSure,
    ReasonNeeded,
)
from analytics.models import CorrectionReason, MonthlyCount
from analytics.rules.counts import Cell, Status, doubts_about, faults_between
from analytics.rules.indicators import DEFINITION_VERSION, Indicator
from analytics.rules.months import MonthRefused, month_of
from analytics.selectors.counts import counts_of_month
from learning.rules.calendar import add_months
from organisations.models import Organisation, User
from organisations.trail import record


@dataclass(frozen=True)
class SavedMonth:
    """What a save did; `changed` is empty when the same was saved before."""

    changed: tuple[Indicator, ...]


def basis_of(current: Mapping[Indicator, MonthlyCount]) -> str:
    """A mark of what stands now. A form carries it: nobody overwrites what they never saw."""
    rows = ",".join(f"{indicator}:{row.pk}" for indicator, row in sorted(current.items()))
    return sha256(rows.encode()).hexdigest()[:16]


def save_month(
    *,
    organisation: Organisation,
    month: date,
    cells: Mapping[Indicator, Cell],
    basis: str,
    by: User,
    at: datetime,
    reason: str = "",
    confirmed: Collection[str] = (),
) -> SavedMonth:
    """Add what is new or changed in a month. The caller has checked that `by` keeps these counts.

    All or nothing. Saving what stands already adds nothing, also from an old form. `reason` goes
    with every number that was known before; `confirmed` holds the codes of the doubts that the
    person has confirmed. Raises one of `analytics.errors`.
    """
    _check_month(month, at)
    if not cells:
        raise NothingFilledIn
    try:
        with transaction.atomic():
            # One save at a time per organisation, so that what is checked is what is replaced.
            Organisation.objects.select_for_update().get(pk=organisation.pk)
            current = counts_of_month(organisation.pk, month)
            changed = tuple(i for i in Indicator if _is_new(current.get(i), cells.get(i)))
            if changed or set(current) - set(cells):
                if basis != basis_of(current):
                    raise MonthChangedMeanwhile(current)
                _check_numbers(organisation, month, cells, current, set(confirmed))
            rows = [_row(i, cells[i], current.get(i), reason) for i in changed]
            for row in rows:
                row.organisation, row.month, row.recorded_by, row.recorded_at = (
                    organisation,
                    month,
                    by,
                    at,
                )
            MonthlyCount.objects.bulk_create(rows)
            _put_on_record(rows, organisation, month, by, at)
    except IntegrityError:
        raise MonthChangedMeanwhile(counts_of_month(organisation.pk, month)) from None
    return SavedMonth(changed)


def _check_month(month: date, at: datetime) -> None:
    try:
        first = month_of(year=month.year, month=month.month, today=timezone.localdate(at))
    except MonthRefused:
        raise MonthCannotBeKept from None
    if first != month:
        raise MonthCannotBeKept


def _is_new(row: MonthlyCount | None, cell: Cell | None) -> bool:
    return cell is not None and (row is None or row.cell != cell)


def _row(
    indicator: Indicator, cell: Cell, former: MonthlyCount | None, reason: str
) -> MonthlyCount:
    return MonthlyCount(
        indicator=indicator.value,
        status=cell.status.value,
        value=cell.value,
        definition_version=DEFINITION_VERSION[indicator],
        reason=_reason_for(former, reason),
        supersedes=former,
    )


def _put_on_record(
    rows: list[MonthlyCount], organisation: Organisation, month: date, by: User, at: datetime
) -> None:
    if rows:
        record(
            "counts.saved",
            by=by,
            at=at,
            organisation=organisation,
            month=f"{month:%Y-%m}",
            indicators=[row.indicator for row in rows],
            corrections=[row.indicator for row in rows if row.supersedes_id],
        )


def _check_numbers(
    organisation: Organisation,
    month: date,
    cells: Mapping[Indicator, Cell],
    current: Mapping[Indicator, MonthlyCount],
    confirmed: set[str],
) -> None:
    blanked = tuple(i for i in Indicator if i in current and i not in cells)
    if blanked:
        raise CannotBeTakenBack(blanked)
    faults = faults_between(cells)
    if faults:
        raise CountsContradict(faults)
    before = counts_of_month(organisation.pk, add_months(month, -1))
    doubts = doubts_about(cells, month_before={i: row.cell for i, row in before.items()})
    if {doubt.code for doubt in doubts} - confirmed:
        raise NotSure(doubts)


def _reason_for(row: MonthlyCount | None, reason: str) -> str:
    """None for a first number; what was not yet known needs no reason of the person's."""
    if row is None:
        return ""
    if row.status == Status.NOT_YET_KNOWN:
        return CorrectionReason.BECAME_KNOWN.value
    if reason not in CorrectionReason.values:
        raise ReasonNeeded
    return reason
