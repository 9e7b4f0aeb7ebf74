"""*Team*: who is covered. Completion and validity only; never answers, scores or self-ratings."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.charts import coverage_figure, group_labels, month_label
from learning.models import Assignment, Completion
from learning.presenters.reasons import reasons_for
from learning.rules.calendar import months_back_from
from learning.selectors.standing import facts_of_people
from learning.selectors.team import people_of_team, team_overview
from organisations.access import Access
from organisations.clock import now_of, today_of
from organisations.models import Employment, Leave, Team, User
from organisations.requests import PersonRequest, access_required
from organisations.trail import record


def sees_team(access: Access) -> bool:
    return access.sees_team


def _day_asked(request: PersonRequest) -> date:
    """The day in `?op=`; today where it is empty, unreadable or still to come."""
    today = today_of(request)
    asked = request.GET.get("op", "")
    if not asked:
        return today
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        messages.warning(request, _("That is not a date. You see today."))
        return today
    if day > today or day.year < 2000:
        messages.warning(request, _("Choose a day that has been. You see today."))
        return today
    return day


@require_safe
@access_required(sees_team)
def overview(request: PersonRequest) -> HttpResponse:
    """All teams in scope: three numbers, who needs attention, per team, by month."""
    day = _day_asked(request)
    team = team_overview(request.access, day=day, months=months_back_from(day, 13))
    return render(
        request,
        "learning/team.html",
        {
            "overview": team,
            "day": day,
            "today": today_of(request),
            "figure": coverage_figure(team.months),
            "months": [(month_label(month), month.tally) for month in team.months],
            "labels": group_labels(),
        },
    )


@require_safe
@access_required(sees_team)
def one_team(request: PersonRequest, team: str) -> HttpResponse:
    """Everybody in one team, the late ones first."""
    found = get_object_or_404(Team.objects.visible_to(request.access), public_id=team)
    day = _day_asked(request)
    return render(
        request,
        "learning/one_team.html",
        {
            "team": found,
            "rows": people_of_team(found, day=day),
            "day": day,
            "today": today_of(request),
        },
    )


@require_safe
@access_required(sees_team)
def person(request: PersonRequest, person: str) -> HttpResponse:
    """One person's validity and why. That it was looked at is recorded."""
    found = get_object_or_404(User.objects.visible_to(request.access), public_id=person)
    employments = Employment.objects.visible_to(request.access).filter(user=found)
    today = today_of(request)
    facts = facts_of_people(employments).get(found.pk)
    if facts is None:
        raise Http404
    assignment = (
        Assignment.objects.visible_to(request.access)
        .filter(worker=found)
        .select_related("programme__policy", "organisation")
        .order_by("assigned_on", "pk")
        .first()
    )
    completions = Completion.objects.visible_to(request.access).filter(worker=found)
    # Somebody may work at two organisations: where the other one is stays theirs to tell.
    given_here = assignment is not None and assignment.organisation_id in {
        employment.team.organisation_id for employment in employments.select_related("team")
    }
    record(
        "validity_seen",
        by=request.user,
        at=now_of(request),
        organisation=assignment.organisation if assignment else None,
        subject=found,
    )
    return render(
        request,
        "learning/person.html",
        {
            "person": found,
            "employments": employments.select_related("team").order_by("-starts_on", "pk"),
            "leave": Leave.objects.on(today).filter(user=found).first(),
            "standing": facts.standing_on(today),
            "assignment": assignment,
            "completions": completions.order_by("-completed_on", "pk"),
            "reasons": reasons_for(assignment, today) if assignment and given_here else [],
        },
    )
