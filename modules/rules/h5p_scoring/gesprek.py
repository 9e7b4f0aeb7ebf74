"""Opmerkzaam.Gesprek: a scenario exported from here, played elsewhere or in our own player.

The road is played again by the one engine, so points are those of a scenario on the site.
docs/h5p.md says what the statements hold.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from modules.rules.h5p_scoring.answers import WHOLE, Answer, AnswerNotAllowed, Rescored, deciding
from modules.rules.scenario import Choice, Node, Scenario, play
from modules.rules.scenario_score import score

MINORS = range(1, 2)
BETWEEN_STEPS, BETWEEN_NAMES = "[,]", "[.]"
MOST_STEPS = 1_000  # nobody makes so many choices in one conversation
AT_A_DECISION = {"answered", "interacted"}  # its first visit, and coming back

_ESCAPED = re.compile(r"&(amp|lt|gt|quot|apos|#0?39|#x27);", re.IGNORECASE | re.ASCII)
_PLAIN = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}  # the others are an apostrophe

Step = tuple[str, str]  # decision and choice


class _OddContent(Exception):
    """Something stands there that an export does not write."""


def rescored(content: Mapping[str, Any], answers: Sequence[Answer]) -> Rescored | None:
    """None while the road has not ended, or where the decisions on it ask for nothing."""
    try:
        scenario, decisions = _read(content)
    except _OddContent:
        return None
    steps = _steps(decisions, answers)
    if steps is None:
        return None
    made: defaultdict[str, list[str]] = defaultdict(list)
    for decision, choice in steps:
        made[decision].append(choice)
    run = play(scenario, made)
    if [(node.id, choice.id) for node, choice in run.path] != steps:
        raise AnswerNotAllowed("no such road")
    earned = score(run.path)
    if not run.ended or not earned.attainable:
        return None
    return Rescored(raw=earned.earned, maximum=earned.attainable, success=None)


def _steps(decisions: Mapping[str, str], answers: Sequence[Answer]) -> list[Step] | None:
    """The road that was told: by the whole at its end, or (until 1.1.0) by each decision alone."""
    whole = deciding(answers, "completed")
    if whole is None or not whole.response:
        return _steps_one_by_one(decisions, answers)
    told = whole.response.split(BETWEEN_STEPS)
    if len(told) > MOST_STEPS:
        raise AnswerNotAllowed("no such road")
    return [(name, choice) for name, _between, choice in (s.partition(BETWEEN_NAMES) for s in told)]


def _steps_one_by_one(decisions: Mapping[str, str], answers: Sequence[Answer]) -> list[Step] | None:
    """None when a decision was met for the first time twice: then somebody went on from an older
    state, and which of the statements before that still count is not told.
    """
    told = [a for a in answers if a.sub_content_id != WHOLE and a.verb in AT_A_DECISION]
    first = [one.sub_content_id for one in told if one.verb == "answered"]
    if not told or len(set(first)) < len(first):
        return None
    if len(told) > MOST_STEPS or not decisions.keys() >= {one.sub_content_id for one in told}:
        raise AnswerNotAllowed("no such decision")
    return [(decisions[one.sub_content_id], one.response) for one in told]


def _read(content: Mapping[str, Any]) -> tuple[Scenario, dict[str, str]]:
    """What of the scenario the rules need, and the name of each decision by its id in statements.

    The inverse of modules.h5p.content.content_of; texts of the conversation are left out. Also
    reads what an editor elsewhere changed, as the script in the package does.
    """
    nodes = tuple(_node(fields) for fields in _list(content, "nodes"))
    scenario = Scenario(id="", title="", start=_text(content, "start"), nodes=nodes)
    decisions: dict[str, str] = {}
    for fields, node in zip(_list(content, "nodes"), nodes, strict=True):
        if node.kind == "decision" and scenario.node(node.id) is node:
            told_as = _text(fields, "subContentId") or node.id
            if told_as in decisions or not _can_be_told(node):
                raise _OddContent
            decisions[told_as] = node.id
    return scenario, decisions


def _can_be_told(node: Node) -> bool:
    """Whether a road past here can be read back."""
    names = [node.id, *(choice.id for choice in node.choices)]
    return not any(mark in name for name in names for mark in (BETWEEN_STEPS, BETWEEN_NAMES))


def _node(fields: Any) -> Node:
    choices = tuple(_choice(choice) for choice in _list(fields, "choices"))
    following = _text(fields, "next")
    return Node(_text(fields, "id"), _text(fields, "kind"), next=following, choices=choices)


def _choice(fields: Any) -> Choice:
    return Choice(
        id=_text(fields, "id"),
        text="",
        quality=_text(fields, "quality"),
        next=_text(fields, "next"),
    )


def _list(fields: Any, name: str) -> list[Any]:
    found = fields.get(name, []) if isinstance(fields, Mapping) else None
    if not isinstance(found, list):
        raise _OddContent
    return found


def _text(fields: Any, name: str) -> str:
    """Plain: one level of escaping is taken off, as texts.js does."""
    found = fields.get(name, "") if isinstance(fields, Mapping) else None
    if not isinstance(found, str):
        raise _OddContent
    return _ESCAPED.sub(lambda match: _PLAIN.get(match[1].lower(), "'"), found)
