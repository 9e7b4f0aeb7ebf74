"""A worker's own pages: learning path, why, beginning a module, development."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.models import SelfRating
from learning.actions import start_attempt
from learning.models import Assignment, ProgrammeModule
from learning.selectors.certificates import completions_of
from learning.selectors.path import learning_paths
from learning.selectors.results import results_of
from modules.models import ModulePage
from organisations.clock import now_of, today_of
from organisations.errors import Refused
from organisations.models import Organisation
from organisations.requests import PersonRequest, person_required


@require_safe
@person_required
def path(request: PersonRequest) -> HttpResponse:
    """*Mijn leerpad*: one clear next step, the path, and why."""
    today = today_of(request)
    paths = learning_paths(request.access, today)
    asked = [one for one in paths if one.is_asked]
    return render(
        request,
        "learning/path.html",
        {
            "first": asked[0] if asked else None,
            "others": asked[1:],
            "past": [one for one in paths if not one.is_asked],
            "away": paths[0].away if paths else None,
            "waits_for_go_live": not paths and _waits_for_go_live(request),
        },
    )


def _waits_for_go_live(request: PersonRequest) -> bool:
    employers = Organisation.objects.filter(pk__in=request.access.employed_at)
    return any(not employer.is_live_on(today_of(request)) for employer in employers)


@require_POST
@person_required
def begin(request: PersonRequest, assignment: str, module: str) -> HttpResponse:
    """Begin or go on with a module of the path that is current."""
    own = Assignment.objects.own(request.access).select_related("worker", "organisation")
    found = get_object_or_404(own, public_id=assignment)
    if not found.organisation.is_live_on(today_of(request)):
        raise Http404
    in_paths = ProgrammeModule.objects.filter(path__programme=found.programme).values("module")
    of_programme = ModulePage.objects.filter(pk__in=in_paths)
    asked = get_object_or_404(of_programme, public_id=module)
    try:
        attempt = start_attempt(assignment=found, module=asked, at=now_of(request))
    except Refused as refusal:
        messages.info(request, str(refusal))
        return redirect("learning:path")
    return redirect("learning:attempt", attempt.public_id)


@require_safe
@person_required
def development(request: PersonRequest) -> HttpResponse:
    """*Mijn ontwikkeling*: what I thought, beside what I showed; never merged, for me alone."""
    ratings = SelfRating.objects.visible_to(request.access).given().order_by("rated_at", "pk")
    return render(
        request,
        "learning/development.html",
        {
            "ratings": list(ratings),
            "results": results_of(request.access),
            "completions": completions_of(request.user),
            "title": _("My development"),
        },
    )
