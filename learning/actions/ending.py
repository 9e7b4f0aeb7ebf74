"""The end of a try of an H5P activity, and its result: scored again here where that can be."""

from datetime import datetime

from learning.actions.counting import count_refusal
from learning.errors_activities import MessageOdd
from learning.models import ActivityRun, ActivityState, LearningEvent
from learning.rules.activity_results import disagrees
from learning.rules.progress import activity_slot
from learning.rules.reports import kept_of
from learning.rules.statements import Message, Told, share
from modules.packages.content import content_of
from modules.rules.h5p_scoring import Answer, AnswerNotAllowed, Rescored, rescored

SCORE_DISAGREES = "SCORE_DISAGREES"


def end_run(*, run: ActivityRun, message: Message, at: datetime) -> None:
    """Give the try its result. The caller holds its row and has kept the statement.

    Raises `MessageOdd` for an answer that the content does not allow.
    """
    told = message.told
    computed = _scored_again(run, message)
    if computed is None:
        run.raw, run.maximum, run.success = told.raw, told.maximum, told.success
        run.scaled = _share_told(told)
    else:
        run.trust = ActivityRun.Trust.VERIFIED
        run.raw, run.maximum, run.success = computed.raw, computed.maximum, computed.success
        run.scaled = share(computed.raw, computed.maximum)
        if disagrees((told.raw, told.maximum), (computed.raw, computed.maximum)):
            count_refusal(code=SCORE_DISAGREES, version=run.version.public_id, at=at)
    run.ended_at = max(at, run.started_at)  # another machine may have begun it
    run.report = kept_of(message.report)
    run.save(update_fields=["raw", "maximum", "scaled", "success", "trust", "ended_at", "report"])
    LearningEvent.objects.create(
        attempt=run.attempt,
        module_version_id=run.attempt.module_version_id,
        slot=activity_slot(run.step_id, run.number),
        kind=LearningEvent.Kind.ACTIVITY,
        step_id=run.step_id,
        at=at,
    )
    ActivityState.objects.filter(run=run).delete()


def _scored_again(run: ActivityRun, message: Message) -> Rescored | None:
    """What the answers earn by the content; None where that is not known."""
    step = run.attempt.module_version.parsed.step(run.step_id)
    activity = step.activity if step is not None else None
    if activity is None or not activity.is_rescored:
        return None
    content = content_of(run.version)
    if content is None:
        return None
    try:
        return rescored(activity.library.partition(" ")[0], content, _answers(run, message))
    except AnswerNotAllowed:
        raise MessageOdd("ANSWER") from None


def _answers(run: ActivityRun, message: Message) -> list[Answer]:
    """In order, those that were told. A child that does not say which one is left out, and so is
    a statement without a response: else it would count as choosing nothing.
    """
    rows = run.statements.filter(sequence__lt=message.sequence).exclude(response="")
    told = rows.exclude(is_child=True, sub_content_id="").order_by("sequence")
    answers = [Answer(*row) for row in told.values_list("sub_content_id", "verb", "response")]
    if message.told.response is None:
        return answers
    return [*answers, Answer("", message.told.verb, message.told.response)]


def _share_told(told: Told) -> float | None:
    return None if told.scaled is None else min(1.0, max(0.0, told.scaled))
