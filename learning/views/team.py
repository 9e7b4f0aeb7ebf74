"""*Team*: who is covered. Completion and validity only; never answers, scores or self-ratings."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from learning.charts import coverage_figure, group_labels, month_label
from learning.presenters.reasons import reasons_for
from learning.rules.calendar import months_back_from
from learning.selectors.people import can_remind, people_of_team
from learning.selectors.person import Training, trainings_of
from learning.selectors.team import team_overview
from learning.views.team_scope import day_asked, scope_of, sees_team
from organisations.clock import now_of, today_of
from organisations.models import Employment, Leave, Team, User
from organisations.requests import PersonRequest, access_required
from organisations.rules.periods import covers
from organisations.trail import record


@require_safe
@access_required(sees_team)
def overview(request: PersonRequest) -> HttpResponse:
    """All teams in scope: the numbers, who needs attention, per team, by month."""
    day = day_asked(request)
    scope = scope_of(request)
    team = team_overview(
        scope.teams,
        scope.programme,
        day=day,
        today=scope.today,
        months=months_back_from(day, 13),
    )
    return render(
        request,
        "learning/team.html",
        {
            "overview": team,
            "scope": scope,
            "day": day,
            "today": scope.today,
            "query": scope.query(op=day.isoformat() if team.is_past else ""),
            "query_today": scope.query(),
            "figure": coverage_figure(team.months),
            "months": [(month_label(month.month), month.tally) for month in team.months],
            "labels": group_labels(),
        },
    )


@require_safe
@access_required(sees_team)
def one_team(request: PersonRequest, team: str) -> HttpResponse:
    """Everybody in one team, the late ones first."""
    found = get_object_or_404(Team.objects.visible_to(request.access), public_id=team)
    day = day_asked(request)
    scope = scope_of(request)
    return render(
        request,
        "learning/one_team.html",
        {
            "team": found,
            "rows": people_of_team(found, scope.programme, day=day, today=scope.today),
            "scope": scope,
            "day": day,
            "today": scope.today,
            "query_today": scope.query(),
        },
    )


@require_safe
@access_required(sees_team)
def person(request: PersonRequest, person: str) -> HttpResponse:
    """One person's validity and why. That it was looked at is recorded."""
    found = get_object_or_404(User.objects.visible_to(request.access), public_id=person)
    employments = list(
        Employment.objects.visible_to(request.access)
        .filter(user=found)
        .select_related("team")
        .order_by("-starts_on", "pk")
    )
    if not employments:
        raise Http404
    today = today_of(request)
    leave = Leave.objects.on(today).filter(user=found).first()
    # Somebody may work at two organisations: where the other one is stays theirs to tell.
    here = {employment.team.organisation_id for employment in employments}
    trainings = trainings_of(
        found,
        request.access,
        organisations=here,
        today=today,
        employed=_works(employments, today),
        on_leave=leave is not None,
    )
    ours = [training for training in trainings if training.is_ours]
    record(
        "validity_seen",
        by=request.user,
        at=now_of(request),
        organisation=ours[0].assignment.organisation if ours else None,
        subject=found,
    )
    return render(
        request,
        "learning/person.html",
        {
            "person": found,
            "employments": employments,
            "leave": leave,
            "can_remind": any(can_remind(training.standing, today) for training in ours),
            "trainings": [(training, _why(training, today)) for training in trainings],
        },
    )


def _works(employments: list[Employment], day: date) -> bool:
    return any(
        covers(starts_on=one.starts_on, ends_before=one.ends_before, day=day) for one in employments
    )


def _why(training: Training, today: date) -> list[object]:
    return list(reasons_for(training.assignment, today)) if training.is_ours else []
