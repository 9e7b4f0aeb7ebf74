"""What our page posts for an H5P activity, and the page in its frame. docs/api.md is the contract.

Whatever is off is refused with a code, and counted without saying whose it was.
"""

from collections.abc import Callable
from datetime import UTC
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from learning.actions.activities import begin_run, keep_state, take_statement
from learning.actions.counting import count_refusal
from learning.errors_activities import (
    ActivityRefused,
    MessageNotJSON,
    MessageOdd,
    MessageTooLarge,
    TooFast,
    TryUnknown,
)
from learning.models import ActivityRun
from learning.rules.activity_results import MOST_BYTES
from learning.rules.posted import NotTaken, read_body
from learning.rules.statements import message_in, nonce_in, state_in
from learning.selectors.activities import next_sequence, result_of, run_of, usable_state
from learning.selectors.attempts import AttemptState
from learning.views.steps import state_or_404
from modules.models import H5PVersion
from modules.packages.serving.frame import NotPlayable, frame_page
from modules.rules.content import Step
from organisations.clock import now_of
from organisations.requests import PersonRequest, person_required

MOST_AROUND_A_STATE = 2 * MOST_BYTES + 4_096  # a state in a text: its quotes are escaped
Answer = dict[str, Any]
private = cache_control(private=True, no_store=True)


@require_POST
@private
@person_required
def begin(request: PersonRequest, attempt: str, number: int) -> HttpResponse:
    """A further try, or the one that is open."""

    try:
        found = _activity_or_404(request, attempt, number)
    except Http404:
        found = None
    played = found[1].activity if found is not None else None

    def take() -> Answer:
        if found is None or played is None:
            raise TryUnknown
        state, step = found
        nonce = nonce_in(_body(request, MOST_BYTES))
        run = begin_run(attempt=state.attempt, step=step, nonce=nonce, at=now_of(request))
        return {
            "run": run.public_id,
            "nonce": run.nonce,
            "sequence": next_sequence(run),
            "statement_url": reverse("learning:activity_statement", args=[run.public_id]),
            "state_url": reverse("learning:activity_state", args=[run.public_id]),
            "version": played.version,
        }

    return _answered(request, take, played.version if played is not None else "")


@require_POST
@private
@person_required
def statement(request: PersonRequest, run: str) -> HttpResponse:
    """One statement of an activity."""
    found = run_of(request.access, run)

    def take() -> Answer:
        known = _known(found)
        message = message_in(_body(request, MOST_BYTES))
        taken = take_statement(run=known, message=message, at=now_of(request))
        ended = taken.run.ended_at is not None
        return {
            "kept": taken.kept,
            "ended": ended,
            "result": _result(taken.run) if ended else None,
        }

    return _answered(request, take, found.version.public_id if found is not None else "")


@require_POST
@private
@person_required
def state(request: PersonRequest, run: str) -> HttpResponse:
    """Where somebody is in an activity."""
    found = run_of(request.access, run)

    def take() -> Answer:
        known = _known(found)
        body = _body(request, MOST_AROUND_A_STATE)
        kept = keep_state(
            run=known,
            nonce=nonce_in(body),
            version=str(body.get("version", "")),
            state=state_in(body, MOST_BYTES),
            at=now_of(request),
        )
        return {"kept": kept}

    return _answered(request, take, found.version.public_id if found is not None else "")


@require_safe
@person_required
def frame(request: PersonRequest, attempt: str, number: int) -> HttpResponse:
    """The page in the frame: the activity, where the worker left it."""
    here, step = _activity_or_404(request, attempt, number)
    version = (
        H5PVersion.objects.select_related("main_library")
        .filter(public_id=step.activity.version if step.activity else "")
        .first()
    )
    if version is None:
        raise Http404
    left = usable_state(here.attempt, step)
    try:
        return frame_page(request, version=version, state=left, at=now_of(request))
    except NotPlayable as refusal:
        facts = {"why": str(refusal)}
        return render(request, "learning/activity_unplayable.html", facts, status=409)


def _activity_or_404(
    request: PersonRequest, attempt: str, number: int
) -> tuple[AttemptState, Step]:
    """A step that the worker has come to and that holds an activity."""
    state = state_or_404(request, attempt)
    if not 1 <= number <= min(state.progress.total, state.progress.current + 1):
        raise Http404
    step = state.content.steps[number - 1]
    if step.activity is None:
        raise Http404
    return state, step


def _known(run: ActivityRun | None) -> ActivityRun:
    if run is None:
        raise TryUnknown
    return run


def _body(request: PersonRequest, most: int) -> Answer:
    """What was posted. Never reads more than is allowed, whatever length was told."""
    if request.content_type != "application/json":
        raise MessageNotJSON
    told = request.headers.get("Content-Length", "")
    if told.isdecimal() and int(told[:10]) > most:
        raise MessageTooLarge
    try:
        raw = request.read(most + 1)
    except UnreadablePostError:
        raise MessageOdd("NOT_JSON") from None
    if len(raw) > most:
        raise MessageTooLarge
    return read_body(raw)


def _answered(request: PersonRequest, take: Callable[[], Answer], version: str) -> JsonResponse:
    """`version` is that of the person's own activity, "" where there is none."""
    try:
        return JsonResponse(take())
    except NotTaken as odd:
        refusal: ActivityRefused
        refusal = MessageTooLarge() if odd.code == "TOO_LARGE" else MessageOdd(odd.code)
    except ActivityRefused as known:
        refusal = known
    count_refusal(code=refusal.code, version=version, at=now_of(request))
    answer = {"code": refusal.code, "message": str(refusal), **refusal.more}
    response = JsonResponse(answer, status=refusal.status)
    if isinstance(refusal, TooFast):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _result(run: ActivityRun) -> Answer:
    result = result_of(run)
    return {
        "raw": result.raw,
        "maximum": result.maximum,
        "scaled": result.scaled,
        "success": result.success,
        "trust": run.trust,
        "ended_at": result.ended_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
