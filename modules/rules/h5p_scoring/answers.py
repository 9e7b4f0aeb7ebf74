"""What was answered, and what it earns."""

from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = ""  # the sub-content id of what is no part of something else


@dataclass(frozen=True)
class Answer:
    """What one statement told. `verb` is its last word, such as "answered"."""

    sub_content_id: str  # "" is the whole
    verb: str
    response: str  # "" also when it told none


@dataclass(frozen=True)
class Rescored:
    """Points of the maximum. `success` is None where nobody passes or fails."""

    raw: float
    maximum: float
    success: bool | None


class AnswerNotAllowed(Exception):
    """An answer that the content does not have, or did not offer there."""


def deciding(answers: Sequence[Answer], verb: str) -> Answer | None:
    """The first about the whole with that verb: a run ends there, what comes later is another."""
    found = (one for one in answers if one.sub_content_id == WHOLE and one.verb == verb)
    return next(found, None)
