"""The shapes of a drawn scenario: each kind of moment has its own, and says its kind in a word."""

from dataclasses import dataclass

from modules.rules.scenario import Node

BOX_WIDTH, BOX_HEIGHT = 184, 62
MOST_LETTERS = 24


@dataclass(frozen=True)
class Box:
    node: Node
    x: int
    y: int

    @property
    def middle(self) -> int:
        return self.x + BOX_WIDTH // 2

    @property
    def right(self) -> int:
        return self.x + BOX_WIDTH

    @property
    def label(self) -> str:
        name = self.node.id
        return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"

    @property
    def outline(self) -> str:
        """The shape tells the kind, as the word in it does."""
        return _outline(self.node.kind, self.x, self.y)


def _outline(kind: str, x: int, y: int) -> str:
    w, h = BOX_WIDTH, BOX_HEIGHT
    right, bottom, half = x + w, y + h, y + h // 2
    if kind == "decision":
        return (
            f"M{x} {half}L{x + 16} {y}H{right - 16}L{right} {half}L{right - 16} {bottom}H{x + 16}Z"
        )
    if kind == "end":
        r = h // 2
        return (
            f"M{x + r} {y}H{right - r}A{r} {r} 0 0 1 {right - r} {bottom}"
            f"H{x + r}A{r} {r} 0 0 1 {x + r} {y}Z"
        )
    if kind == "turn":
        return (
            f"M{x + 10} {y}H{right - 10}Q{right} {y} {right} {y + 10}V{bottom - 10}"
            f"Q{right} {bottom} {right - 10} {bottom}H{x + 10}Q{x} {bottom} {x} {bottom - 10}"
            f"V{half + 8}L{x - 10} {half}L{x} {half - 8}V{y + 10}Q{x} {y} {x + 10} {y}Z"
        )
    if kind == "debrief":
        return (
            f"M{x} {y}H{right}V{bottom - 14}L{right - 14} {bottom}H{x}Z"
            f"M{right} {bottom - 14}H{right - 14}V{bottom}"
        )
    return f"M{x} {y}H{right}V{bottom}H{x}Z"
