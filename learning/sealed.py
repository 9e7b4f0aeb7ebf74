"""When a decision was put before somebody, as a seal in its form that only we can make.

What comes back is taken for nothing more than a measure of time: a choice without a seal, or
with one that does not fit, is a choice all the same.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer

SALT = "learning.decision"


def seal(*place: object, at: datetime) -> str:
    """`place` says whose decision it is and which: run, step, decision, visit."""
    return Signer(salt=SALT).sign_object([*map(str, place), at.timestamp()])


def seconds_since(sealed: str, *place: object, at: datetime) -> float | None:
    """From the sending of the decision to `at`. None when not known, or before it was sent."""
    try:
        found = Signer(salt=SALT).unsign_object(sealed)
    except (BadSignature, ValueError):
        return None
    *where, sent = found
    seconds = at.timestamp() - sent
    return round(seconds, 1) if where == [*map(str, place)] and seconds >= 0 else None
