"""The end of a module."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from learning.actions import complete_attempt
from learning.models import Completion
from learning.views.steps import state_or_404
from organisations.clock import now_of
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
    completions = Completion.objects.select_related("assignment", "cycle")
    completion = completions.filter(cycle=state.attempt.cycle).first()
    return render(
        request,
        "learning/finish.html",
        {
            "state": state,
            "completion": completion,
            "summary": state.summary,
        },
    )
