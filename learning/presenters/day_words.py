"""Days as people write them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import formats


def in_words(day: date) -> str:
    """`3 maart 2026`."""
    return formats.date_format(day, "j F Y")


def days_in(values: Mapping[str, Any]) -> dict[str, str]:
    """Every day among the values in words."""
    return {name: in_words(value) for name, value in values.items() if isinstance(value, date)}
