"""The pages of a module, step by step.

A page is plain server-made HTML over the cached published version; each answer is one form.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from learning.actions import finish_step, record_answer, record_choice, record_self_rating
from learning.errors import ChoiceMissing, NotPossibleHere
from learning.forms import SelfRatingForm
from learning.models import Attempt
from learning.presenters.steps import step_page
from learning.rules.progress import step_slot
from learning.selectors.attempts import AttemptState, attempt_state
from learning.views.activity_steps import activity_for, frame_in, go_on_by_hand, try_again
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
from organisations import kept_form
from organisations.clock import now_of
from organisations.errors import Refused
from organisations.requests import PersonRequest, person_required

Handler = Callable[[PersonRequest, AttemptState, Step, str], HttpResponse]


def state_or_404(request: PersonRequest, attempt: str) -> AttemptState:
    state = attempt_state(request.access, attempt)
    if state is None:
        raise Http404
    return state


def step_url(attempt: Attempt, number: int) -> str:
    return reverse("learning:step", args=[attempt.public_id, number])


@require_safe
@person_required
def resume(request: PersonRequest, attempt: str) -> HttpResponse:
    """Where the worker was, on this device or another."""
    return redirect(_where_to_go_on(state_or_404(request, attempt)))


def _where_to_go_on(state: AttemptState) -> str:
    if state.progress.is_finished:
        return reverse("learning:finish", args=[state.attempt.public_id])
    return step_url(state.attempt, state.progress.current + 1)


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def step(request: PersonRequest, attempt: str, number: int) -> HttpResponse:
    """One step. Steps that are done can be read again; later ones wait for their turn."""
    state = state_or_404(request, attempt)
    if not 1 <= number <= state.progress.total:
        raise Http404
    if number - 1 > state.progress.current:
        return redirect(_where_to_go_on(state))
    here = state.content.steps[number - 1]
    if request.method == "POST":
        return _save(request, state, here, number)
    return show(request, state, number, kept=kept_form.take(request))


def show(
    request: PersonRequest,
    state: AttemptState,
    number: int,
    *,
    form: SelfRatingForm | None = None,
    kept: QueryDict | None = None,
) -> HttpResponse:
    talk = None
    round_ = round_of(state, number)
    if round_ is not None:
        kept = still_waits(request, round_, kept)
        talk = talk_for(request, round_, kept=kept)
    asked = request.GET.get("vraag", "")
    activity = activity_for(state, number)
    page = step_page(state, number, asked=asked, kept=kept, form=form, talk=talk, activity=activity)
    status = 422 if form is not None and form.errors else 200
    response = render(request, "learning/step.html", {"page": page}, status=status)
    if activity is not None:
        frame_in(request, response, activity)
    return response


def round_of(state: AttemptState, number: int) -> Round | None:
    """The run that counts, of a step with a conversation."""
    step = state.content.steps[number - 1]
    run = state.run(step)
    if step.scenario is None or run is None:
        return None
    return Round(
        public_id=state.attempt.public_id,
        attempt=state.attempt,
        step=step,
        scenario=step.scenario,
        made=state.made(step),
        run=run,
        url=step_url(state.attempt, number),
        again_url=reverse("learning:replay_start", args=[state.attempt.public_id, number]),
        support_html=state.content.support_html,
        opens_at_end=step_slot(step.id) in state.filled,
        is_done=step_slot(step.id) in state.filled,
    )


def _save(request: PersonRequest, state: AttemptState, here: Step, number: int) -> HttpResponse:
    """Carry out one form and go on. A refusal is told on the page that the worker comes back to."""
    url = step_url(state.attempt, number)
    handler = HANDLERS.get(request.POST.get("action", ""))
    try:
        if handler is None:
            raise NotPossibleHere
        return handler(request, state, here, url)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(url)


def _choose(request: PersonRequest, state: AttemptState, here: Step, url: str) -> HttpResponse:
    number = state.content.steps.index(here) + 1
    round_ = round_of(state, number)
    if round_ is None:
        raise NotPossibleHere
    posted = Posted.of(request.POST)
    try:
        if not posted.choice:
            raise ChoiceMissing
        record_choice(
            attempt=state.attempt,
            step=here,
            node_id=posted.node_id,
            choice_id=posted.choice,
            visit=posted.visit,
            shown=order_shown(round_),
            seconds=posted.seconds(request, round_),
            at=now_of(request),
        )
    except Refused as refusal:
        return refused(request, refusal, round_, posted)
    now = state.with_choice(here, posted.node_id, posted.visit, posted.choice)
    return followed(request, round_of(now, number) or round_, posted)


def _answer(request: PersonRequest, state: AttemptState, here: Step, url: str) -> HttpResponse:
    item_id = request.POST.get("item", "")
    if not request.POST.get("choice"):
        raise ChoiceMissing
    record_answer(
        attempt=state.attempt,
        step=here,
        item_id=item_id,
        option_id=request.POST["choice"],
        at=now_of(request),
    )
    position = next(place for place, item in enumerate(here.items, start=1) if item.id == item_id)
    return redirect(f"{url}?vraag={position}")


def _rate(request: PersonRequest, state: AttemptState, here: Step, url: str) -> HttpResponse:
    if here.kind != "self_rating":
        raise NotPossibleHere
    skips = request.POST["action"] == "skip"
    form = SelfRatingForm(request.POST)
    if not skips and not form.is_valid():
        number = state.content.steps.index(here) + 1
        return show(request, state, number, form=form)
    record_self_rating(
        attempt=state.attempt,
        step=here,
        recognising=None if skips else form.cleaned_data["recognising"],
        acting=None if skips else form.cleaned_data["acting"],
        at=now_of(request),
    )
    return redirect("learning:attempt", state.attempt.public_id)


def _finish(request: PersonRequest, state: AttemptState, here: Step, url: str) -> HttpResponse:
    finish_step(attempt=state.attempt, step=here, at=now_of(request))
    return redirect("learning:attempt", state.attempt.public_id)


def _again(request: PersonRequest, state: AttemptState, here: Step, url: str) -> HttpResponse:
    try_again(request, state, here)
    return redirect(url)


def _by_hand(request: PersonRequest, state: AttemptState, here: Step, url: str) -> HttpResponse:
    go_on_by_hand(request, state, here)
    return redirect("learning:attempt", state.attempt.public_id)


HANDLERS: dict[str, Handler] = {
    "choose": _choose,
    "answer": _answer,
    "rate": _rate,
    "skip": _rate,
    "finish": _finish,
    "again": _again,
    "by_hand": _by_hand,
}
