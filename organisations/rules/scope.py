"""Which teams fall under a team."""

from collections import defaultdict
from collections.abc import Iterable, Mapping


def with_subteams(roots: Iterable[int], parents: Mapping[int, int | None]) -> frozenset[int]:
    """The given teams and all teams below them.

    `parents` maps each team to the team it belongs to, or None. A loop in the tree ends the walk
    instead of going round.
    """
    children: defaultdict[int, list[int]] = defaultdict(list)
    for team, parent in parents.items():
        if parent is not None:
            children[parent].append(team)
    found: set[int] = set()
    waiting = [team for team in roots if team in parents]
    while waiting:
        team = waiting.pop()
        if team not in found:
            found.add(team)
            waiting.extend(children[team])
    return frozenset(found)
