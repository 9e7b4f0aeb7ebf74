"""Appending what happens in an attempt. Every place is filled once.

In all of these the caller has checked that the attempt is the worker's own.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from assessments.actions import record_self_rating as add_self_rating
from learning.errors import AlreadyFilled, AttemptIsClosed, NotPossibleHere, StepsLeft
from learning.models import Attempt, LearningEvent
from learning.rules.progress import answer_slot, choice_slot, may_finish, step_slot
from modules.rules.content import Step
from modules.rules.scenario import play


def chosen_in(attempt: Attempt, step: Step) -> dict[str, str]:
    """The choices made in a scenario: decision to choice. One query."""
    events = attempt.events.filter(kind=LearningEvent.Kind.CHOICE, step_id=step.id)
    return dict(events.values_list("part_id", "choice_id"))


@transaction.atomic
def record_choice(
    *,
    attempt: Attempt,
    step: Step,
    node_id: str,
    choice_id: str,
    shown: Sequence[str],
    at: datetime,
) -> None:
    """Keep a choice in a scenario. The same choice again changes nothing.

    Raises `AlreadyFilled` when another choice stands there, `NotPossibleHere` when the decision is
    not the one that the conversation has come to, `AttemptIsClosed`.
    """
    _refuse_closed(attempt)
    chosen = chosen_in(attempt, step)
    if node_id in chosen:
        if chosen[node_id] != choice_id:
            raise AlreadyFilled
        return
    decision = play(step.scenario, chosen).decision if step.scenario else None
    if decision is None or decision.id != node_id:
        raise NotPossibleHere
    if choice_id not in {choice.id for choice in decision.choices}:
        raise NotPossibleHere
    _append(
        attempt,
        choice_slot(step.id, node_id),
        at,
        kind=LearningEvent.Kind.CHOICE,
        step_id=step.id,
        part_id=node_id,
        choice_id=choice_id,
        shown=list(shown),
    )


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
    if step.kind == "self_rating" or not may_finish(step, slots, chosen_in(attempt, step)):
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
