"""What templates draw and write the same way everywhere: icons, numbers, months, moments."""

from datetime import date, datetime
from decimal import Decimal

from babel.numbers import format_decimal
from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

# Drawn on 24 by 24 with a stroke of 2; our own work.
ICONS = {
    "add": "M12 5v14M5 12h14",
    "alert": "M12 3 2.5 20h19L12 3ZM12 10v4.5M12 17.2v.3",
    "back": "M20 12H5M11 6l-6 6 6 6",
    "book": "M4 5c3-1 6-.6 8 1 2-1.6 5-2 8-1v13c-3-1-6-.6-8 1-2-1.6-5-2-8-1V5ZM12 6v13",
    "calendar": "M4 6h16v14H4V6ZM4 10.5h16M8 3.5V8M16 3.5V8",
    "certificate": "M12 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM9 13.2 8 21l4-2 4 2-1-7.8",
    "chat": "M4 5h16v11H10l-5 4v-4H4V5Z",
    "check": "M4.5 12.5l5 5 10-11",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.5l3.5 2",
    "close": "M6 6l12 12M18 6 6 18",
    "counts": "M4 20h16M6 16.5v-5M11 16.5V5M16 16.5V8.5",
    "dash": "M5 12h14",
    "down": "M6 9.5l6 6 6-6",
    "download": "M12 4v11M7 10.5l5 5 5-5M5 20h14",
    "edit": "M4 20l1-4L16 5l3 3L8 19l-4 1ZM13.5 7.5l3 3",
    "exit": "M10 4H4v16h6M9 12h11M16 8l4 4-4 4",
    "external": "M13 5h6v6M19 5l-9 9M10 6H5v13h13v-5",
    "forward": "M4 12h15M13 6l6 6-6 6",
    "growth": "M4 19l5-6 4 3 7-9M15 7h5v5",
    "help": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.5 9.5a2.5 2.5 0 1 1 3.7 2.2"
    "c-.8.5-1.2 1-1.2 2M12 16.8v.3",
    "house": "M4 11l8-7 8 7v9h-5v-6H9v6H4v-9Z",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v6M12 7.2v.3",
    "language": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c3 3 3 15 0 18"
    "M12 3c-3 3-3 15 0 18",
    "leave": "M4 20h16M12 20v-8M4 12a8 8 0 0 1 16 0H4Z",
    "lock": "M5 11h14v9H5v-9ZM8 11V8a4 4 0 0 1 8 0v3M12 14.5v2.5",
    "mail": "M3 6h18v12H3V6ZM3 7l9 7 9-7",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "path": "M6 21V14a3 3 0 0 1 3-3h6a3 3 0 0 0 3-3V3M15 6l3-3 3 3M6 21h0",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.5-4 3.5-6 7.5-6s7 2 7.5 6",
    "phone": "M5 4h4l2 5-2.5 1.5c1 2.5 2.5 4 5 5L15 13l5 2v4c0 1-1 1.5-2 1.5"
    "C10.5 20 4 13.5 3.5 6 3.5 5 4 4 5 4Z",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7v-6Z",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5L21 21",
    "staff": "M8.5 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2 20c.3-4 3-6 6.5-6"
    "S14.7 16 15 20M18.5 8v6M15.5 11h6",
    "study": "M10 3v6L4.5 18.5c-.6 1.2 0 2.5 1.5 2.5h12c1.5 0 2.1-1.3 1.5-2.5L14 9V3"
    "M8.5 3h7M7.5 15h9",
    "support": "M12 20.5C6 16.5 3 13.5 3 9.5 3 6.5 5.2 4.5 7.7 4.5c1.8 0 3.4 1 4.3 2.7"
    ".9-1.7 2.5-2.7 4.3-2.7C18.8 4.5 21 6.5 21 9.5c0 4-3 7-9 11Z",
    "team": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.3-4 3-6 6.5-6s6.2 2 6.5 6"
    "M15.5 4.3a3.5 3.5 0 0 1 0 6.4M17.5 14.3c2.4.7 3.8 2.7 4 5.7",
    "tree": "M9 3h6v5H9V3ZM2.5 16h6v5h-6v-5ZM15.5 16h6v5h-6v-5ZM12 8v4M5.5 16v-4h13v4",
    "undo": "M9 7 4.5 11.5 9 16M5 11.5h9a5 5 0 0 1 0 10h-3",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An inline drawing beside a word. It says nothing by itself: screen readers skip it."""
    return format_html(
        '<svg class="icon icon--{}" viewBox="0 0 24 24" width="24" height="24" fill="none"'
        ' stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        ' aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        name,
        ICONS[name],
    )


@register.filter
def number(value: float | Decimal | None, digits: int = 0) -> str:
    """With the language's own signs: 12.345,6 in Dutch. Nothing known gives an em dash."""
    if value is None or value == "":
        return "–"
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=get_language() or "nl")


@register.filter
def percent(share: float | None, digits: int = 0) -> str:
    """A share in 0..1 as a percentage; nothing known gives an em dash."""
    if share is None:
        return "–"
    return f"{number(share * 100, digits)}%"


@register.filter
def month(value: date | None) -> str:
    """`maart 2026`."""
    return formats.date_format(value, "F Y") if value else "–"


@register.filter
def day(value: date | None) -> str:
    """`3 maart 2026`; a moment is taken to its day in local time."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localdate(value)
    return formats.date_format(value, "j F Y") if value else "–"


@register.filter
def clock(value: datetime) -> str:
    """`14:02`, local time."""
    return timezone.localtime(value).strftime("%H:%M")


@register.filter
def moment(value: datetime | None) -> str:
    """`3 maart 2026 om 14:02`, local time."""
    if value is None:
        return "–"
    return _("%(day)s at %(time)s") % {"day": day(value), "time": clock(value)}


@register.filter(is_safe=True)
def without_colon(label: str) -> str:
    """A label without the colon that Django puts behind it: it stands above its field."""
    return label.removesuffix(":")


@register.filter
def of(value: float, whole: float) -> int:
    """How many hundredths `value` is of `whole`; 0 of nothing. For drawings, not for figures."""
    return round(100 * max(0.0, min(float(value), float(whole))) / float(whole)) if whole else 0


@register.filter
def without_scheme(address: str) -> str:
    """A web address as people write it: `voorbeeld.nl/contact`."""
    return address.removeprefix("https://").removesuffix("/")
