"""What a finished module showed, for the worker alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from modules.rules.content import ModuleContent
from modules.rules.knowledge_check import Marked, mark
from modules.rules.scenario import Score, play, score


@dataclass(frozen=True)
class Summary:
    """Titles of steps with what was scored there."""

    scenario_scores: tuple[tuple[str, Score], ...]
    checks: tuple[tuple[str, Marked], ...]


def summarise(content: ModuleContent, chosen: Mapping[str, Mapping[str, str]]) -> Summary:
    """`chosen` maps each step to its decisions or questions and the choices made there."""
    scores = []
    checks = []
    for step in content.steps:
        here = chosen.get(step.id, {})
        if step.scenario is not None:
            scores.append((step.title, score(step.scenario, play(step.scenario, here).path)))
        if step.items:
            checks.append((step.title, mark(step.items, here)))
    return Summary(scenario_scores=tuple(scores), checks=tuple(checks))
