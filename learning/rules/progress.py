"""How far somebody is in a module, from the places that were filled."""

from collections.abc import Collection
from dataclasses import dataclass

from modules.rules.content import ModuleContent, Step
from modules.rules.scenario import Made, play


def step_slot(step_id: str) -> str:
    return f"step:{step_id}"


def choice_slot(step_id: str, node_id: str, visit: int = 1) -> str:
    """Coming back to a decision is another place to fill."""
    return f"choice:{step_id}:{node_id}" + (f":{visit}" if visit > 1 else "")


def answer_slot(step_id: str, item_id: str) -> str:
    return f"answer:{step_id}:{item_id}"


def activity_slot(step_id: str, number: int) -> str:
    """A try of an H5P activity that ended."""
    return f"activity:{step_id}:{number}"


@dataclass(frozen=True)
class Progress:
    """Where somebody is: `current` counts from 0 and equals `total` when every step is done."""

    current: int
    total: int
    minutes_left: int

    @property
    def is_finished(self) -> bool:
        return self.current >= self.total


def progress(content: ModuleContent, slots: Collection[str]) -> Progress:
    """The first step that is not done yet, and about how many minutes remain."""
    waiting = steps_left(content, slots)
    total = len(content.steps)
    current = content.steps.index(waiting[0]) if waiting else total
    return Progress(
        current=current, total=total, minutes_left=sum(step.minutes for step in waiting)
    )


def steps_left(content: ModuleContent, slots: Collection[str]) -> list[Step]:
    """Steps not yet done, in order."""
    return [step for step in content.steps if step_slot(step.id) not in slots]


def may_finish(step: Step, slots: Collection[str], made: Made) -> bool:
    """Whether the step asks nothing more: the scenario has ended, every question is answered.

    An activity that reports nothing is finished by hand.
    """
    if step.kind == "scenario" and step.scenario is not None:
        return play(step.scenario, made).ended
    if step.kind == "h5p" and step.activity is not None and step.activity.reports_scores:
        return activity_slot(step.id, 1) in slots
    if step.kind == "knowledge_check":
        return all(answer_slot(step.id, item.id) in slots for item in step.items)
    return True
