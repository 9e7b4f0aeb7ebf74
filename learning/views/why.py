"""*Waarom moet ik dit, en waarom dan?*: the facts and the dates that follow from them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from learning.models import Assignment
from learning.presenters.reasons import explanation_json, reasons_in
from learning.querysets import AssignmentQuerySet
from learning.selectors.explaining import explanation_of
from organisations.access import Access
from organisations.clock import now_of, today_of
from organisations.models import Employment
from organisations.requests import PersonRequest, access_required, person_required
from organisations.trail import record


def sees_team(access: Access) -> bool:
    return access.sees_team


@require_safe
@person_required
def why(request: PersonRequest, assignment: str) -> HttpResponse:
    """The page for the worker, as it is today."""
    found = get_object_or_404(_whole(Assignment.objects.own(request.access)), public_id=assignment)
    today = today_of(request)
    explanation = explanation_of(found, today)
    reasons = reasons_in(explanation)
    return render(
        request,
        "learning/why.html",
        {
            "assignment": found,
            "explanation": explanation,
            "facts": [one for one in reasons if not one.is_coming],
            "coming": [one for one in reasons if one.is_coming],
            "terms": found.programme.policy.terms_on(today),
        },
    )


@require_safe
@person_required
def why_json(request: PersonRequest, assignment: str) -> HttpResponse:
    """The same for programs, of one's own training."""
    return _answer(request, lambda: _found(Assignment.objects.own(request.access), assignment))


@require_safe
@access_required(sees_team)
def team_why_json(request: PersonRequest, assignment: str) -> HttpResponse:
    """The same of somebody in scope, for who sees the team. That it was looked at is recorded."""

    def find() -> Assignment:
        found = _found(Assignment.objects.visible_to(request.access), assignment)
        # Somebody may work at two organisations: where the other one is stays theirs to tell.
        employments = Employment.objects.visible_to(request.access).filter(user=found.worker)
        if not employments.filter(team__organisation=found.organisation).exists():
            raise Http404
        return found

    def seen(found: Assignment) -> None:
        record(
            "validity_seen",
            by=request.user,
            at=now_of(request),
            organisation=found.organisation,
            subject=found.worker,
        )

    return _answer(request, find, seen)


def _answer(
    request: PersonRequest,
    find: Callable[[], Assignment],
    seen: Callable[[Assignment], None] | None = None,
) -> HttpResponse:
    """What is not there and what is not for this person give the same answer."""
    day = _day_asked(request)
    if day is None:
        return _json({"error": "op must be a day that has been, as YYYY-MM-DD"}, status=400)
    try:
        found = find()
    except Http404:
        return _json({"error": "not found"}, status=404)
    if seen is not None:
        seen(found)
    return _json(explanation_json(explanation_of(found, day)))


def _found(assignments: AssignmentQuerySet, public_id: str) -> Assignment:
    found: Assignment = get_object_or_404(_whole(assignments), public_id=public_id)
    return found


def _whole(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    return assignments.select_related("programme__policy", "organisation", "worker")


def _day_asked(request: PersonRequest) -> date | None:
    """The day in `?op=`; today without one; None where it is unreadable or still to come."""
    today = today_of(request)
    asked = request.GET.get("op", "")
    if not asked:
        return today
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    return day if day <= today and day.isoformat() == asked else None


def _json(answer: dict[str, Any], *, status: int = 200) -> JsonResponse:
    response = JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "private, no-store"
    return response
