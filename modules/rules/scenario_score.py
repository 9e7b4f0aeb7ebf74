"""What a road through a scenario earns. An exported package carries the same rules."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from modules.rules.scenario import Choice, Node


@dataclass(frozen=True)
class Score:
    """Points on the path taken, beside the best that the same decisions could have given."""

    earned: int
    attainable: int
    per_competency: dict[str, float]  # share per code, of the decisions that ask for it

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when no decision was met."""
        return self.earned / self.attainable if self.attainable else None


def score(path: Iterable[tuple[Node, Choice]]) -> Score:
    """Points earned over the best that could be earned at the decisions met, first visits only.

    A longer road is no better or worse: only shares are compared. A competency likewise: a
    decision asks for it when one of its choices shows it; the best of those is what could be
    earned, the choice made earns its points when it is one of them.
    """
    earned = attainable = 0
    shown: defaultdict[str, int] = defaultdict(int)
    asked: defaultdict[str, int] = defaultdict(int)
    met: set[str] = set()
    for node, choice in path:
        if node.id in met:
            continue
        met.add(node.id)
        earned += choice.points
        attainable += node.best_points
        for code, best in _asked_at(node).items():
            asked[code] += best
            shown[code] += choice.points if code in choice.competencies else 0
    shares = {code: shown[code] / best for code, best in sorted(asked.items()) if best}
    return Score(earned=earned, attainable=attainable, per_competency=shares)


def _asked_at(node: Node) -> dict[str, int]:
    """The most points that each competency could earn at a decision."""
    best: dict[str, int] = {}
    for choice in node.choices:
        for code in choice.competencies:
            best[code] = max(best.get(code, 0), choice.points)
    return best
