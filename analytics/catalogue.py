"""The indicators in words: the label, what counts, and how a number of them reads in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from analytics.rules.indicators import Indicator

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class CatalogueEntry:
    """One indicator. `meaning` is its definition in one line; `in_a_sentence` has no capital."""

    indicator: Indicator
    label: StrPromise
    in_a_sentence: StrPromise
    meaning: StrPromise


ENTRIES = (
    CatalogueEntry(
        Indicator.CLIENTS,
        _("Clients in care"),
        _("clients in care"),
        _("Young people in care in this month. Count each of them once."),
    ),
    CatalogueEntry(
        Indicator.SUSPICIONS,
        _("New suspicions"),
        _("new suspicions"),
        _("Young people about whom a new suspicion of human trafficking was documented."),
    ),
    CatalogueEntry(
        Indicator.REPORTS,
        _("Reports to Veilig Thuis"),
        _("reports to Veilig Thuis"),
        _("Reports made to Veilig Thuis because of human trafficking. Asking advice is no report."),
    ),
    CatalogueEntry(
        Indicator.REGISTRATIONS,
        _("Registrations at CoMensha"),
        _("registrations at CoMensha"),
        _("Young people whom your organisation registered at CoMensha in this month."),
    ),
)
BY_INDICATOR = {entry.indicator: entry for entry in ENTRIES}
EVENT_ENTRIES = tuple(entry for entry in ENTRIES if entry.indicator is not Indicator.CLIENTS)
