"""How much an H5P file may hold on this site."""

from dataclasses import fields, replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from modules.rules.h5p.caps import Caps

NUMBERS = {field.name for field in fields(Caps)} - {"core_api"}


def caps() -> Caps:
    """Those of modules/rules/h5p/caps.py, and what `H5P_CAPS` changes in them."""
    changes: dict[str, Any] = settings.H5P_CAPS
    for name, value in changes.items():
        if name not in NUMBERS:
            known = ", ".join(sorted(NUMBERS))
            raise ImproperlyConfigured(f"H5P_CAPS knows no {name!r}; it can set {known}.")
        if not isinstance(value, int) or value < 1:
            raise ImproperlyConfigured(f"H5P_CAPS: {name} must be a number from 1 on.")
    return replace(Caps(), **changes)
