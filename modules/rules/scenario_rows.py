"""In which row and at which place each moment of a drawing stands: later moments lower.

Layers as Sugiyama, Tagawa and Toda (1981) draw them: arrows back are set aside, rows are longest
ways, arrows over several rows hold a place in each, and places follow their neighbours.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from modules.rules.scenario import Scenario

SWEEPS = 8


class Exit(NamedTuple):
    """One way on from a node: its number among the node's ways, and where it leads."""

    source: str
    place: int
    target: str


class Knot(NamedTuple):
    """Something with a place in a row: a moment (no exit), or an arrow that passes by."""

    row: int
    node_id: str
    exit: Exit | None = None


@dataclass
class Rows:
    """Knots from left to right in each row, and the centre of each."""

    knots: list[list[Knot]] = field(default_factory=list)
    centres: dict[Knot, float] = field(default_factory=dict)
    moments: dict[str, Knot] = field(default_factory=dict)
    chains: dict[Exit, list[Knot]] = field(default_factory=dict)  # from source to target


def exits(scenario: Scenario) -> list[Exit]:
    """Every way on that leads to a moment that is there."""
    return [
        Exit(node.id, place, target)
        for node in scenario.nodes
        if scenario.node(node.id) is node
        for place, target in enumerate(node.targets)
        if scenario.node(target) is not None
    ]


def arranged(scenario: Scenario, width_of: Callable[[Knot], float], gap: float) -> Rows:
    found = Rows()
    rank = ranks(scenario)
    for node_id, row in rank.items():
        found.moments[node_id] = Knot(row, node_id)
    for one in exits(scenario):
        if rank[one.target] > rank[one.source]:
            between = range(rank[one.source] + 1, rank[one.target])
            passing = [Knot(row, one.target, one) for row in between]
            ends = found.moments[one.source], found.moments[one.target]
            found.chains[one] = [ends[0], *passing, ends[1]]
    rows: defaultdict[int, list[Knot]] = defaultdict(list)
    for knot in [*found.moments.values(), *(k for c in found.chains.values() for k in c[1:-1])]:
        rows[knot.row].append(knot)
    found.knots = [rows[row] for row in range(max(rows, default=-1) + 1)]
    _order(found)
    _place(found, width_of, gap)
    return found


def ranks(scenario: Scenario) -> dict[str, int]:
    """The row of each node: the longest way to it, ways back left out.

    Moments that are never reached stand below the others, in rows of their own.
    """
    ways: dict[str, list[str]] = {node.id: [] for node in scenario.nodes}
    for one in exits(scenario):
        ways[one.source].append(one.target)
    order, back = _walked(ways, [scenario.start, *ways])
    reached = set(_walked(ways, [scenario.start])[0])
    rank = dict.fromkeys(order, 0)
    below = 0
    for part in (reached, set(order) - reached):
        for node_id in order:
            if node_id in part:
                rank[node_id] = max(rank[node_id], below)
                for target in ways[node_id]:
                    if (node_id, target) not in back and target in part:
                        rank[target] = max(rank[target], rank[node_id] + 1)
        below = max((rank[node_id] + 1 for node_id in part), default=0)
    return rank


def _walked(
    ways: dict[str, list[str]], starts: Iterable[str]
) -> tuple[list[str], set[tuple[str, str]]]:
    """Nodes with each before those that it leads to, and the ways back that this leaves out."""
    done: list[str] = []
    seen: set[str] = set()
    open_now: set[str] = set()
    back: set[tuple[str, str]] = set()
    for start in starts:
        if start in seen or start not in ways:
            continue
        stack = [(start, iter(ways[start]))]
        seen.add(start)
        open_now.add(start)
        while stack:
            node_id, following = stack[-1]
            target = next(following, None)
            if target is None:
                stack.pop()
                open_now.discard(node_id)
                done.append(node_id)
            elif target in open_now:
                back.add((node_id, target))
            elif target not in seen:
                seen.add(target)
                open_now.add(target)
                stack.append((target, iter(ways[target])))
    return done[::-1], back


def _neighbours(rows: Rows) -> tuple[dict[Knot, list[Knot]], dict[Knot, list[Knot]]]:
    above: defaultdict[Knot, list[Knot]] = defaultdict(list)
    below: defaultdict[Knot, list[Knot]] = defaultdict(list)
    for chain in rows.chains.values():
        for upper, lower in pairwise(chain):
            above[lower].append(upper)
            below[upper].append(lower)
    return above, below


def _sweeps(rows: Rows) -> Iterator[tuple[int, dict[Knot, list[Knot]]]]:
    """Rows from above with their upper neighbours, then from below with their lower ones."""
    above, below = _neighbours(rows)
    for _sweep in range(SWEEPS):
        yield from ((row, above) for row in range(1, len(rows.knots)))
        yield from ((row, below) for row in range(len(rows.knots) - 2, -1, -1))


def _order(rows: Rows) -> None:
    """Each knot near the middle of its neighbours, so that few arrows cross."""
    place = {knot: float(n) for row in rows.knots for n, knot in enumerate(row)}
    for row, neighbours in _sweeps(rows):
        wanted = {knot: _mean(neighbours[knot], place, place[knot]) for knot in rows.knots[row]}
        rows.knots[row].sort(key=lambda knot: wanted[knot])
        place.update((knot, float(n)) for n, knot in enumerate(rows.knots[row]))


def _place(rows: Rows, width_of: Callable[[Knot], float], gap: float) -> None:
    for row in rows.knots:
        rows.centres.update(zip(row, _apart([0.0] * len(row), row, width_of, gap), strict=True))
    for row_number, neighbours in _sweeps(rows):
        row = rows.knots[row_number]
        wanted = [_mean(neighbours[knot], rows.centres, rows.centres[knot]) for knot in row]
        rows.centres.update(zip(row, _apart(wanted, row, width_of, gap), strict=True))


def _mean(knots: list[Knot], of: dict[Knot, float], otherwise: float) -> float:
    return sum(of[knot] for knot in knots) / len(knots) if knots else otherwise


def _apart(
    wanted: list[float], row: list[Knot], width_of: Callable[[Knot], float], gap: float
) -> list[float]:
    """As near to what is wanted as the widths allow, by least squares (pooled neighbours)."""
    offset = [0.0]
    for left, right in pairwise(row):
        offset.append(offset[-1] + (width_of(left) + width_of(right)) / 2 + gap)
    pools: list[tuple[float, int]] = []  # mean and size, never falling
    for want, away in zip(wanted, offset, strict=False):
        mean, size = want - away, 1
        while pools and pools[-1][0] >= mean:
            before, count = pools.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        pools.append((mean, size))
    flat = [mean for mean, size in pools for _one in range(size)]
    return [mean + away for mean, away in zip(flat, offset, strict=False)]
