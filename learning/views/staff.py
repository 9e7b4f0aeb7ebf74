"""Starting work at an organisation, which also gives the person their training."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning.actions.work import refresh_person, training_follows
from learning.forms_staff import MoveForm, NewPersonForm, WorkForm
from organisations import actions
from organisations.clock import now_of, today_of
from organisations.errors import AddressInUse
from organisations.models import Employment, Organisation, User
from organisations.requests import PersonRequest, access_required
from organisations.selectors.teams import teams_in_order
from organisations.views.pages import (
    crumbs_of,
    form_page,
    keeps_staff,
    organisation_of,
    person_of,
    refusals_in,
    typed,
)
from organisations.views.people import send_and_say

WORK = ["team", "job_function", "hours_per_week", "starts_on"]


@require_safe
@access_required(keeps_staff)
def add_person_somewhere(request: PersonRequest) -> HttpResponse:
    """To the form of the one organisation, or a choice between several."""
    mine = list(Organisation.objects.coordinated_by(request.access).order_by("name", "pk"))
    if len(mine) == 1:
        return redirect("learning:add_person_at", mine[0].public_id)
    facts = {"organisations": mine, "to_add_person": True}
    return render(request, "organisations/choose.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def add_person(request: PersonRequest, organisation: str) -> HttpResponse:
    """A person with their first work; they get a mail and the training that goes with it."""
    found = organisation_of(request, organisation)
    teams = teams_in_order(found)
    if not teams:
        messages.info(request, _("First make a team: everybody works in one."))
        return redirect("organisations:add_team", found.public_id)
    form = NewPersonForm(
        typed(request),
        teams=teams,
        today=today_of(request),
        initial={"team": request.GET.get("team", "")},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            return _added(request, found, form)
    return form_page(
        request,
        form,
        title=_("Add a person"),
        button=_("Add person"),
        back=reverse("organisations:people", args=[found.public_id]),
        crumbs=crumbs_of(found),
    )


def _added(request: PersonRequest, organisation: Organisation, form: NewPersonForm) -> HttpResponse:
    """Add the person and say so. An address that is known here leads to that person instead."""
    given = form.cleaned_data
    try:
        person = actions.add_worker(
            **given, organisation=organisation, by=request.user, at=now_of(request)
        )
    except AddressInUse:
        return _known_here(request, organisation, form)
    refresh_person(user=person, by=request.user, at=now_of(request))
    messages.success(request, _("%(name)s was added.") % {"name": person})
    send_and_say(request, person, organisation)
    return redirect("organisations:person", organisation.public_id, person.public_id)


def _known_here(
    request: PersonRequest, organisation: Organisation, form: NewPersonForm
) -> HttpResponse:
    person = User.objects.get(email__iexact=form.cleaned_data["email"])
    page = reverse("organisations:person", args=[organisation.public_id, person.public_id])
    text = _("Somebody in your organisation already uses this e-mail address: {link}.")
    link = format_html('<a class="utrecht-link" href="{}">{}</a>', page, person)
    form.add_error("email", format_html(text, link=link))
    return form_page(
        request,
        form,
        title=_("Add a person"),
        button=_("Add person"),
        back=reverse("organisations:people", args=[organisation.public_id]),
        crumbs=crumbs_of(organisation),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def start_employment(request: PersonRequest, organisation: str, person: str) -> HttpResponse:
    """Work in one more team, or again after having left."""
    found = organisation_of(request, organisation)
    who = person_of(found, person)
    form = WorkForm(typed(request), teams=teams_in_order(found), today=today_of(request))
    page = reverse("organisations:person", args=[found.public_id, who.public_id])
    if request.method == "POST" and form.is_valid():
        if not (request.access.is_administrator or _may_return(who, found, request)):
            form.add_error(
                None,
                _("You cannot do this yourself. Please ask the administrator of this site."),
            )
        with refusals_in(form):
            if not form.errors:
                _start(request, who, form.cleaned_data)
                messages.success(request, _("Saved."))
                return redirect(page)
    return form_page(
        request,
        form,
        title=_("%(name)s starts work in a team") % {"name": who},
        button=_("Record start of work"),
        back=page,
        crumbs=crumbs_of(found, (str(who), page)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def move_to_team(request: PersonRequest, organisation: str, employment: str) -> HttpResponse:
    """To another team of the organisation. What went before stays as it was."""
    found = organisation_of(request, organisation)
    here = Employment.objects.coordinated_by(request.access).select_related("user", "team")
    work = get_object_or_404(here, public_id=employment, team__organisation=found)
    if work.ends_before is not None and work.ends_before <= work.starts_on:
        raise Http404  # withdrawn: there is nothing to move
    others = [(team, depth) for team, depth in teams_in_order(found) if team != work.team]
    initial = {"job_function": work.job_function, "hours_per_week": work.hours_per_week}
    form = MoveForm(typed(request), teams=others, today=today_of(request), initial=initial)
    page = reverse("organisations:person", args=[found.public_id, work.user.public_id])
    if request.method == "POST" and form.is_valid():
        given, by, at = form.cleaned_data, request.user, now_of(request)
        with refusals_in(form), training_follows(work.user, by=by, at=at):
            actions.move_to_team(
                employment=work,
                team=given["team"],
                on=given["starts_on"],
                job_function=given["job_function"],
                hours_per_week=given["hours_per_week"],
                by=by,
                at=at,
            )
        if not form.errors:
            messages.success(request, _("Saved. What went before stays on record."))
            return redirect(page)
    return form_page(
        request,
        form,
        title=_("%(name)s moves to another team") % {"name": work.user},
        text=_("Training and its dates stay as they are. Roles stay too."),
        button=_("Record move"),
        back=page,
        crumbs=crumbs_of(found, (str(work.user), page)),
    )


def _start(request: PersonRequest, person: User, given: dict[str, Any]) -> None:
    """Begin the work, and assign the training that the organisation asks for."""
    work, by, at = {field: given[field] for field in WORK}, request.user, now_of(request)
    with training_follows(person, by=by, at=at):
        actions.start_employment(user=person, **work, by=by, at=at)


def _may_return(person: User, organisation: Organisation, request: PersonRequest) -> bool:
    """Who left and may work elsewhere now is not taken back without the administrator."""
    present = User.objects.staying_at([organisation.pk], on=today_of(request))
    return present.filter(pk=person.pk).exists() or person.is_only_of(organisation)
