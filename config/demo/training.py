"""Walking through modules on somebody's behalf, by the same actions that the pages use."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from config.demo.activities import LASTS, do_activity
from config.demo.moments import moment
from learning.actions import (
    bring_up_to_date,
    complete_attempt,
    finish_step,
    record_answer,
    record_choice,
    record_self_rating,
    start_attempt,
)
from learning.actions.recording import made_in
from learning.models import Assignment, Attempt
from learning.selectors.rotation import modules_of, path_for, round_of
from modules.models import ModulePage
from modules.rules.content import Step
from modules.rules.scenario import play


class Walker:
    """Does modules as a person of some skill would: mostly right, more so each time."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def whole(self, assignment: Assignment, day: date, *, skill: float) -> None:
        """Begin the next module of the path, do every step and finish, on the day."""
        attempt = self.part(assignment, day, steps=None, skill=skill)
        complete_attempt(attempt=attempt, at=moment(day, minutes=40))

    def part(
        self,
        assignment: Assignment,
        day: date,
        *,
        steps: int | None,
        skill: float,
        choices: int = 0,
    ) -> Attempt:
        """Begin and do so many steps (None: all), and in the scenario after them some choices."""
        module = _next_module(assignment, day)
        attempt = start_attempt(assignment=assignment, module=module, at=moment(day))
        minutes = 0
        todo = attempt.module_version.parsed.steps
        for step in todo[:steps]:
            minutes += max(1, step.minutes)
            self._step(attempt, step, moment(day, minutes=minutes), skill)
        if choices and steps is not None:
            at = moment(day, minutes=minutes + 1)
            self._talk(attempt, todo[steps], at, skill, most=choices)
        return attempt

    def _step(self, attempt: Attempt, step: Step, at: datetime, skill: float) -> None:
        doing: dict[str, Callable[[Attempt, Step, datetime, float], None]] = {
            "self_rating": self._rate,
            "scenario": self._talk,
            "knowledge_check": self._answer,
            "h5p": self._do,
        }
        if step.kind in doing:
            doing[step.kind](attempt, step, at, skill)
        if step.kind != "self_rating":
            finish_step(attempt=attempt, step=step, at=at + timedelta(seconds=50))

    def _rate(self, attempt: Attempt, step: Step, at: datetime, skill: float) -> None:
        """Around 4.5 before a first training and 7 after one, as in the national study."""
        middle = 3.5 + 4 * skill + (1.2 if step.occasion == "after" else 0)
        recognising, acting = (
            min(10, max(0, round(self.rng.gauss(middle, 1.1)))) for _question in range(2)
        )
        record_self_rating(
            attempt=attempt, step=step, recognising=recognising, acting=acting, at=at
        )

    def _talk(
        self, attempt: Attempt, step: Step, at: datetime, skill: float, most: int = 20
    ) -> None:
        for number in range(most):
            run = play(step.scenario, made_in(attempt, step)) if step.scenario else None
            if run is None or run.decision is None:
                return
            ranked = sorted(run.offered, key=lambda choice: -choice.points)
            is_strongest = len(ranked) == 1 or self.rng.random() < skill
            place = 0 if is_strongest else self.rng.randrange(1, len(ranked))
            record_choice(
                attempt=attempt,
                step=step,
                node_id=run.decision.id,
                visit=run.visit,
                choice_id=ranked[place].id,
                shown=[choice.id for choice in run.offered],
                at=at + timedelta(seconds=10 * number),
            )

    def _do(self, attempt: Attempt, step: Step, at: datetime, skill: float) -> None:
        """As long before its end as a try takes."""
        do_activity(attempt, step, rng=self.rng, skill=skill, at=at - LASTS)

    def _answer(self, attempt: Attempt, step: Step, at: datetime, skill: float) -> None:
        for number, item in enumerate(step.items):
            right = self.rng.random() < 0.4 + skill / 2
            fitting = [option for option in item.options if option.is_correct is right]
            record_answer(
                attempt=attempt,
                step=step,
                item_id=item.id,
                option_id=self.rng.choice(fitting).id,
                at=at + timedelta(seconds=8 * number),
            )


def _next_module(assignment: Assignment, day: date) -> ModulePage:
    """What the period of that day asks first of all that is not done."""
    bring_up_to_date([assignment.pk], today=day)
    choice = path_for(assignment, assignment.cycles.open().get().path, day)
    assert choice is not None  # noqa: S101 - its programmes have paths
    completed = Attempt.objects.filter(
        cycle__in=round_of(assignment.pk), completed_at__isnull=False
    )
    done = set(completed.values_list("module", flat=True))
    return next(module for module in modules_of(choice.path) if module.pk not in done)
