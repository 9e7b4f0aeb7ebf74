"""What a step page shows, worked out before the template sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from learning.forms import SelfRatingForm
from learning.presenters.activity import ActivityView
from learning.presenters.talk import Talk
from learning.rules.order import ordered_for
from learning.rules.progress import may_finish, step_slot
from learning.selectors.attempts import AttemptState
from modules.rules.content import Item, Option, Step
from modules.rules.knowledge_check import Marked, mark


@dataclass(frozen=True)
class QuestionView:
    """One question of a check, before or after it was answered."""

    item: Item
    number: int
    total: int
    options: tuple[Option, ...]
    selected: str
    answer: Option | None
    next_number: int | None


@dataclass(frozen=True)
class StepPage:
    state: AttemptState
    step: Step
    number: int
    total: int
    is_done: bool
    may_finish: bool
    talk: Talk | None
    question: QuestionView | None
    marked: Marked | None
    form: SelfRatingForm | None
    was_kept: bool
    activity: ActivityView | None = None

    @property
    def template(self) -> str:
        return f"learning/steps/{self.step.kind}.html"


def step_page(
    state: AttemptState,
    number: int,
    *,
    asked: str,
    kept: Any,
    form: SelfRatingForm | None,
    talk: Talk | None = None,
    activity: ActivityView | None = None,
) -> StepPage:
    """`asked` is the question in the URL; `kept` the form from before signing in again."""
    step = state.content.steps[number - 1]
    made = state.made(step)
    answers = {item: choices[0] for item, choices in made.items()}
    selected = kept.get("choice", "") if kept else ""
    is_done = step_slot(step.id) in state.filled
    return StepPage(
        state=state,
        step=step,
        number=number,
        total=state.progress.total,
        is_done=is_done,
        may_finish=may_finish(step, state.filled, made),
        talk=talk,
        question=_question(state, step, answers, asked, selected),
        marked=mark(step.items, answers) if step.items else None,
        form=_form(step, kept, form, is_done=is_done),
        was_kept=bool(kept),
        activity=activity,
    )


def _form(
    step: Step, kept: Any, form: SelfRatingForm | None, *, is_done: bool
) -> SelfRatingForm | None:
    if step.kind != "self_rating" or is_done:
        return None
    if form is not None:
        return form
    return SelfRatingForm(initial=kept.dict() if kept else None)


def _question(
    state: AttemptState, step: Step, chosen: Mapping[str, str], asked: str, selected: str
) -> QuestionView | None:
    """The question asked for if its turn has come, else the first that is open; None at the end."""
    open_ones = [n for n, item in enumerate(step.items, start=1) if item.id not in chosen]
    first_open = open_ones[0] if open_ones else None
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else first_open
    if number is None or not 1 <= number <= len(step.items):
        number = first_open
    if number is None:
        return None
    if first_open is not None and number > first_open:
        number = first_open
    item = step.items[number - 1]
    answer = item.option(chosen.get(item.id, ""))
    return QuestionView(
        item=item,
        number=number,
        total=len(step.items),
        options=ordered_for(f"{state.attempt.public_id}:{item.id}", item.options),
        selected=selected,
        answer=answer,
        next_number=number + 1 if number < len(step.items) else None,
    )
