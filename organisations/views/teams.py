"""The teams of an organisation as a tree."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations import actions
from organisations.clock import now_of, today_of
from organisations.forms.organisations import TeamForm
from organisations.models import Organisation, Team
from organisations.requests import PersonRequest, access_required
from organisations.selectors.teams import team_tree, teams_in_order
from organisations.views.pages import (
    crumbs_of,
    form_page,
    keeps_staff,
    organisation_of,
    refusals_in,
    typed,
)


@require_safe
@access_required(keeps_staff)
def teams(request: PersonRequest, organisation: str) -> HttpResponse:
    """All teams with how many people work in each."""
    found = organisation_of(request, organisation)
    facts = {
        "organisation": found,
        "crumbs": crumbs_of(found),
        "tree": team_tree(found, on=today_of(request)),
    }
    return render(request, "organisations/teams.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def add_team(request: PersonRequest, organisation: str) -> HttpResponse:
    found = organisation_of(request, organisation)
    form = TeamForm(
        typed(request),
        teams=teams_in_order(found),
        initial={"parent": request.GET.get("under", "")},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = actions.add_team(
                organisation=found, **form.cleaned_data, by=request.user, at=now_of(request)
            )
            messages.success(request, _("%(name)s is there now.") % {"name": made.name})
            return redirect("organisations:teams", found.public_id)
    return form_page(request, form, title=_("Add a team"), button=_("Add team"), **_around(found))


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def change_team(request: PersonRequest, organisation: str, team: str) -> HttpResponse:
    """Another name, or another place in the tree. Who works in it stays."""
    found = organisation_of(request, organisation)
    changed = get_object_or_404(
        Team.objects.coordinated_by(request.access), public_id=team, organisation=found
    )
    others = [(other, depth) for other, depth in teams_in_order(found) if other != changed]
    above = changed.parent.public_id if changed.parent else ""
    form = TeamForm(typed(request), teams=others, initial={"name": changed.name, "parent": above})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.change_team(
                team=changed, **form.cleaned_data, by=request.user, at=now_of(request)
            )
            messages.success(request, _("Saved."))
            return redirect("organisations:teams", found.public_id)
    title = _("Change %(name)s") % {"name": changed.name}
    return form_page(request, form, title=title, button=_("Save team"), **_around(found))


def _around(organisation: Organisation) -> dict[str, Any]:
    back = reverse("organisations:teams", args=[organisation.public_id])
    return {"back": back, "crumbs": crumbs_of(organisation, (_("Teams"), back))}
