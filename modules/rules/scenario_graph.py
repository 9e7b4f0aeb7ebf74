"""A scenario as a drawing: boxes by kind of moment, arrows with how good each choice is.

Only numbers and paths; what it looks like stands in templates/modules/parts/drawing.html.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from modules.rules.scenario import Node, Path, Play, Said, Scenario, play
from modules.rules.scenario_rows import Exit, Knot, Rows, arranged, exits
from modules.rules.scenario_shapes import BOX_HEIGHT, BOX_WIDTH, Box

PASSING = 10  # the width that an arrow holds in a row that it passes
GAP_ACROSS, GAP_DOWN, WIDE_GAP_DOWN = 28, 44, 84  # wide under choices and ways back
MARGIN = 24
LANE = 16  # between arrows that go up, at the right
HEAD = 5
LABEL = 26  # how far an arrow goes straight down, past the quality that stands on it


@dataclass(frozen=True)
class Arrow:
    """One way on. `target` is "" where it leads nowhere: then it is short and has no head."""

    source: str
    place: int  # among the ways of the source, as its choices stand
    target: str
    quality: str
    path: str
    head: str  # points of a triangle
    label_x: int
    label_y: int
    goes_up: bool = False


@dataclass(frozen=True)
class Graph:
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def drawn(scenario: Scenario) -> Graph:
    """From top to bottom. Of moments with the same name the first is drawn."""
    rows = arranged(scenario, _width, GAP_ACROSS)
    left = min((rows.centres[knot] - _width(knot) / 2 for knot in rows.centres), default=0)
    shift = MARGIN - left
    rows.centres = {knot: centre + shift for knot, centre in rows.centres.items()}
    tops = _tops(scenario, rows)
    boxes = {
        node_id: Box(
            node=node,
            x=round(rows.centres[knot] - BOX_WIDTH / 2),
            y=tops[knot.row],
        )
        for node_id, knot in rows.moments.items()
        if (node := scenario.node(node_id)) is not None
    }
    right = round(max((rows.centres[k] + _width(k) / 2 for k in rows.centres), default=0))
    arrows = _Arrows(scenario, rows, boxes, tops, right)
    drawn_arrows = arrows.all()
    return Graph(
        width=right + MARGIN + (arrows.lanes + 1) * LANE * bool(arrows.lanes),
        height=tops[-1],
        boxes=tuple(boxes.values()),
        arrows=tuple(drawn_arrows),
    )


def ways_of(scenario: Scenario, path: Path) -> frozenset[tuple[str, int]]:
    """The arrows that a road takes, each as (source, place)."""
    made: defaultdict[str, list[str]] = defaultdict(list)
    for node, choice in path:
        made[node.id].append(choice.id)
    return frozenset(_taken(play(scenario, made)))


def _taken(played: Play) -> Iterable[tuple[str, int]]:
    for line in played.lines:
        if not isinstance(line, Said):
            yield line.node.id, line.node.choices.index(line.choice)
        elif line.node.kind not in {"decision", "end"}:
            yield line.node.id, 0


class _Arrows:
    """Arrows with anchors spread over the sides of their boxes."""

    def __init__(
        self,
        scenario: Scenario,
        rows: Rows,
        boxes: Mapping[str, Box],
        tops: Sequence[int],
        right: int,
    ) -> None:
        self.rows = rows
        self.boxes = boxes
        self.tops = tops
        self.right = right
        self.lanes = 0
        self.there = {(one.source, one.place): one for one in exits(scenario)}
        self.leaves = self._anchors_below()
        self.arrives = self._anchors_above()

    def all(self) -> list[Arrow]:
        return [
            self._arrow(box.node, place)
            for box in self.boxes.values()
            for place in range(len(box.node.targets))
        ]

    def _arrow(self, node: Node, place: int) -> Arrow:
        x, y = self.leaves[node.id, place], self.boxes[node.id].y + BOX_HEIGHT
        one = self.there.get((node.id, place))
        quality = node.choices[place].quality if node.kind == "decision" else ""
        path, head = self._course(one, x, y)
        return Arrow(
            source=node.id,
            place=place,
            target=one.target if one else "",
            quality=quality,
            path=path,
            head=head,
            label_x=x,
            label_y=y + 17,
            goes_up=one is not None and one not in self.rows.chains,
        )

    def _course(self, one: Exit | None, x: int, y: int) -> tuple[str, str]:
        if one is None:
            return f"M{x} {y}V{y + 32}", ""
        end_x, end_y = self.arrives[one], self.boxes[one.target].y
        head = (
            f"{end_x},{end_y} {end_x - HEAD},{end_y - 2 * HEAD} {end_x + HEAD},{end_y - 2 * HEAD}"
        )
        chain = self.rows.chains.get(one)
        if chain is None:
            return self._up(x, y, end_x, end_y), head
        straight = LABEL if self.boxes[one.source].node.kind == "decision" else 0
        points = [(x, y + straight), *self._passed(chain), (end_x, end_y - HEAD)]
        return f"M{x} {y}V{y + straight}{_curve(points)}", head

    def _passed(self, chain: list[Knot]) -> Iterable[tuple[int, int]]:
        for knot in chain[1:-1]:
            top = self.tops[knot.row]
            yield from ((round(self.rows.centres[knot]), y) for y in (top, top + BOX_HEIGHT))

    def _up(self, x: int, y: int, end_x: int, end_y: int) -> str:
        """Around the right side, each arrow in a lane of its own."""
        self.lanes += 1
        lane = self.right + self.lanes * LANE
        low, high = y + 30 + self.lanes % 4 * 6, end_y - 20 - self.lanes % 4 * 6
        return (
            f"M{x} {y}V{low - 8}Q{x} {low} {x + 8} {low}H{lane - 8}Q{lane} {low} {lane} {low - 8}"
            f"V{high + 8}Q{lane} {high} {lane - 8} {high}H{end_x + 8}"
            f"Q{end_x} {high} {end_x} {high + 8}V{end_y - HEAD}"
        )

    def _anchors_below(self) -> dict[tuple[str, int], int]:
        """Where each way on leaves its box, so that arrows do not cross at once."""
        found: dict[tuple[str, int], int] = {}
        for box in self.boxes.values():
            ways = sorted(
                range(len(box.node.targets)),
                key=lambda place: (self._towards(box.node.id, place), place),
            )
            places = _spread(box, len(ways))
            found |= {(box.node.id, way): x for way, x in zip(ways, places, strict=True)}
        return found

    def _towards(self, node_id: str, place: int) -> float:
        one = self.there.get((node_id, place))
        if one is None:
            return float(self.boxes[node_id].middle)
        chain = self.rows.chains.get(one)
        return self.rows.centres[chain[1]] if chain else float("inf")

    def _anchors_above(self) -> dict[Exit, int]:
        coming: defaultdict[str, list[Exit]] = defaultdict(list)
        for one in self.there.values():
            coming[one.target].append(one)
        found: dict[Exit, int] = {}
        for target, ways in coming.items():
            ways.sort(key=self._from)
            found |= dict(zip(ways, _spread(self.boxes[target], len(ways)), strict=True))
        return found

    def _from(self, one: Exit) -> tuple[float, int]:
        chain = self.rows.chains.get(one)
        if chain is None:
            return float("inf"), -self.leaves[one.source, one.place]
        return self.rows.centres[chain[-2]], self.leaves[one.source, one.place]


def _tops(scenario: Scenario, rows: Rows) -> list[int]:
    """Where each row begins; last, where the drawing ends."""
    wide = {rows.moments[node.id].row for node in scenario.nodes if node.kind == "decision"}
    for one in exits(scenario):
        if one not in rows.chains:
            wide |= {rows.moments[one.source].row, rows.moments[one.target].row - 1}
    tops = [MARGIN + (WIDE_GAP_DOWN - MARGIN) * (-1 in wide)]
    for row in range(len(rows.knots)):
        tops.append(tops[-1] + BOX_HEIGHT + (WIDE_GAP_DOWN if row in wide else GAP_DOWN))
    return tops


def _width(knot: Knot) -> float:
    return PASSING if knot.exit else BOX_WIDTH


def _spread(box: Box, count: int) -> list[int]:
    return [box.x + BOX_WIDTH * number // (count + 1) for number in range(1, count + 1)]


def _curve(points: Iterable[tuple[int, int]]) -> str:
    return "".join(
        f"C{x1} {(y1 + y2) // 2} {x2} {(y1 + y2) // 2} {x2} {y2}"
        for (x1, y1), (x2, y2) in pairwise(points)
    )
