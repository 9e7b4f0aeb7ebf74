"""Playing a draft one turn at a time. The address holds what was chosen; nothing is stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from modules.rules.scenario import Choice, Chosen, Line, Node, Play, Scenario, play
from modules.rules.scenario_score import Score, score

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Playing:
    """As far as somebody has read: the lines so far, and what can be done now."""

    lines: tuple[tuple[Line, bool], ...]  # each with whether it is a choice that was made
    on: str  # the address of the next line; "" when there is none
    decision: Node | None  # that waits for a choice now
    offered: tuple[tuple[str, Choice], ...]  # each with the value that makes it
    hidden: Pairs  # what the form of a decision sends along
    again: str
    ended: bool
    stopped_at: str  # the moment after which nothing comes, though it is no end
    score: Score | None

    @property
    def percent(self) -> int | None:
        share = self.score.share if self.score else None
        return None if share is None else round(100 * share)


def play_from(scenario: Scenario, told: QueryDict, kept: Pairs) -> Playing:
    """`told` names where it begins (`at`), how many lines were read (`seen`), what was `made`.

    A choice is made by the name of its decision and its number there: a draft may lack ids.
    """
    start = told.get("at", "")
    start = start if scenario.node(start) else scenario.start
    numbers = [value for value in told.getlist("made") if value]
    played = play(replace(scenario, start=start), _made(scenario, numbers))
    seen = min(max(_number(told.get("seen", "")), 1), len(played.lines))
    here = [*kept, ("mode", "play"), ("at", start), *(("made", value) for value in numbers)]
    is_read = seen == len(played.lines)
    decision = played.decision if is_read else None
    last = played.lines[-1].node.id if played.lines else ""
    return Playing(
        lines=tuple((line, isinstance(line, Chosen)) for line in played.lines[:seen]),
        on="" if is_read else _address([*here, ("seen", str(seen + 1))]),
        decision=decision,
        offered=_offered(played) if decision else (),
        hidden=[*here, ("seen", str(seen + 1))],
        again=_address([*kept, ("mode", "play"), ("at", start)]),
        ended=is_read and played.ended,
        stopped_at=last if is_read and not played.ended and decision is None else "",
        score=score(played.path) if is_read and played.ended else None,
    )


def _made(scenario: Scenario, numbers: Sequence[str]) -> Mapping[str, Sequence[str]]:
    made: defaultdict[str, list[str]] = defaultdict(list)
    for value in numbers:
        name, _colon, number = value.rpartition(":")
        node, place = scenario.node(name), _number(number)
        if node is not None and 1 <= place <= len(node.choices):
            made[name].append(node.choices[place - 1].id)
    return made


def _offered(played: Play) -> tuple[tuple[str, Choice], ...]:
    node = played.decision
    if node is None:
        return ()
    return tuple(
        (f"{node.id}:{node.choices.index(choice) + 1}", choice) for choice in played.offered
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _address(pairs: Pairs) -> str:
    return f"?{urlencode(pairs)}#now"
