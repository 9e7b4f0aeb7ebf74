"""When a decision was put before somebody, as a seal in its form that only we can make.

What comes back is taken for nothing more than a measure of time: a choice without a seal, or
with one that does not fit, is a choice all the same. A script says how long the choices were in
view (they wait in the page while somebody reads on); it can only shorten what the seal says.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer

SALT = "learning.decision"


def seal(*place: object, at: datetime) -> str:
    """`place` says whose decision it is and which: run, step, decision, visit."""
    return Signer(salt=SALT).sign_object([*map(str, place), at.timestamp()])


def seconds_since(sealed: str, *place: object, at: datetime, in_view: str = "") -> float | None:
    """From the sending of the decision to `at`. None when not known, or before it was sent.

    `in_view` is what a script measured, from the choices being shown to one being sent.
    """
    try:
        found = Signer(salt=SALT).unsign_object(sealed)
    except (BadSignature, ValueError):
        return None
    *where, sent = found
    seconds: float = at.timestamp() - sent
    if where != [*map(str, place)] or seconds < 0:
        return None
    return round(min(seconds, _measured(in_view, otherwise=seconds)), 1)


def _measured(text: str, *, otherwise: float) -> float:
    digits = text.replace(".", "", 1)
    return float(text) if digits.isascii() and digits.isdigit() and len(text) < 10 else otherwise
