"""The file that a researcher takes along, and the codebook that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from analytics.catalogue import EVENT_ENTRIES
from analytics.rules.counts import KNOWN
from analytics.rules.disclosure import coverage_band, exposure_band, rounded
from analytics.rules.indicators import EVENTS, EXPOSURE, Indicator
from analytics.rules.panel import Observation, Panel
from analytics.rules.sheets import csv_bytes

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

REPORTED = "reported"
NOT_FILLED_IN = "not_filled_in"
MISSING = 99  # a band that is unknown
HEADER = ("institution", "month", "indicator", "status", "count", "exposure_band", "coverage_band")


def extract_bytes(panel: Panel) -> bytes:
    """One row per institution, month and indicator, in that order. Same data, same bytes."""
    rows = [_row(o, indicator) for o in panel.observations for indicator in EVENTS]
    return csv_bytes(HEADER, rows)


def _row(observation: Observation, indicator: Indicator) -> Sequence[str | int | None]:
    value = observation.value(indicator)
    exposure = exposure_band(observation.value(EXPOSURE))
    coverage = coverage_band(covered=observation.covered, eligible=observation.eligible)
    return (
        observation.institution,
        f"{observation.month:%Y-%m}",
        indicator.value,
        _status(observation, indicator),
        None if value is None else rounded(value),
        MISSING if exposure is None else exposure,
        MISSING if coverage is None else coverage,
    )


def _status(observation: Observation, indicator: Indicator) -> str:
    """Counted and confirmed zero are one: apart they would tell a 0 from a rounded 1 or 2."""
    cell = observation.cells.get(indicator)
    if cell is None:
        return NOT_FILLED_IN
    return REPORTED if cell.status in KNOWN else cell.status.value


@dataclass(frozen=True)
class Variable:
    """One column of the extract, as the codebook tells it."""

    name: str
    label: StrPromise
    kind: str
    values: Sequence[tuple[str, StrPromise]] = ()
    rounding: StrPromise | str = ""
    missing: str = ""


VARIABLES = (
    Variable("institution", _("Institution: a code that holds within this study only"), "text"),
    Variable("month", _("Calendar month, Europe/Amsterdam"), "text YYYY-MM"),
    Variable(
        "indicator",
        _("What was counted"),
        "text",
        [(entry.indicator.value, entry.label) for entry in EVENT_ENTRIES],
    ),
    Variable(
        "status",
        _("What is known about the count"),
        "text",
        [
            (REPORTED, _("counted, or checked to be zero")),
            ("not_counted", _("not counted")),
            ("not_yet_known", _("not yet known")),
            ("not_applicable", _("does not apply")),
            (NOT_FILLED_IN, _("not filled in")),
        ],
    ),
    Variable(
        "count",
        _("Number of events in the month"),
        "integer",
        rounding=_("to the nearest multiple of 5: 0 stands for 0 to 2, 5 for 3 to 7"),
        missing="empty",
    ),
    Variable(
        "exposure_band",
        _("Clients in care in the month"),
        "integer",
        [
            ("0", _("nobody")),
            ("1", _("1 to 49")),
            ("2", _("50 to 99")),
            ("3", _("100 to 199")),
            ("4", _("200 to 399")),
            ("5", _("400 to 799")),
            ("6", _("800 or more")),
        ],
        missing=str(MISSING),
    ),
    Variable(
        "coverage_band",
        _("Share of workers with valid training at the end of the month"),
        "integer",
        [
            ("1", _("below 10%")),
            ("2", _("10% to below 40%")),
            ("3", _("40% to below 70%")),
            ("4", _("70% or more")),
        ],
        missing=f"{MISSING} (unknown, or fewer than 5 workers)",
    ),
)
CODEBOOK_HEADER = (
    "variable",
    "label_nl",
    "label_en",
    "type",
    "values_nl",
    "values_en",
    "rounding_nl",
    "rounding_en",
    "missing",
)


def codebook_bytes() -> bytes:
    """In Dutch and English, whatever the language of the reader."""
    return csv_bytes(CODEBOOK_HEADER, [_codebook_row(variable) for variable in VARIABLES])


def _codebook_row(variable: Variable) -> Sequence[str]:
    label, values, rounding = _words(variable, "nl")
    label_en, values_en, rounding_en = _words(variable, "en")
    return (
        variable.name,
        label,
        label_en,
        variable.kind,
        values,
        values_en,
        rounding,
        rounding_en,
        variable.missing,
    )


def _words(variable: Variable, language: str) -> tuple[str, str, str]:
    with translation.override(language):
        values = " | ".join(f"{code} = {label}" for code, label in variable.values)
        return str(variable.label), values, str(variable.rounding)
