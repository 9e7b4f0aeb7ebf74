"""Going through a scenario once more. It never counts: nothing here touches the attempt."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from learning.actions.recording import is_new_choice
from learning.errors import NotPossibleHere
from learning.models import Attempt, Replay, ReplayChoice
from learning.rules.talk import made_before
from modules.rules.content import Step
from modules.rules.scenario import Made, Scenario, play


@transaction.atomic
def start_replay(
    *, attempt: Attempt, step: Step, made: Made, node_id: str, visit: int, at: datetime
) -> Replay:
    """Begin again at a decision of a run that has ended; `made` is that whole run.

    One that begins with the same choices and was not played yet is given again, so that a double
    click makes one. The caller has checked that the attempt is the worker's own. Raises
    `NotPossibleHere` when the run goes on, or did not come to the decision.
    """
    run = play(step.scenario, made) if step.scenario else None
    before = made_before(run, node_id, visit) if run and run.ended else None
    if before is None:
        raise NotPossibleHere
    Attempt.objects.select_for_update().get(pk=attempt.pk)  # a double click: one after the other
    played = ReplayChoice.objects.filter(replay=OuterRef("pk"))
    waiting = Replay.objects.filter(~Exists(played), attempt=attempt, step_id=step.id)
    known: Replay | None = next((one for one in waiting if one.before == before), None)
    return known or Replay.objects.create(
        attempt=attempt, step_id=step.id, before=before, started_at=at
    )


def record_replay_choice(
    *,
    replay: Replay,
    scenario: Scenario,
    made: Made,
    node_id: str,
    visit: int,
    choice_id: str,
    shown: Sequence[str],
    seconds: float | None,
    at: datetime,
) -> None:
    """Keep a choice of a replay; `made` is everything chosen so far. As `record_choice` does."""
    if not is_new_choice(scenario, made, node_id, visit, choice_id):
        return
    row = ReplayChoice(
        replay=replay,
        node_id=node_id,
        visit=visit,
        choice_id=choice_id,
        shown=list(shown),
        seconds=seconds,
        at=at,
    )
    ReplayChoice.objects.bulk_create([row], ignore_conflicts=True)
    stands = ReplayChoice.objects.values_list("choice_id", flat=True).get(
        replay=replay, node_id=node_id, visit=visit
    )
    now = {**made, node_id: [*made.get(node_id, ()), stands]}
    is_new_choice(scenario, now, node_id, visit, choice_id)  # another browser may have been first
