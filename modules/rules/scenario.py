"""A branching conversation or situation: what it is and how it is played.

Plain facts in, plain facts out. What can be wrong with a scenario stands in scenario_faults.py.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

QUALITY_POINTS = {"++": 3, "+": 2, "0": 1, "-": 0}
YOU = "you"  # the speaker of what the worker says
PRACTICE, REFERENCE = "practice", "reference"

Made = Mapping[str, Sequence[str]]  # decision to the choices made there, one for each visit


@dataclass(frozen=True)
class Picture:
    """What there is to see at a moment, and the same in words."""

    url: str
    width: int
    height: int
    alt: str  # "" says nothing to who does not see it: a fault, unless it is decoration
    is_decoration: bool = False


@dataclass(frozen=True)
class Recording:
    """What there is to hear at a moment, and the same written out."""

    url: str
    transcript: str


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
    picture: Picture | None = None
    recording: Recording | None = None
    contact: str = ""  # in a reference aid: whose number belongs here, a kind of contact

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
        picture, recording = data.get("picture"), data.get("recording")
        return cls(
            **{
                **data,
                "choices": choices,
                "takeaways": tuple(data["takeaways"]),
                "picture": Picture(**picture) if picture else None,
                "recording": Recording(**recording) if recording else None,
            }
        )


@dataclass(frozen=True)
class Scenario:
    """A conversation to practise with, or a reference aid: the same moments, without points."""

    id: str
    title: str
    start: str
    nodes: tuple[Node, ...]
    purpose: str = PRACTICE  # or REFERENCE
    note: str = ""  # read before it begins; plain, paragraphs are parted by a blank line
    law_checked_on: str | None = None  # an ISO date

    @property
    def is_reference(self) -> bool:
        return self.purpose == REFERENCE

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
    offered: tuple[Choice, ...]  # at the decision that waits
    visit: int  # of the decision that waits, from 1; 0 when none does
    ended: bool

    @property
    def path(self) -> Path:
        return tuple((line.node, line.choice) for line in self.lines if isinstance(line, Chosen))


def offered(node: Node, made: Sequence[str]) -> tuple[Choice, ...]:
    """The choices open to somebody who made these here before: those made least often.

    So coming back to a decision asks for something else, and no road goes round for ever: who
    comes back often enough has taken every way on, also the one that leads out.
    """
    times = Counter(made)
    fewest = min((times[choice.id] for choice in node.choices), default=0)
    return tuple(choice for choice in node.choices if times[choice.id] == fewest)


def play(scenario: Scenario, made: Made) -> Play:
    """Follow the choices made up to the first decision without one.

    A decision stands in the lines as something said before it is chosen. A choice that is not
    offered there counts as no choice. A round without any decision in it stops the play, not
    ended: a published scenario has no such round.
    """
    lines: list[Line] = []
    done: defaultdict[str, list[str]] = defaultdict(list)
    passed: set[str] = set()  # since the last decision
    node = scenario.node(scenario.start)
    while node is not None and node.id not in passed:
        passed.add(node.id)
        lines.append(Said(node))
        if node.kind == "end":
            return Play(tuple(lines), decision=None, offered=(), visit=0, ended=True)
        following = node.next
        if node.kind == "decision":
            here = done[node.id]
            choice = _made_at(node, made.get(node.id, ()), here)
            if choice is None:
                open_now, visit = offered(node, here), len(here) + 1
                return Play(tuple(lines), node, open_now, visit, ended=False)
            here.append(choice.id)
            passed.clear()
            lines.append(Chosen(node, choice))
            following = choice.next
        node = scenario.node(following)
    return Play(tuple(lines), decision=None, offered=(), visit=0, ended=False)


def _made_at(node: Node, made: Sequence[str], before: Sequence[str]) -> Choice | None:
    """The choice of this visit, if one was made and may be."""
    if len(made) <= len(before):
        return None
    wanted = made[len(before)]
    return next((choice for choice in offered(node, before) if choice.id == wanted), None)
