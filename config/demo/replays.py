"""Going through a conversation once more on somebody's behalf, by the actions of the pages."""

from datetime import datetime, timedelta

from learning.actions.recording import made_in
from learning.actions.replaying import record_replay_choice, start_replay
from learning.models import Attempt
from modules.rules.scenario import Made, play


def try_again(attempt: Attempt, *, at: datetime) -> None:
    """The first conversation of the module from its first decision, each time as well as can be."""
    step = next(one for one in attempt.module_version.parsed.steps if one.scenario is not None)
    assert step.scenario is not None  # noqa: S101 - chosen so
    first_run = made_in(attempt, step)
    [decision, _choice], *_later = play(step.scenario, first_run).path
    replay = start_replay(
        attempt=attempt, step=step, made=first_run, node_id=decision.id, visit=1, at=at
    )
    made: Made = replay.before
    while (run := play(step.scenario, made)).decision is not None:
        at += timedelta(seconds=40)
        strongest = max(run.offered, key=lambda choice: choice.points)
        record_replay_choice(
            replay=replay,
            scenario=step.scenario,
            made=made,
            node_id=run.decision.id,
            visit=run.visit,
            choice_id=strongest.id,
            shown=[choice.id for choice in run.offered],
            seconds=40,
            at=at,
        )
        made = {**made, run.decision.id: [*made.get(run.decision.id, ()), strongest.id]}
