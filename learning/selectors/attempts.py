"""An attempt with what happened in it, in the two queries that a step page can afford."""

from dataclasses import dataclass, replace
from functools import cached_property

from learning.models import Attempt, LearningEvent
from learning.rules.progress import Progress, choice_slot, progress
from learning.rules.summary import Summary, summarise
from modules.rules.content import ModuleContent, Step
from modules.rules.scenario import Made, Play, play
from organisations.access import Access


@dataclass(frozen=True)
class AttemptState:
    """Where one attempt stands."""

    attempt: Attempt
    content: ModuleContent
    filled: dict[str, tuple[str, str, str]]  # slot -> (step, part, choice), visits in order

    @cached_property
    def progress(self) -> Progress:
        return progress(self.content, self.filled)

    @property
    def is_closed(self) -> bool:
        return self.attempt.completed_at is not None

    def made(self, step: Step) -> Made:
        """What was chosen in the step: decision or question to choices, one for each visit."""
        return self._made.get(step.id, {})

    def run(self, step: Step) -> Play | None:
        """How far the conversation of a step is; None where it has none."""
        return play(step.scenario, self.made(step)) if step.scenario else None

    def with_choice(self, step: Step, node_id: str, visit: int, choice: str) -> "AttemptState":
        """As it stands now that the choice was kept, without asking again."""
        slot = choice_slot(step.id, node_id, visit)
        return replace(self, filled={**self.filled, slot: (step.id, node_id, choice)})

    @cached_property
    def _made(self) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        for step, part, choice in self.filled.values():
            if part:
                found.setdefault(step, {}).setdefault(part, []).append(choice)
        return found

    @property
    def summary(self) -> Summary:
        """What was shown in the steps that have something to score."""
        return summarise(self.content, self._made)


def attempt_state(access: Access, public_id: str) -> AttemptState | None:
    """The person's own attempt by its public identifier; None for anybody else's."""
    attempt = (
        Attempt.objects.visible_to(access)
        .select_related("module_version", "cycle")
        .defer("module_version__content")
        .filter(public_id=public_id)
        .first()
    )
    if attempt is None:
        return None
    events = LearningEvent.objects.filter(attempt=attempt).order_by("visit", "at", "pk")
    rows = events.values_list("slot", "step_id", "part_id", "choice_id")
    return AttemptState(
        attempt=attempt,
        content=attempt.module_version.parsed,
        filled={slot: (step, part, choice) for slot, step, part, choice in rows},
    )
