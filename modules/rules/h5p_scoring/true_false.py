"""H5P.TrueFalse: one point for the right one of two.

Written from the rules of github.com/h5p/h5p-true-false, releases 1.1.3 to 1.8.24 (MIT), which
count alike. 1.0 told the answer in the words of its buttons, so it is left out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from modules.rules.h5p_scoring.answers import Answer, AnswerNotAllowed, Rescored, deciding

MINORS = range(1, 9)
MAXIMUM = 1
VALUES = ("true", "false")  # in the content and in the response, whatever the language


def rescored(content: Mapping[str, Any], answers: Sequence[Answer]) -> Rescored | None:
    """The response tells the wrong value also when nothing was chosen; a report tells "" then."""
    answer = deciding(answers, "answered")
    right = content.get("correct", "true")
    if answer is None or right not in VALUES:
        return None  # with any other key the response is "false" whatever was chosen
    if answer.response not in {*VALUES, ""}:
        raise AnswerNotAllowed(answer.response)
    is_right = answer.response == right
    return Rescored(raw=MAXIMUM if is_right else 0, maximum=MAXIMUM, success=is_right)
