"""One person's training as the coordinator sees it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.models import Assignment, AssignmentEvent, ExceptionCase
from learning.presenters.reasons import reasons_for
from learning.selectors.certificates import completions_of
from learning.selectors.facts import facts_of_one
from organisations.clock import now_of, today_of
from organisations.models import Organisation
from organisations.requests import PersonRequest, access_required
from organisations.trail import record
from organisations.views.pages import crumbs_of, keeps_staff, organisation_of


@require_safe
@access_required(keeps_staff)
def training_of_person(request: PersonRequest, organisation: str, assignment: str) -> HttpResponse:
    """The dates now, the facts behind them, and what can be decided. Looking is recorded."""
    found = organisation_of(request, organisation)
    held, today = assignment_of(request, found, assignment), today_of(request)
    standing = facts_of_one(held).standing_on(today)
    record(
        "validity_seen",
        by=request.user,
        at=now_of(request),
        organisation=found,
        subject=held.worker,
    )
    return render(
        request,
        "learning/training_of_person.html",
        {
            "organisation": found,
            "assignment": held,
            "crumbs": crumbs_of(found, (str(held.worker), person_page_of(found, held))),
            "standing": standing,
            "reasons": reasons_for(held, today),
            "completions": completions_of(held.worker).filter(assignment=held),
            "cases": ExceptionCase.objects.open().filter(assignment=held),
            "exemption": _exemption(held),
        },
    )


def assignment_of(request: PersonRequest, organisation: Organisation, public_id: str) -> Assignment:
    """Training of somebody that this organisation asks for; 404 otherwise."""
    mine = Assignment.objects.coordinated_by(request.access).filter(organisation=organisation)
    related = ("worker", "programme__policy", "organisation", "validity")
    found: Assignment = get_object_or_404(mine.select_related(*related), public_id=public_id)
    return found


def person_page_of(organisation: Organisation, held: Assignment) -> str:
    return reverse("organisations:person", args=[organisation.public_id, held.worker.public_id])


def _exemption(held: Assignment) -> AssignmentEvent | None:
    """The exemption that holds now."""
    if not held.validity.is_exempt:
        return None
    found: AssignmentEvent | None = held.events.filter(kind="unassigned").last()
    return found
