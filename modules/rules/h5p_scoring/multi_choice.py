"""H5P.MultiChoice: one or several of a list of answers.

Written from the rules of github.com/h5p/h5p-multi-choice, releases 1.10.5 to 1.16.27 (MIT), which
count alike:

- *One answer* (radio buttons; by `type`, or `auto` with one right answer): 1 when it is right.
- *Several*: the weights of right answers, less those of wrong ones, never below 0. Without a right
  answer, ticking none earns everything. With `singlePoint` it is all or nothing, from
  `passPercentage` on.
- The maximum is `weight`, and without `singlePoint` what the right answers weigh together.
- Succeeds from `passPercentage` on.
- The response holds places in the content, also when the answers were shuffled: "0[,]2".

Two things it cannot tell, so they are not verified: whether nothing chosen of one was the first
time (see `_points`), and, with `autoCheck` and without `enableRetry`, whether what it leaves out
was left out: from 1.14.9 on a tick can then be taken back unseen, and its points stay.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from modules.rules.h5p_scoring.answers import Answer, AnswerNotAllowed, Rescored, deciding

MINORS = range(10, 17)
BETWEEN = "[,]"
MOST = 1_000_000  # of a weight or percentage; more is no number that somebody meant


class _OddContent(Exception):
    """Something stands there that the content type does not write."""


@dataclass(frozen=True)
class _Option:
    is_right: bool
    weight: float


@dataclass(frozen=True)
class _Question:
    options: tuple[_Option, ...]
    weight: float
    is_single: bool
    is_single_point: bool
    pass_percentage: float
    forgets_ticks: bool  # the response may tell less than what stands ticked

    @property
    def has_no_right(self) -> bool:
        return not any(option.is_right for option in self.options)

    @property
    def weighed(self) -> float:
        """What all right answers weigh together."""
        if self.has_no_right:
            return self.weight
        return math.fsum(option.weight for option in self.options if option.is_right)

    @property
    def maximum(self) -> float:
        return self.weight if self.is_single or self.is_single_point else self.weighed


def rescored(content: Mapping[str, Any], answers: Sequence[Answer]) -> Rescored | None:
    answer = deciding(answers, "answered")
    try:
        question = _question(content)
    except _OddContent:
        return None
    if answer is None:
        return None
    raw = _points(question, _ticked(question, answer.response))
    if raw is None or question.forgets_ticks or not 0 < question.maximum >= raw:
        return None
    success = _reaches(question, raw, question.maximum)
    return Rescored(raw=raw, maximum=question.maximum, success=success)


def _ticked(question: _Question, response: str) -> list[_Option]:
    """Those that the response tells; each place once, written as a script writes a number."""
    places = {str(place): option for place, option in enumerate(question.options)}
    told = response.split(BETWEEN) if response else []
    if len(set(told)) < len(told) or not places.keys() >= set(told):
        raise AnswerNotAllowed(response)
    if question.is_single and len(told) > 1:
        raise AnswerNotAllowed(response)
    return [places[place] for place in told]


def _points(question: _Question, ticked: Sequence[_Option]) -> float | None:
    """None where the content type is of two minds."""
    if not question.is_single:
        return _of_several(question, ticked)
    if ticked:
        return 1 if ticked[0].is_right else 0
    # Nothing chosen earns nothing at first. Once somebody tried again it is counted as ticking
    # none of several, which can earn points; a statement does not tell which time it was.
    return None if _of_several(question, ticked) else 0


def _of_several(question: _Question, ticked: Sequence[_Option]) -> float:
    signed = (option.weight if option.is_right else -option.weight for option in ticked)
    points = max(0.0, math.fsum(signed))
    if not ticked and question.has_no_right:
        points = question.weight
    if question.is_single_point:
        return question.weight if _reaches(question, points, question.weighed) else 0
    return points


def _reaches(question: _Question, points: float, of: float) -> bool:
    return bool(of) and 100 * points / of >= question.pass_percentage


def _question(content: Mapping[str, Any]) -> _Question:
    """The content with what the content type fills in. Raises _OddContent."""
    options = content.get("answers")
    behaviour = content.get("behaviour", {})
    if not isinstance(options, list) or not options or not isinstance(behaviour, Mapping):
        raise _OddContent
    found = tuple(_option(option, is_first=not place) for place, option in enumerate(options))
    kind = behaviour.get("type", "auto")
    if kind not in ("auto", "single", "multi"):
        raise _OddContent
    is_single = kind == "single" or (kind == "auto" and sum(one.is_right for one in found) == 1)
    checks_at_once = _flag(behaviour.get("autoCheck", False))
    return _Question(
        options=found,
        weight=_number(content.get("weight", 1), least=0),
        is_single=is_single,
        is_single_point=_flag(behaviour.get("singlePoint", True)),
        pass_percentage=_number(behaviour.get("passPercentage", 100), least=-MOST),
        forgets_ticks=checks_at_once
        and not is_single
        and not _flag(behaviour.get("enableRetry", True)),
    )


def _option(option: Any, *, is_first: bool) -> _Option:
    """The script fills in one right answer, so the first is right unless it says it is not."""
    if not isinstance(option, Mapping):
        raise _OddContent
    return _Option(
        is_right=_flag(option.get("correct", is_first)),
        weight=_number(option.get("weight", 1), least=0),
    )


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _OddContent
    return value


def _number(value: Any, *, least: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= MOST:
        raise _OddContent
    return float(value)
