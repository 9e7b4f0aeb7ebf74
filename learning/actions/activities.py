"""Tries of H5P activities: begun, told about, ended once. Practice: nothing here certifies.

In all of these the caller has checked that the attempt or the try is the worker's own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils.crypto import constant_time_compare

from learning.actions.ending import end_run
from learning.errors import AttemptIsClosed, NotPossibleHere
from learning.errors_activities import (
    SequenceTaken,
    StateIsOld,
    TooFast,
    TooManyTries,
    TryIsAnother,
    TryIsClosed,
    TryIsFull,
)
from learning.models import ActivityRun, ActivityState, ActivityStatement, Attempt, LearningEvent
from learning.rules.activity_results import MOST_A_MINUTE, MOST_STATEMENTS, MOST_TRIES
from learning.rules.progress import activity_slot, step_slot
from learning.rules.statements import Message
from modules.models import H5PVersion
from modules.rules.content import Step

BY_HAND = "by_hand"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Taken:
    """What became of a statement. Not kept: the try had ended, and nothing changed."""

    run: ActivityRun
    kept: bool


@transaction.atomic
def begin_run(*, attempt: Attempt, step: Step, nonce: str, at: datetime) -> ActivityRun:
    """A further try when the latest has ended; the open one when there is one.

    `nonce` is that of the latest try, so that the same post twice makes one. Raises `TryIsAnother`
    when it is not, `TryIsClosed`, `TooManyTries`, `NotPossibleHere`.
    """
    if step.activity is None:
        raise NotPossibleHere
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.completed_at is not None:
        raise TryIsClosed
    tries = ActivityRun.objects.of_step(attempt, step.id).defer("report")
    latest: ActivityRun | None = tries.last()
    if latest is not None and latest.ended_at is None:
        return latest
    if latest is not None and not constant_time_compare(nonce, latest.nonce):
        raise TryIsAnother
    number = latest.number + 1 if latest is not None else 1
    if number > MOST_TRIES:
        raise TooManyTries(most=MOST_TRIES)
    version = H5PVersion.objects.only("pk").get(public_id=step.activity.version)
    return ActivityRun.objects.create(
        attempt=attempt, step_id=step.id, version=version, number=number, started_at=at
    )


@transaction.atomic
def take_statement(*, run: ActivityRun, message: Message, at: datetime) -> Taken:
    """Keep what was told, and end the try at the first statement that decides.

    The same again changes nothing and gives the same. After the end nothing is kept. Raises
    `TryIsAnother`, `TryIsClosed`, `SequenceTaken`, `TryIsFull`, `TooFast`, and `MessageOdd` for an
    answer that the content does not allow: then the try stays open.
    """
    run = _locked(run, message.nonce)
    so_far = _so_far(run, message.sequence, at)
    if so_far["fingerprint"] == message.fingerprint:
        return Taken(run, kept=True)
    if run.attempt.completed_at is not None:
        raise TryIsClosed
    if run.ended_at is not None:
        return Taken(run, kept=False)
    _refuse_what_does_not_fit(so_far, message, at)
    told = message.told
    ActivityStatement.objects.create(
        run=run,
        sequence=message.sequence,
        fingerprint=message.fingerprint,
        verb=told.verb,
        sub_content_id=told.sub_content_id,
        is_child=told.is_child,
        raw=told.raw,
        maximum=told.maximum,
        scaled=told.scaled,
        success=told.success,
        completion=told.completion,
        response=told.response or "",
        duration=told.duration,
        at=at,
    )
    if told.decides:
        end_run(run=run, message=message, at=at)
    return Taken(run, kept=True)


@transaction.atomic
def keep_state(*, run: ActivityRun, nonce: str, version: str, state: str, at: datetime) -> bool:
    """Where somebody is, in the place of where they were. False when the try has ended.

    `version` is the public identifier of what is played. Raises `TryIsAnother`, `TryIsClosed`,
    `StateIsOld`.
    """
    run = _locked(run, nonce)
    if run.attempt.completed_at is not None:
        raise TryIsClosed
    if version != run.version.public_id:
        raise StateIsOld
    if run.ended_at is not None:
        return False
    row = ActivityState(run=run, version_id=run.version_id, state=state, saved_at=at)
    ActivityState.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["run"],
        update_fields=["version", "state", "saved_at"],
    )
    return True


@transaction.atomic
def finish_by_hand(*, attempt: Attempt, step: Step, at: datetime) -> None:
    """Mark the step as done because the worker says so. It is never a result.

    For what tells nothing the ordinary way; elsewhere nobody is held up by an activity that does
    not tell its end. Once a try has ended it is finished as any other step.
    """
    if step.kind != "h5p":
        raise NotPossibleHere
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    slots = set(attempt.events.filter(step_id=step.id).values_list("slot", flat=True))
    if step_slot(step.id) in slots:
        return
    if attempt.completed_at is not None:
        raise AttemptIsClosed
    has_result = activity_slot(step.id, 1) in slots
    event = LearningEvent(
        attempt=attempt,
        module_version_id=attempt.module_version_id,
        slot=step_slot(step.id),
        kind=LearningEvent.Kind.STEP_DONE,
        step_id=step.id,
        choice_id="" if has_result else BY_HAND,
        at=at,
    )
    LearningEvent.objects.bulk_create([event], ignore_conflicts=True)


def _locked(run: ActivityRun, nonce: str) -> ActivityRun:
    """As it is now; nobody else changes it, or closes its attempt, until this is over."""
    locked: ActivityRun = (
        ActivityRun.objects.select_for_update(of=("self", "attempt"))
        .select_related("attempt__module_version", "version")
        .defer(
            "report",
            "attempt__module_version__content",
            "version__description",
            "version__files",
            "version__load_order",
        )
        .get(pk=run.pk)
    )
    if not constant_time_compare(nonce, locked.nonce):
        raise TryIsAnother
    return locked


def _so_far(run: ActivityRun, sequence: int, at: datetime) -> dict[str, Any]:
    """What was told in this try, in one query; and the fingerprint of what has this number."""
    lately = Q(at__gt=at - MINUTE)
    return run.statements.aggregate(
        count=Count("pk"),
        last=Max("sequence"),
        lately=Count("pk", filter=lately),
        since=Min("at", filter=lately),
        fingerprint=Max("fingerprint", filter=Q(sequence=sequence)),
    )


def _refuse_what_does_not_fit(so_far: dict[str, Any], message: Message, at: datetime) -> None:
    if so_far["fingerprint"] is not None:
        raise SequenceTaken(free=so_far["last"] + 1)
    if message.told.decides:  # whatever came before, a result is not lost
        return
    if so_far["count"] >= MOST_STATEMENTS - 1:
        raise TryIsFull
    if so_far["lately"] >= MOST_A_MINUTE:
        wait = MINUTE - (at - so_far["since"])
        raise TooFast(seconds=max(1, ceil(wait.total_seconds())))
