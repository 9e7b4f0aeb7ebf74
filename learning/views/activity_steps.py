"""The part of a step page that an H5P activity needs. What it tells comes in by `activities`."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from learning.actions.activities import begin_run, finish_by_hand
from learning.errors import NotPossibleHere
from learning.presenters.activity import NO_PLAYER, NOT_PLAYABLE, ActivityView, activity_view
from learning.selectors.activities import activity_here
from learning.selectors.attempts import AttemptState
from modules.models import H5PVersion
from modules.packages.serving.frame import is_player_installed, let_frame
from modules.rules.content import Activity, Step
from organisations.clock import now_of
from organisations.requests import PersonRequest


def activity_for(state: AttemptState, number: int) -> ActivityView | None:
    """None for a step without one. Two queries, however many tries."""
    step = state.content.steps[number - 1]
    if step.activity is None:
        return None
    here = activity_here(state.attempt, step)
    return activity_view(
        state,
        number,
        step.activity,
        here=here,
        trouble=_trouble(step.activity),
    )


def _trouble(activity: Activity) -> str:
    """Approvals can be withdrawn while a module is there."""
    if not is_player_installed():
        return NO_PLAYER
    is_playable = H5PVersion.objects.playable().filter(public_id=activity.version).exists()
    return "" if is_playable else NOT_PLAYABLE


def frame_in(request: HttpRequest, response: HttpResponseBase, activity: ActivityView) -> None:
    """Let the page show the frame. Going back to the page asks for it anew: it says which try is
    open and what comes next in it."""
    add_never_cache_headers(response)
    if activity.plays:
        let_frame(request, response, activity.frame_url)


def try_again(request: PersonRequest, state: AttemptState, here: Step) -> None:
    """A further try, which begins clean. Twice the same form makes one."""
    nonce = request.POST.get("nonce", "")
    begin_run(attempt=state.attempt, step=here, nonce=nonce, at=now_of(request))


def go_on_by_hand(request: PersonRequest, state: AttemptState, here: Step) -> None:
    if here.activity is None:
        raise NotPossibleHere
    finish_by_hand(attempt=state.attempt, step=here, at=now_of(request))
