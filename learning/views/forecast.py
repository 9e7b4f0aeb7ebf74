"""*Vooruitblik*: who must renew or finish in the time to come, and when it will be busy."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learning.charts import forecast_figure, month_name
from learning.rules.forecast import HORIZONS
from learning.selectors import forecast as selectors
from learning.views.team_scope import Scope, scope_of, sees_team
from organisations.models import Team
from organisations.requests import PersonRequest, access_required


@require_safe
@access_required(sees_team)
def forecast(request: PersonRequest) -> HttpResponse:
    """The numbers, the months, and names per team for the days that were chosen."""
    scope = scope_of(request)
    days = _days_asked(request)
    teams = _teams_asked(request, scope)
    found = selectors.forecast(scope.teams, scope.programme, today=scope.today)
    names = selectors.names_by_team(
        teams,
        scope.programme,
        until=scope.today + timedelta(days=days),
        today=scope.today,
    )
    shown = sum(len(group.people) for group in names)
    return render(
        request,
        "learning/forecast.html",
        {
            "scope": scope,
            "forecast": found,
            "names": names,
            "is_cut_off": shown >= selectors.NAMES_AT_MOST,
            "most": selectors.NAMES_AT_MOST,
            "days": days,
            "horizons": HORIZONS,
            "team": teams[0] if len(teams) == 1 < len(scope.teams) else None,
            "today": scope.today,
            "query": scope.query(),
            "figure": forecast_figure(found),
            "months": [(month_name(row.month), row.number) for row in found.months],
            "peak": month_name(found.peak.month) if found.peak else "",
        },
    )


def _days_asked(request: PersonRequest) -> int:
    asked = request.GET.get("dagen", "")
    return int(asked) if asked in map(str, HORIZONS) else HORIZONS[0]


def _teams_asked(request: PersonRequest, scope: Scope) -> list[Team]:
    asked = request.GET.get("team", "")
    return [team for team in scope.teams if team.public_id == asked] or scope.teams
