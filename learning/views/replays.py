"""Trying another choice in a scenario that one has played. It never counts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from learning.actions.replaying import record_replay_choice, start_replay
from learning.errors import ChoiceMissing, NotPossibleHere
from learning.models import Attempt
from learning.selectors.replays import ReplayState, replay_state
from learning.views.steps import state_or_404, step_url
from learning.views.talks import (
    Posted,
    Round,
    followed,
    order_shown,
    refused,
    still_waits,
    talk_for,
)
from modules.rules.content import Step
from modules.rules.scenario import Made
from organisations import kept_form
from organisations.clock import now_of
from organisations.errors import Refused
from organisations.requests import PersonRequest, person_required


def replay_or_404(request: PersonRequest, replay: str) -> ReplayState:
    state = replay_state(request.access, replay)
    if state is None:
        raise Http404
    return state


@require_POST
@person_required
def start(request: PersonRequest, attempt: str, number: int) -> HttpResponse:
    """From a decision of the first run."""
    state = state_or_404(request, attempt)
    if not 1 <= number <= state.progress.total:
        raise Http404
    step = state.content.steps[number - 1]
    back = step_url(state.attempt, number)
    return _start(request, state.attempt, step, state.made(step), back)


@require_POST
@person_required
def start_again(request: PersonRequest, replay: str) -> HttpResponse:
    """From a decision of another replay."""
    state = replay_or_404(request, replay)
    return _start(request, state.attempt, state.step, state.made, _url(state))


def _start(
    request: PersonRequest, attempt: Attempt, step: Step, made: Made, back: str
) -> HttpResponse:
    posted = Posted.of(request.POST)
    try:
        replay = start_replay(
            attempt=attempt,
            step=step,
            made=made,
            node_id=posted.node_id,
            visit=posted.visit,
            at=now_of(request),
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(back)
    return redirect(reverse("learning:replay", args=[replay.public_id]) + "#laatste")


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def replay(request: PersonRequest, replay: str) -> HttpResponse:
    """One turn at a time, as the first run."""
    state = replay_or_404(request, replay)
    round_ = _round(state)
    if request.method == "POST":
        return _choose(request, state, round_)
    kept = still_waits(request, round_, kept_form.take(request))
    talk = talk_for(request, round_, kept=kept)
    page = {"state": state, "talk": talk, "was_kept": bool(kept)}
    return render(request, "learning/replay.html", page)


def _choose(request: PersonRequest, state: ReplayState, round_: Round) -> HttpResponse:
    posted = Posted.of(request.POST)
    try:
        if request.POST.get("action") != "choose":
            raise NotPossibleHere
        if not posted.choice:
            raise ChoiceMissing
        record_replay_choice(
            replay=state.replay,
            scenario=state.scenario,
            made=state.made,
            node_id=posted.node_id,
            visit=posted.visit,
            choice_id=posted.choice,
            shown=order_shown(round_),
            seconds=posted.seconds(request, round_),
            at=now_of(request),
        )
    except Refused as refusal:
        return refused(request, refusal, round_, posted)
    now = state.with_choice(posted.node_id, posted.visit, posted.choice)
    return followed(request, _round(now), posted)


def _url(state: ReplayState) -> str:
    return reverse("learning:replay", args=[state.replay.public_id])


def _round(state: ReplayState) -> Round:
    return Round(
        public_id=state.replay.public_id,
        attempt=state.attempt,
        step=state.step,
        scenario=state.scenario,
        made=state.made,
        run=state.run,
        url=_url(state),
        again_url=reverse("learning:replay_again", args=[state.replay.public_id]),
        support_html=state.content.support_html,
        opens_at_end=not state.own,
        first_run=lambda: state.first_run,
        back_url=step_url(state.attempt, state.number),
    )
