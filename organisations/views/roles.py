"""Who has which role in an organisation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations import actions
from organisations.clock import now_of, today_of
from organisations.forms.roles import EndRoleForm, RoleForm
from organisations.models import Organisation, Role, RoleGrant, User
from organisations.querysets import not_ended
from organisations.requests import PersonRequest, access_required
from organisations.selectors.teams import teams_in_order
from organisations.views.pages import (
    crumbs_of,
    form_page,
    keeps_staff,
    organisation_of,
    page_of,
    refusals_in,
    typed,
)


@require_safe
@access_required(keeps_staff)
def roles(request: PersonRequest, organisation: str) -> HttpResponse:
    """Who has what since when; what has ended is below it."""
    found, today = organisation_of(request, organisation), today_of(request)
    grants = RoleGrant.objects.coordinated_by(request.access).filter(organisation=found)
    grants = grants.select_related("user", "team")
    current = grants.filter(not_ended(today)).order_by("role", "user__last_name", "pk")
    facts = {
        "organisation": found,
        "crumbs": crumbs_of(found),
        "current": current,
        "today": today,
        "ended": page_of(request, grants.exclude(not_ended(today)).order_by("-ends_before", "pk")),
    }
    return render(request, "organisations/roles.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def give_role(request: PersonRequest, organisation: str, person: str) -> HttpResponse:
    """A role in this organisation, for somebody who works here."""
    found, today = organisation_of(request, organisation), today_of(request)
    here = User.objects.staying_at([found.pk], on=today)
    who = get_object_or_404(here, public_id=person)
    form = RoleForm(typed(request), today=today, teams=teams_in_order(found))
    page = reverse("organisations:person", args=[found.public_id, who.public_id])
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            grant = actions.grant_role(
                user=who,
                organisation=found,
                role=Role(form.cleaned_data["role"]),
                team=form.cleaned_data["team"],
                starts_on=form.cleaned_data["starts_on"],
                by=request.user,
                at=now_of(request),
            )
            text = _("%(name)s now has the role: %(role)s.")
            messages.success(request, text % {"name": who, "role": grant.get_role_display()})
            return redirect(page)
    return form_page(
        request,
        form,
        title=_("Give %(name)s a role") % {"name": who},
        button=_("Give role"),
        back=page,
        crumbs=crumbs_of(found, (str(who), page)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def end_role(request: PersonRequest, organisation: str, grant: str) -> HttpResponse:
    """From which day somebody no longer has the role."""
    found, today = organisation_of(request, organisation), today_of(request)
    grants = RoleGrant.objects.coordinated_by(request.access).select_related("user", "team")
    held = get_object_or_404(grants, public_id=grant, organisation=found)
    form = EndRoleForm(typed(request), initial={"ends_before": today})
    back = reverse("organisations:roles", args=[found.public_id])
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.end_role(
                grant=held,
                ends_before=form.cleaned_data["ends_before"],
                by=request.user,
                at=now_of(request),
            )
            messages.success(request, _("Saved. What went before stays on record."))
            return redirect(_after_ending(request, held, back))
    return form_page(
        request,
        form,
        title=_("%(name)s stops as %(role)s")
        % {"name": held.user, "role": held.get_role_display()},
        warning=_own_last_role(held, found, request),
        button=_("End this role"),
        back=back,
        crumbs=crumbs_of(found, (_("Roles"), back)),
    )


def _own_last_role(held: RoleGrant, organisation: Organisation, request: PersonRequest) -> str:
    """A warning for who is about to close the door behind them; empty otherwise."""
    if held.role != Role.COORDINATOR or held.user_id != request.user.pk:
        return ""
    others = RoleGrant.objects.filter(
        not_ended(request.access.on), role=Role.COORDINATOR, organisation=organisation
    ).exclude(user=request.user)
    if others.exists():
        return _("This is your own role. After this you no longer see these pages.")
    return _(
        "This is your own role, and nobody else is training coordinator here. After this only an "
        "administrator can give it back."
    )


def _after_ending(request: PersonRequest, held: RoleGrant, back: str) -> str:
    """Who gave up their own role today no longer sees the page they came from."""
    own = held.user_id == request.user.pk and held.role == Role.COORDINATOR
    return reverse("start") if own and not request.access.is_administrator else back
