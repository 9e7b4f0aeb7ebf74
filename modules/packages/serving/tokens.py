"""Addresses of H5P files that need no session: signed, and good for some hours.

The frame has an opaque origin, so no cookie goes with what it loads. Its address says by itself
what may be read and until when.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.urls import reverse

PERIOD = 6 * 60 * 60  # seconds that an address stays the same, so that browsers can keep files
FILE = "_"  # stands for any
SALT = "modules.packages.serving"


def expiry_at(at: datetime) -> int:
    """The end of the next whole period: from one to two periods away, and the same for all."""
    return (int(at.timestamp()) // PERIOD + 2) * PERIOD


def folder_of(digest: str, *, at: datetime) -> str:
    """The path under which the files of a version stand, with a slash at its end."""
    expiry = expiry_at(at)
    signature = _signer().signature(_signed(expiry, digest))
    return reverse("h5p:asset", args=[expiry, signature, digest, FILE]).removesuffix(FILE)


def is_good(expiry: int, signature: str, digest: str, *, at: datetime) -> bool:
    if expiry <= at.timestamp():
        return False
    try:
        _signer().unsign(f"{_signed(expiry, digest)}:{signature}")
    except BadSignature:
        return False
    return True


def _signer() -> Signer:
    return Signer(salt=SALT)


def _signed(expiry: int, digest: str) -> str:
    return f"{expiry}/{digest}"
