"""Scoring again, on the server, what an H5P activity says was answered.

The points that an activity tells are never read here: only the answer and the content.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from modules.rules.h5p_scoring import gesprek, multi_choice, true_false
from modules.rules.h5p_scoring.answers import Answer, AnswerNotAllowed, Rescored

__all__ = ["Answer", "AnswerNotAllowed", "Rescored", "is_rescored", "rescored"]


class _Known(NamedTuple):
    minors: range  # of major version 1, all of which were read
    rescored: Callable[[Mapping[str, Any], Sequence[Answer]], Rescored | None]


_KNOWN = {
    "H5P.MultiChoice": _Known(multi_choice.MINORS, multi_choice.rescored),
    "H5P.TrueFalse": _Known(true_false.MINORS, true_false.rescored),
    "Opmerkzaam.Gesprek": _Known(gesprek.MINORS, gesprek.rescored),
}


def is_rescored(machine_name: str, major: int, minor: int) -> bool:
    """Whether the rules of this content type, in this version, are known here.

    A version that nobody read may count otherwise, so its results stay self-reported.
    """
    known = _KNOWN.get(machine_name)
    return known is not None and major == 1 and minor in known.minors


def rescored(
    machine_name: str, content: Mapping[str, Any], answers: Sequence[Answer]
) -> Rescored | None:
    """What the answers of one run earn, in the order of their sequence.

    The caller has asked `is_rescored`. None when nothing can be verified: no answer was told, the
    road has not ended, or the content is too odd to say what it counts. Never fails on content.
    Raises AnswerNotAllowed for an answer that the content does not have or did not offer.
    """
    known = _KNOWN.get(machine_name)
    if known is None or not isinstance(content, Mapping):
        return None
    return known.rescored(content, answers)
