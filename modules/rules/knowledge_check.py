"""Marking the questions of a knowledge check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from modules.rules.content import Item


@dataclass(frozen=True)
class Marked:
    """How many of the questions were answered right. Unanswered ones are among the wrong."""

    right: int
    total: int
    right_ids: tuple[str, ...]
    wrong_ids: tuple[str, ...]
    unanswered_ids: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when there are no questions."""
        return self.right / self.total if self.total else None


def mark(items: Iterable[Item], answers: Mapping[str, str]) -> Marked:
    """Mark the answers (item id to option id). Answers to other questions are left aside."""
    right: list[str] = []
    wrong: list[str] = []
    unanswered: list[str] = []
    for item in items:
        option = item.option(answers.get(item.id, ""))
        if option is None:
            unanswered.append(item.id)
        (right if option is not None and option.is_correct else wrong).append(item.id)
    return Marked(
        right=len(right),
        total=len(right) + len(wrong),
        right_ids=tuple(right),
        wrong_ids=tuple(wrong),
        unanswered_ids=tuple(unanswered),
    )
