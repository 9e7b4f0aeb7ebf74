"""Where each moment of a scenario stands when it is drawn: later moments lower."""

from collections import defaultdict
from dataclasses import dataclass

from modules.rules.scenario import Node, Scenario

BOX_WIDTH, BOX_HEIGHT = 150, 44
GAP_ACROSS, GAP_DOWN = 24, 48


@dataclass(frozen=True)
class Box:
    node: Node
    x: int
    y: int
    label: str

    @property
    def middle(self) -> int:
        return self.x + BOX_WIDTH // 2

    @property
    def text_y(self) -> int:
        return self.y + BOX_HEIGHT // 2 + 5


@dataclass(frozen=True)
class Arrow:
    x1: int
    y1: int
    x2: int
    y2: int
    quality: str


@dataclass(frozen=True)
class Graph:
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def drawn(scenario: Scenario) -> Graph:
    """A drawing from top to bottom; moments that are never reached stand in the first row."""
    rows: defaultdict[int, list[Node]] = defaultdict(list)
    depth = _depths(scenario)
    for node in scenario.nodes:
        rows[depth.get(node.id, 0)].append(node)
    widest = max((len(nodes) for nodes in rows.values()), default=0)
    across = BOX_WIDTH + GAP_ACROSS
    boxes = {
        node.id: Box(
            node=node,
            x=GAP_ACROSS + place * across + (widest - len(nodes)) * across // 2,
            y=GAP_DOWN // 2 + row * (BOX_HEIGHT + GAP_DOWN),
            label=node.id if len(node.id) <= 18 else f"{node.id[:17]}…",
        )
        for row, nodes in rows.items()
        for place, node in enumerate(nodes)
    }
    return Graph(
        width=GAP_ACROSS + widest * across,
        height=(max(rows, default=0) + 1) * (BOX_HEIGHT + GAP_DOWN),
        boxes=tuple(boxes.values()),
        arrows=tuple(_arrows(scenario, boxes)),
    )


def _depths(scenario: Scenario) -> dict[str, int]:
    """The longest way to each node in steps; in a loop at most as many as there are nodes."""
    depth = {scenario.start: 0} if scenario.node(scenario.start) else {}
    for _round in scenario.nodes:
        for node in scenario.nodes:
            for target in node.targets if node.id in depth else ():
                if scenario.node(target) is not None:
                    deepest = max(depth.get(target, 0), depth[node.id] + 1)
                    depth[target] = min(deepest, len(scenario.nodes))
    return depth


def _arrows(scenario: Scenario, boxes: dict[str, Box]) -> list[Arrow]:
    arrows = []
    for node in scenario.nodes:
        qualities = [choice.quality for choice in node.choices] if node.choices else [""]
        for target, quality in zip(node.targets, qualities, strict=False):
            if target in boxes and node.id in boxes:
                start, end = boxes[node.id], boxes[target]
                arrows.append(Arrow(start.middle, start.y + BOX_HEIGHT, end.middle, end.y, quality))
    return arrows
