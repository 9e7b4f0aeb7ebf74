"""Numbers, months and intervals in the words of the reader's language."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analytics.models import CountStatus
from analytics.rules.counts import Cell, Status
from analytics.rules.rates import Rate

UNKNOWN = "–"


def language() -> str:
    return (get_language() or "nl").split("-")[0]


@lru_cache(maxsize=4096)
def _number(value: float, digits: int, locale: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text: str = format_decimal(value, format=pattern, locale=locale)
    return text.replace("-", "−")


def number(value: float | None, digits: int = 0) -> str:
    """`1.234,5` in Dutch, `1,234.5` in English; a dash when unknown."""
    return UNKNOWN if value is None else _number(round(value, 6), digits, language())


def percent(share: float | None) -> str:
    """Of a share from 0 to 1, in whole percents."""
    return UNKNOWN if share is None else f"{number(share * 100)}%"


@lru_cache(maxsize=2048)
def _month(month: date, pattern: str, locale: str) -> str:
    text: str = format_date(month, pattern, locale=locale)
    return text


def month_name(month: date) -> str:
    """`oktober 2025`."""
    return _month(month, "LLLL y", language())


def short_month(month: date) -> str:
    """`okt 2025`, for an axis."""
    return _month(month, "LLL y", language()).replace(".", "")


def separators() -> str:
    """Decimal and thousands sign, as Plotly takes them."""
    return ",." if language() == "nl" else ".,"


def interval(found: Rate | None) -> str:
    """`9,1 (6,2–12,9)`: the rate per 1,000 client-months with its 95% interval."""
    if found is None:
        return UNKNOWN
    return _("%(estimate)s (%(lower)s to %(upper)s)") % {
        "estimate": number(found.estimate, 1),
        "lower": number(found.lower, 1),
        "upper": number(found.upper, 1),
    }


def cell_text(cell: Cell | None) -> str:
    """A number, or why there is none: never a blank, never a zero that was not checked."""
    if cell is None:
        return _("not filled in")
    if cell.status is Status.COUNTED:
        return number(cell.value)
    if cell.status is Status.CONFIRMED_ZERO:
        return _("0 (checked)")
    return str(CountStatus(cell.status.value).label)
