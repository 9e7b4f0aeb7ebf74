"""A replay of a scenario, and the replays of one."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Exists, OuterRef

from learning.models import Attempt, LearningEvent, Replay, ReplayChoice
from modules.rules.content import ModuleContent, Step
from modules.rules.scenario import Made, Play, Scenario, play
from organisations.access import Access

MOST_LISTED = 10


@dataclass(frozen=True)
class ReplayState:
    """Where one replay stands."""

    replay: Replay
    content: ModuleContent
    step: Step
    scenario: Scenario
    own: tuple[tuple[str, str], ...]  # (decision, choice) made in it, visits in order

    @property
    def attempt(self) -> Attempt:
        return self.replay.attempt

    @property
    def number(self) -> int:
        """The place of the step in the module, from 1."""
        return self.content.steps.index(self.step) + 1

    @cached_property
    def made(self) -> Made:
        """What was chosen before it and in it."""
        found = defaultdict(list, {node: list(made) for node, made in self.replay.before.items()})
        for node_id, choice in self.own:
            found[node_id].append(choice)
        return dict(found)

    @cached_property
    def run(self) -> Play:
        return play(self.scenario, self.made)

    @cached_property
    def first_run(self) -> Play:
        """The run that counts. One query."""
        made: defaultdict[str, list[str]] = defaultdict(list)
        choices = LearningEvent.objects.filter(
            attempt=self.attempt, kind=LearningEvent.Kind.CHOICE, step_id=self.step.id
        )
        for node_id, choice in choices.order_by("visit", "pk").values_list("part_id", "choice_id"):
            made[node_id].append(choice)
        return play(self.scenario, made)

    def with_choice(self, node_id: str, visit: int, choice: str) -> "ReplayState":
        """As it stands now that the choice was kept, without asking again."""
        if len(self.made.get(node_id, ())) >= visit:
            return self
        return replace(self, own=(*self.own, (node_id, choice)))


def replay_state(access: Access, public_id: str) -> ReplayState | None:
    """The person's own replay by its public identifier; None for anybody else's. Two queries."""
    replay = (
        Replay.objects.visible_to(access)
        .select_related("attempt__module_version")
        .defer("attempt__module_version__content")
        .filter(public_id=public_id)
        .first()
    )
    if replay is None:
        return None
    content = replay.attempt.module_version.parsed
    step = content.step(replay.step_id)
    if step is None or step.scenario is None:
        return None
    choices = ReplayChoice.objects.filter(replay=replay).order_by("visit", "pk")
    own = tuple(choices.values_list("node_id", "choice_id"))
    return ReplayState(replay, content, step, step.scenario, own)


def latest_replays(attempt: Attempt, step: Step) -> list[Replay]:
    """The last ten in which something was chosen, the newest first. One query."""
    played = ReplayChoice.objects.filter(replay=OuterRef("pk"))
    replays = Replay.objects.filter(Exists(played), attempt=attempt, step_id=step.id)
    return list(replays.order_by("-started_at", "-pk")[:MOST_LISTED])
