"""The one place that reads the clock. Everything below takes `today` or `at` as an argument."""

from datetime import date, datetime
from typing import cast

from django.http import HttpRequest
from django.utils import timezone


def now_of(request: HttpRequest) -> datetime:
    """The moment of this request; the same for everything that the request does."""
    if not hasattr(request, "moment"):
        request.moment = timezone.now()  # type: ignore[attr-defined]
    return cast(datetime, request.moment)  # type: ignore[attr-defined]


def today_of(request: HttpRequest) -> date:
    """The calendar day of this request in Europe/Amsterdam."""
    return timezone.localdate(now_of(request))
