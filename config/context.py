"""What the frame around every page needs."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from config.demo import accounts
from config.places import places_of
from organisations.models import DemoSite


@lru_cache(maxsize=1)
def _marked_as_demo() -> bool:
    """Whether this database is the demo; asked once per process while it is not disproved."""
    return DemoSite.objects.exists()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Places in the navigation, the demo mark and the version."""
    access = getattr(request, "access", None)
    return {
        "places": places_of(access, request.path) if access is not None else [],
        "is_demo": _marked_as_demo(),
        "demo_accounts": accounts.listed,  # asked on the sign-in page alone
        "mfa_required": settings.MFA_REQUIRED,
        "site_version": settings.VERSION,
    }
