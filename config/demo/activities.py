"""Doing an H5P activity on somebody's behalf: told as our own content type tells it."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from learning.actions.activities import begin_run, take_statement
from learning.models import ActivityRun, Attempt
from learning.rules.statements import message_in
from modules.compile import compile_scenario
from modules.models import Scenario
from modules.rules.content import Step
from modules.rules.scenario import Path, Play, play
from modules.rules.scenario_score import score

LASTS = timedelta(minutes=4)
SOURCE = "het-pakketje"  # the scenario that the demo brings in again, as H5P


def do_activity(
    attempt: Attempt, step: Step, *, rng: Random, skill: float, at: datetime
) -> ActivityRun:
    """One try to its end, by the actions of the page."""
    tries = ActivityRun.objects.of_step(attempt, step.id)
    latest = tries.last()
    run = begin_run(attempt=attempt, step=step, nonce=latest.nonce if latest else "", at=at)
    road = _road(rng, skill).path
    body = {"nonce": run.nonce, "sequence": 1, "statement": _completed(road)}
    return take_statement(run=run, message=message_in(body), at=at + LASTS).run


def _road(rng: Random, skill: float) -> Play:
    scenario = compile_scenario(Scenario.objects.get(slug=SOURCE))
    made: dict[str, list[str]] = {}
    while (run := play(scenario, made)).decision is not None:
        ranked = sorted(run.offered, key=lambda choice: -choice.points)
        is_strongest = len(ranked) == 1 or rng.random() < skill
        chosen = ranked[0 if is_strongest else rng.randrange(1, len(ranked))]
        made.setdefault(run.decision.id, []).append(chosen.id)
    return run


def _completed(road: Path) -> dict[str, Any]:
    earned = score(road)
    return {
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"id": f"urn:opmerkzaam:h5p:{SOURCE}"},
        "result": {
            "completion": True,
            "score": {"raw": earned.earned, "max": earned.attainable},
            "response": "[,]".join(f"{node.id}[.]{choice.id}" for node, choice in road),
        },
    }
