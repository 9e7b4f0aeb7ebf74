"""The end of a module."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from learning.actions import complete_attempt
from learning.models import Attempt, Completion
from learning.presenters.reasons import counted_for
from learning.selectors.place import place_of
from learning.views.steps import state_or_404
from organisations.clock import now_of, today_of
from organisations.errors import Refused
from organisations.requests import PersonRequest, person_required


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def finish(request: PersonRequest, attempt: str) -> HttpResponse:
    """*Afronden*, and afterwards what it gave. Finishing twice is finishing once."""
    state = state_or_404(request, attempt)
    if request.method == "POST":
        try:
            complete_attempt(attempt=state.attempt, at=now_of(request))
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("learning:attempt", attempt)
        return redirect("learning:finish", attempt)
    if not state.progress.is_finished:
        return redirect("learning:attempt", attempt)
    completion = _completion_of(state.attempt) if state.is_closed else None
    return render(
        request,
        "learning/finish.html",
        {
            "state": state,
            "completion": completion,
            "place": place_of(state.attempt) if state.is_closed and not completion else None,
            "counted": counted_for(completion, today_of(request)) if completion else "",
            "summary": state.summary,
        },
    )


def _completion_of(attempt: Attempt) -> Completion | None:
    """What finishing this module gave: of its own period, or of a later one after a lapse.

    Of several modules only the last gave it.
    """
    if attempt.completed_at is None:
        return None
    completions = Completion.objects.filter(
        cycle__assignment=attempt.cycle.assignment_id,
        cycle__number__gte=attempt.cycle.number,
        recorded_at=attempt.completed_at,
        revocation__isnull=True,
    )
    rows = completions.select_related("assignment__programme__policy", "certificate")
    return rows.order_by("cycle__number").first()
