"""What an author wants to know about a scenario at a glance: its roads, its faults, its texts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext, pgettext

from modules import wording
from modules.blocks.node_fields import kind_words
from modules.compile import compile_scenario
from modules.hints import Hints, hints, shortened
from modules.models import Scenario
from modules.rules import phrasing
from modules.rules import scenario as rules
from modules.rules.scenario_faults import Fault, faults
from modules.rules.scenario_graph import Arrow, Graph, drawn, ways_of
from modules.rules.scenario_roads import Road, Roads, roads
from modules.rules.scenario_shapes import Box

FIRST_WORDS = 48


@dataclass(frozen=True)
class FaultSeen:
    text: str
    node_id: str
    block_id: str  # where it can be put right; "" when it is the whole

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class WayOn:
    """From a moment to the next, by a choice or simply on."""

    choice: rules.Choice | None
    target: str
    is_there: bool
    on_best: bool
    on_worst: bool

    @property
    def words(self) -> str:
        return shortened(self.choice.text, FIRST_WORDS) if self.choice else ""


@dataclass(frozen=True)
class Moment:
    node: rules.Node
    block_id: str
    kind: str  # in words
    faults: tuple[FaultSeen, ...]
    remark: str
    ways: tuple[WayOn, ...]

    @property
    def first_words(self) -> str:
        return shortened(self.node.text, FIRST_WORDS)


@dataclass(frozen=True)
class RoadSeen:
    road: Road

    @property
    def percent(self) -> int | None:
        return None if self.road.share is None else round(100 * self.road.share)

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The decision and the first words of what is chosen there."""
        return [(node.id, shortened(choice.text, FIRST_WORDS)) for node, choice in self.road.path]


@dataclass(frozen=True)
class TextSeen:
    """One text of the scenario with its hints."""

    node_id: str
    block_id: str
    part: str
    words: str
    hints: Hints


@dataclass(frozen=True)
class BoxSeen:
    box: Box
    moment: Moment


@dataclass(frozen=True)
class ArrowSeen:
    arrow: Arrow
    on_best: bool
    on_worst: bool


class Overview:
    """Of the scenario as it stands in this object, published or not."""

    def __init__(self, scenario: Scenario) -> None:
        self.story = compile_scenario(scenario)
        self.blocks: dict[str, str] = {}
        self.remarks: dict[str, str] = {}
        for block in scenario.nodes:
            name = block.value["name"] or ""
            self.blocks.setdefault(name, block.id or "")
            self.remarks.setdefault(name, (block.value.get("remark") or "").strip())

    @property
    def is_empty(self) -> bool:
        return not self.story.nodes

    @cached_property
    def faults(self) -> tuple[FaultSeen, ...]:
        return tuple(self._fault(fault) for fault in faults(self.story))

    def _fault(self, fault: Fault) -> FaultSeen:
        node = self.story.node(fault.node_id)
        block = self.blocks.get(fault.node_id, "")
        if node is not None and fault.choice:
            ids = [choice.id for choice in node.choices if choice.text == fault.choice]
            block = ids[0] if ids else block
        return FaultSeen(wording.scenario_fault_with_choice(fault), fault.node_id, block)

    @cached_property
    def graph(self) -> Graph:
        return drawn(self.story)

    @property
    def start_x(self) -> int:
        """Where the story begins, seen from the left; 0 when it does not."""
        places = [box.middle for box in self.graph.boxes if box.node.id == self.story.start]
        return places[0] if places else 0

    @cached_property
    def roads(self) -> Roads:
        return Roads(None, None, True) if self.story.is_reference else roads(self.story)

    @property
    def best(self) -> RoadSeen | None:
        return RoadSeen(self.roads.best) if self.roads.best else None

    @property
    def worst(self) -> RoadSeen | None:
        return RoadSeen(self.roads.worst) if self.roads.worst else None

    @cached_property
    def _on_best(self) -> frozenset[tuple[str, int]]:
        return ways_of(self.story, self.best.road.path) if self.best else frozenset()

    @cached_property
    def _on_worst(self) -> frozenset[tuple[str, int]]:
        return ways_of(self.story, self.worst.road.path) if self.worst else frozenset()

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        found: defaultdict[str, list[FaultSeen]] = defaultdict(list)
        for fault in self.faults:
            found[fault.node_id].append(fault)
        return tuple(
            Moment(
                node=node,
                block_id=self.blocks.get(node.id, ""),
                kind=kind_words(node.kind),
                faults=tuple(found[node.id]),
                remark=self.remarks.get(node.id, ""),
                ways=tuple(self._ways(node)),
            )
            for node in self.story.nodes
        )

    def _ways(self, node: rules.Node) -> Iterator[WayOn]:
        for place, target in enumerate(node.targets):
            yield WayOn(
                choice=node.choices[place] if node.kind == "decision" else None,
                target=target,
                is_there=self.story.node(target) is not None,
                on_best=(node.id, place) in self._on_best,
                on_worst=(node.id, place) in self._on_worst,
            )

    @property
    def boxes(self) -> list[BoxSeen]:
        moments = {moment.node.id: moment for moment in reversed(self.moments)}
        return [BoxSeen(box, moments[box.node.id]) for box in self.graph.boxes]

    @property
    def arrows(self) -> list[ArrowSeen]:
        return [
            ArrowSeen(
                arrow,
                on_best=(arrow.source, arrow.place) in self._on_best,
                on_worst=(arrow.source, arrow.place) in self._on_worst,
            )
            for arrow in self.graph.arrows
        ]

    @property
    def open_remarks(self) -> list[Moment]:
        return [moment for moment in self.moments if moment.remark]

    @cached_property
    def texts(self) -> tuple[TextSeen, ...]:
        """Every text that learners read, in the order of the moments."""
        note = [
            TextSeen("", "", gettext("Note beforehand"), self.story.note, hints(self.story.note))
        ]
        told = [text for node in self.story.nodes for text in self._texts_of(node)]
        return tuple(text for text in [*note, *told] if text.hints.figures)

    def _texts_of(self, node: rules.Node) -> Iterator[TextSeen]:
        block = self.blocks.get(node.id, "")
        yield TextSeen(node.id, block, kind_words(node.kind), node.text, hints(node.text))
        for choice in node.choices:
            is_example = phrasing.is_example(choice.quality)
            for part, text, example in [
                (pgettext("in a scenario", "choice"), choice.text, is_example),
                (gettext("consequence"), choice.consequence, False),
                (gettext("why"), choice.why, False),
                (gettext("what else could be"), choice.alternative, False),
            ]:
                yield TextSeen(node.id, choice.id, part, text, hints(text, is_example=example))

    @property
    def hinted(self) -> list[TextSeen]:
        return [text for text in self.texts if text.hints.remarks]

    @cached_property
    def as_a_whole(self) -> Hints:
        return hints("\n".join(text.words for text in self.texts))
