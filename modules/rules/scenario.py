"""A branching conversation or situation: what it is, how it is played, what it earns.

Plain facts in, plain facts out. What can be wrong with a scenario stands in scenario_faults.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

QUALITY_POINTS = {"++": 3, "+": 2, "0": 1, "-": 0}
YOU = "you"  # the speaker of what the worker says


@dataclass(frozen=True)
class Choice:
    """Something the worker can do at a decision, with what comes of it and why."""

    id: str
    text: str
    quality: str  # a key of QUALITY_POINTS
    consequence: str = ""  # what the other does or says next
    why: str = ""
    alternative: str = ""
    competencies: tuple[str, ...] = ()
    next: str = ""
    is_consult: bool = False

    @property
    def points(self) -> int:
        return QUALITY_POINTS.get(self.quality, 0)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Choice":
        return cls(**{**data, "competencies": tuple(data["competencies"])})


@dataclass(frozen=True)
class Node:
    """One moment of a scenario. Only a decision has choices, only a debrief has takeaways."""

    id: str
    kind: str  # situation, turn, decision, debrief or end
    speaker: str = ""  # "" is the scene itself, "you" the worker, otherwise a name
    text: str = ""  # plain; paragraphs are parted by a blank line
    next: str | None = None
    choices: tuple[Choice, ...] = ()
    takeaways: tuple[str, ...] = ()

    def choice(self, choice_id: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    @property
    def targets(self) -> tuple[str, ...]:
        """Names of the nodes that can follow; empty strings where none is named."""
        if self.kind == "end":
            return ()
        if self.kind == "decision":
            return tuple(choice.next for choice in self.choices)
        return (self.next or "",)

    @property
    def best_points(self) -> int:
        return max((choice.points for choice in self.choices), default=0)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Node":
        choices = tuple(Choice.from_json(choice) for choice in data["choices"])
        return cls(**{**data, "choices": choices, "takeaways": tuple(data["takeaways"])})


@dataclass(frozen=True)
class Scenario:
    id: str
    title: str
    start: str
    nodes: tuple[Node, ...]

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        return {node.id: node for node in reversed(self.nodes)}  # of two alike the first counts

    def node(self, node_id: str | None) -> Node | None:
        return self._by_id.get(node_id or "")

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Scenario":
        return cls(**{**data, "nodes": tuple(Node.from_json(node) for node in data["nodes"])})


@dataclass(frozen=True)
class Said:
    """The scene, or something that somebody says."""

    node: Node


@dataclass(frozen=True)
class Chosen:
    """What the worker chose at a decision."""

    node: Node
    choice: Choice


Line = Said | Chosen
Path = tuple[tuple[Node, Choice], ...]


@dataclass(frozen=True)
class Play:
    """How far somebody is: the lines so far, and the decision that waits for a choice, if any."""

    lines: tuple[Line, ...]
    decision: Node | None
    ended: bool

    @property
    def path(self) -> Path:
        return tuple((line.node, line.choice) for line in self.lines if isinstance(line, Chosen))


def play(scenario: Scenario, chosen: Mapping[str, str]) -> Play:
    """Follow the choices (decision id to choice id) up to the first decision without one.

    A decision stands in the lines as something said before it is chosen. A choice that the
    decision does not have counts as no choice. Coming back to a node already passed stops the
    play there, not ended: a published scenario has no such loop.
    """
    lines: list[Line] = []
    passed: set[str] = set()
    node = scenario.node(scenario.start)
    while node is not None and node.id not in passed:
        passed.add(node.id)
        lines.append(Said(node))
        if node.kind == "end":
            return Play(lines=tuple(lines), decision=None, ended=True)
        following = node.next
        if node.kind == "decision":
            choice = node.choice(chosen.get(node.id, ""))
            if choice is None:
                return Play(lines=tuple(lines), decision=node, ended=False)
            lines.append(Chosen(node, choice))
            following = choice.next
        node = scenario.node(following)
    return Play(lines=tuple(lines), decision=None, ended=False)


@dataclass(frozen=True)
class Score:
    """Points on the path taken, beside the best that the same decisions could have given."""

    earned: int
    attainable: int
    per_competency: dict[str, float]  # share per code, of the decisions where the choice touched it

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when no decision was met."""
        return self.earned / self.attainable if self.attainable else None


def score(scenario: Scenario, path: Iterable[tuple[Node, Choice]]) -> Score:
    """Score the choices made. A longer road is no better or worse: only shares are compared."""
    earned = attainable = 0
    touched: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for node, choice in path:
        best = (scenario.node(node.id) or node).best_points
        earned += choice.points
        attainable += best
        for code in choice.competencies:
            touched[code][0] += choice.points
            touched[code][1] += best
    shares = {code: got / best for code, (got, best) in sorted(touched.items()) if best}
    return Score(earned=earned, attainable=attainable, per_competency=shares)
