"""A flat list of teams drawn as a tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Branch:
    """A team with the teams directly below it."""

    team: int
    below: tuple[Branch, ...] = ()

    def members(self) -> tuple[int, ...]:
        """This team and all below it."""
        return (self.team, *(team for branch in self.below for team in branch.members()))


def grown(parents: Mapping[int, int | None]) -> tuple[Branch, ...]:
    """The teams as trees, in the order in which they are given at every level.

    Every team stands in it once. A team whose parent is missing, or that would close a loop,
    stands at the top.
    """
    children: defaultdict[int, list[int]] = defaultdict(list)
    tops = [team for team, parent in parents.items() if parent is None or parent not in parents]
    for team, parent in parents.items():
        if parent is not None:
            children[parent].append(team)
    placed: set[int] = set()

    def grow(team: int) -> Branch:
        placed.add(team)
        below = [grow(child) for child in children[team] if child not in placed]
        return Branch(team, tuple(below))

    trees = [grow(team) for team in tops]
    trees += [grow(team) for team in parents if team not in placed]
    return tuple(trees)


def would_loop(*, team: int, under: int | None, parents: Mapping[int, int | None]) -> bool:
    """Whether putting the team under the other would make it part of itself."""
    seen: set[int] = set()
    while under is not None and under not in seen:
        if under == team:
            return True
        seen.add(under)
        under = parents.get(under)
    return False


def in_order(trees: Iterable[Branch], depth: int = 0) -> list[tuple[int, int]]:
    """Each team with its depth, from top to bottom as the tree is read."""
    rows: list[tuple[int, int]] = []
    for branch in trees:
        rows.append((branch.team, depth))
        rows.extend(in_order(branch.below, depth + 1))
    return rows
