"""Appending what happens in an attempt. Every place is filled once.

In all of these the caller has checked that the attempt is the worker's own.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from assessments.actions import record_self_rating as add_self_rating
from learning.errors import (
    AlreadyFilled,
    AttemptIsClosed,
    ChoiceStands,
    NotPossibleHere,
    StepsLeft,
)
from learning.models import Attempt, LearningEvent
from learning.rules.choosing import NotOffered, choice_offered, standing
from learning.rules.progress import answer_slot, choice_slot, may_finish, step_slot
from modules.rules.content import Step
from modules.rules.scenario import Made, Scenario


def made_in(attempt: Attempt, step: Step) -> dict[str, list[str]]:
    """The choices made in a scenario: decision to choices, one for each visit. One query."""
    made: defaultdict[str, list[str]] = defaultdict(list)
    events = attempt.events.filter(kind=LearningEvent.Kind.CHOICE, step_id=step.id)
    rows = events.order_by("visit", "pk").values_list("part_id", "choice_id")
    for node_id, choice_id in rows:
        made[node_id].append(choice_id)
    return dict(made)


@transaction.atomic
def record_choice(
    *,
    attempt: Attempt,
    step: Step,
    node_id: str,
    choice_id: str,
    shown: Sequence[str],
    at: datetime,
    visit: int = 1,
    seconds: float | None = None,
) -> None:
    """Keep a choice in a scenario. The same choice at the same visit again changes nothing.

    `shown` is the order in which the choices stood; `seconds` how long the worker had the decision
    before them, None when that is not known. Raises `ChoiceStands` when another choice stands
    there, `NotPossibleHere` when the decision is not the one that the conversation has come to or
    the choice is not offered there, `AttemptIsClosed`.
    """
    _refuse_closed(attempt)
    if not is_new_choice(step.scenario, made_in(attempt, step), node_id, visit, choice_id):
        return
    try:
        _append(
            attempt,
            choice_slot(step.id, node_id, visit),
            at,
            kind=LearningEvent.Kind.CHOICE,
            step_id=step.id,
            part_id=node_id,
            choice_id=choice_id,
            visit=visit,
            shown=list(shown),
            seconds=seconds,
        )
    except AlreadyFilled:  # by another browser, just now
        is_new_choice(step.scenario, made_in(attempt, step), node_id, visit, choice_id)
        raise


def is_new_choice(
    scenario: Scenario | None, made: Made, node_id: str, visit: int, choice_id: str
) -> bool:
    """Whether the choice still has to be kept; False when it stands already.

    Raises `ChoiceStands` and `NotPossibleHere`.
    """
    if scenario is None:
        raise NotPossibleHere
    stands = standing(made, node_id, visit)
    if stands is not None and stands != choice_id:
        node = scenario.node(node_id)
        choice = node.choice(stands) if node else None
        raise ChoiceStands(choice=choice.text if choice else "")
    if stands is None:
        try:
            choice_offered(scenario, made, node_id, visit, choice_id)
        except NotOffered:
            raise NotPossibleHere from None
    return stands is None


@transaction.atomic
def record_answer(
    *, attempt: Attempt, step: Step, item_id: str, option_id: str, at: datetime
) -> None:
    """Keep the answer to a question. Raises as `record_choice` does."""
    _refuse_closed(attempt)
    item = next((item for item in step.items if item.id == item_id), None)
    if item is None or option_id not in {option.id for option in item.options}:
        raise NotPossibleHere
    _append(
        attempt,
        answer_slot(step.id, item_id),
        at,
        kind=LearningEvent.Kind.ANSWER,
        step_id=step.id,
        part_id=item_id,
        choice_id=option_id,
    )


@transaction.atomic
def record_self_rating(
    *,
    attempt: Attempt,
    step: Step,
    recognising: int | None,
    acting: int | None,
    at: datetime,
) -> None:
    """Keep a self-rating (both None: skipped) and finish its step. A second one changes nothing."""
    Attempt.objects.select_for_update().get(pk=attempt.pk)  # two browsers: one rating
    _refuse_closed(attempt)
    if attempt.events.filter(slot=step_slot(step.id)).exists():
        return
    rating = add_self_rating(
        user=attempt.worker,
        occasion=step.occasion,
        recognising=recognising,
        acting=acting,
        at=at,
    )
    _append(
        attempt,
        step_slot(step.id),
        at,
        kind=LearningEvent.Kind.SELF_RATING,
        step_id=step.id,
        self_rating=rating,
    )


@transaction.atomic
def finish_step(*, attempt: Attempt, step: Step, at: datetime) -> None:
    """Mark a step as done. Raises `StepsLeft` while the scenario or the questions go on."""
    slots = set(attempt.events.values_list("slot", flat=True))
    if step_slot(step.id) in slots:
        return
    _refuse_closed(attempt)
    if step.kind == "self_rating" or not may_finish(step, slots, made_in(attempt, step)):
        raise StepsLeft
    _append(
        attempt,
        step_slot(step.id),
        at,
        kind=LearningEvent.Kind.STEP_DONE,
        step_id=step.id,
    )


def _refuse_closed(attempt: Attempt) -> None:
    if attempt.completed_at is not None:
        raise AttemptIsClosed


def _append(attempt: Attempt, slot: str, at: datetime, **fields: Any) -> None:
    """Fill the place if it is free. Who comes second with something else is told."""
    event = LearningEvent(
        attempt=attempt, module_version_id=attempt.module_version_id, slot=slot, at=at, **fields
    )
    LearningEvent.objects.bulk_create([event], ignore_conflicts=True)
    stands = LearningEvent.objects.values_list("choice_id", flat=True).get(
        attempt=attempt, slot=slot
    )
    if stands != event.choice_id:
        raise AlreadyFilled
