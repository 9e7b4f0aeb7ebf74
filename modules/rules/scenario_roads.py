"""The best and the worst road through a scenario, whatever loops it has.

Forward search over what decides how a road goes on: the node, and which choices were made at the
decisions that can still be met. Of roads that stand the same with the same points one is kept.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from modules.rules.scenario import Choice, Node, Path, Scenario, offered, play
from modules.rules.scenario_score import score

MOST_STATES = 20_000  # about a fifth of a second

Uses = tuple[tuple[str, tuple[str, ...]], ...]  # decision to choices made there since all were


@dataclass(frozen=True)
class Road:
    path: Path
    earned: int
    attainable: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when the road meets no decision."""
        return self.earned / self.attainable if self.attainable else None


@dataclass(frozen=True)
class Roads:
    """The shortest best and worst road to an end; None where there is none."""

    best: Road | None
    worst: Road | None
    is_complete: bool  # False when there were too many to look at all of them


@dataclass(frozen=True)
class _State:
    """Somewhere on a road. Uses tell who was met: a decision stays in them once it was."""

    node_id: str
    uses: Uses
    earned: int
    attainable: int


_Step = tuple[_State, Node, Choice | None]


class _Search:
    def __init__(self, scenario: Scenario, most: int) -> None:
        self.scenario = scenario
        self.most = most
        self.came_by: dict[_State, _Step | None] = {}
        self.is_complete = True

    @cached_property
    def ahead(self) -> dict[str, frozenset[str]]:
        """Per node the decisions that can still be met, the node itself included."""
        decisions = {
            node.id: {node.id} if node.kind == "decision" else set() for node in self.scenario.nodes
        }
        changed = True
        while changed:
            changed = False
            for node in self.scenario.nodes:
                found = decisions[node.id]
                reached = {one for target in node.targets for one in decisions.get(target, ())}
                if not reached <= found:
                    found |= reached
                    changed = True
        return {node_id: frozenset(found) for node_id, found in decisions.items()}

    def ends(self) -> Iterator[_State]:
        """States at an end, those reached in the fewest steps first."""
        if self.scenario.node(self.scenario.start) is None:
            return
        first = _State(self.scenario.start, (), 0, 0)
        self.came_by[first] = None
        waiting = deque([first])
        while waiting:
            state = waiting.popleft()
            node = self.scenario.node(state.node_id)
            if node is None:
                continue
            if node.kind == "end":
                yield state
                continue
            for following, choice in self._after(state, node):
                if following in self.came_by:
                    continue
                if len(self.came_by) >= self.most:
                    self.is_complete = False
                    return
                self.came_by[following] = (state, node, choice)
                waiting.append(following)

    def _after(self, state: _State, node: Node) -> Iterator[tuple[_State, Choice | None]]:
        if node.kind != "decision":
            yield self._at(node.next or "", dict(state.uses), state.earned, state.attainable), None
            return
        uses = dict(state.uses)
        is_first = node.id not in uses
        made = uses.get(node.id, ())
        for choice in offered(node, made):
            now = (*made, choice.id)
            if len(now) == len(node.choices):
                now = ()  # all were made: it begins anew, but the decision was met
            earned = state.earned + (choice.points if is_first else 0)
            attainable = state.attainable + (node.best_points if is_first else 0)
            yield self._at(choice.next, {**uses, node.id: now}, earned, attainable), choice

    def _at(
        self, node_id: str, uses: dict[str, tuple[str, ...]], earned: int, attainable: int
    ) -> _State:
        """What was done at decisions that cannot be met again no longer matters."""
        ahead = self.ahead.get(node_id, frozenset())
        kept = tuple(
            sorted((name, tuple(sorted(made))) for name, made in uses.items() if name in ahead)
        )
        return _State(node_id, kept, earned, attainable)

    def road_to(self, end: _State) -> Road:
        path: list[tuple[Node, Choice]] = []
        step = self.came_by[end]
        while step is not None:
            state, node, choice = step
            if choice is not None:
                path.append((node, choice))
            step = self.came_by[state]
        return Road(tuple(reversed(path)), end.earned, end.attainable)


def roads(scenario: Scenario, *, most_states: int = MOST_STATES) -> Roads:
    """The best and the worst share that somebody can come to an end with, and by which choices.

    `path` of a best road without faults has the share 1, also where there were too many roads to
    look at all of them; the worst is then the worst that was found. Roads without a decision count
    last.
    """
    search = _Search(scenario, most_states)
    found = list(search.ends())
    scored = [end for end in found if end.attainable] or found
    best = max(scored, key=_share, default=None)
    worst = min(scored, key=_share, default=None)
    return Roads(
        best=(search.road_to(best) if best else None)
        if search.is_complete
        else strongest_road(scenario),
        worst=search.road_to(worst) if worst else None,
        is_complete=search.is_complete,
    )


def strongest_road(scenario: Scenario) -> Road | None:
    """The strongest choice at each decision when it is first met, then the nearest way to an end.

    None where that comes to no end, which a scenario without faults always does.
    """
    nearness = _steps_to_an_end(scenario)
    made: dict[str, list[str]] = {}
    for _choice in range(MOST_STATES):
        run = play(scenario, made)
        if run.ended:
            result = score(run.path)
            return Road(run.path, result.earned, result.attainable)
        if run.decision is None:
            return None
        is_first = run.visit == 1
        chosen = min(
            run.offered,
            key=lambda choice: (
                -choice.points if is_first else 0,
                nearness.get(choice.next, len(nearness)),
            ),
        )
        made.setdefault(run.decision.id, []).append(chosen.id)
    return None


def _steps_to_an_end(scenario: Scenario) -> dict[str, int]:
    """How many moments lie between each and the nearest end, for those that have one."""
    steps = {node.id: 0 for node in scenario.nodes if node.kind == "end"}
    for _round in scenario.nodes:
        for node in scenario.nodes:
            after = [steps[target] for target in node.targets if target in steps]
            if after and node.kind != "end":
                steps[node.id] = min(steps.get(node.id, len(scenario.nodes)), 1 + min(after))
    return steps


def _share(end: _State) -> float:
    return end.earned / end.attainable if end.attainable else 0
