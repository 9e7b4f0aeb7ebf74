"""What a finished module showed, for the worker alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from modules.rules.content import ModuleContent
from modules.rules.knowledge_check import Marked, mark
from modules.rules.scenario import Made, play
from modules.rules.scenario_score import Score, score


@dataclass(frozen=True)
class Summary:
    """Titles of steps with what was scored there."""

    scenario_scores: tuple[tuple[str, Score], ...]
    checks: tuple[tuple[str, Marked], ...]


def summarise(content: ModuleContent, made: Mapping[str, Made]) -> Summary:
    """`made` maps each step to its decisions or questions and the choices made there, in order."""
    scores = []
    checks = []
    for step in content.steps:
        here = made.get(step.id, {})
        if step.scenario is not None:
            scores.append((step.title, score(play(step.scenario, here).path)))
        if step.items:
            checks.append(
                (step.title, mark(step.items, {item: answers[0] for item, answers in here.items()}))
            )
    return Summary(scenario_scores=tuple(scores), checks=tuple(checks))
