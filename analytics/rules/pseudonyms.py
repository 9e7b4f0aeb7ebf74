"""Codes for institutions: stable within a study, unlinkable between studies.

HMAC-SHA256 in two steps: a key per study from the key of the site, and from that a code per
institution. Without the key of the site nobody can go back, or from one study to another.
"""

import hmac
from base64 import b32encode
from hashlib import sha256

LENGTH = 8  # letters and digits: 40 bits


class PseudonymKeyMissingError(Exception):
    """The site has no key to make pseudonyms with."""


def study_key(site_key: str, study: str) -> bytes:
    """The key of one study. Raises PseudonymKeyMissingError."""
    if not site_key.strip():
        raise PseudonymKeyMissingError
    return hmac.new(site_key.encode(), f"study:{study}".encode(), sha256).digest()


def pseudonym(key: bytes, identifier: str) -> str:
    """Eight capitals and digits for one institution within the study of the key."""
    digest = hmac.new(key, f"institution:{identifier}".encode(), sha256).digest()
    return b32encode(digest).decode()[:LENGTH]
