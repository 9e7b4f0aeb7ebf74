"""The paths of a programme: another list is another path, and the old one retires."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning.actions import paths as actions
from learning.forms_programmes import PathForm
from learning.models import PathKind, Programme, ProgrammePath
from learning.selectors.programmes import PathLine, offered_modules, paths_of
from learning.views.programmes import crumbs_to, own, page_of
from organisations.clock import now_of
from organisations.errors import Refused
from organisations.models import Organisation
from organisations.requests import PersonRequest, access_required
from organisations.views.pages import keeps_staff, organisation_of, refusals_in, typed


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def add_path(request: PersonRequest, organisation: str, programme: str) -> HttpResponse:
    """One more path to refresh with; it takes turns with the others."""
    found = organisation_of(request, organisation)
    changed = own(found, programme)
    form = PathForm(typed(request), offered=offered_modules())
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            _set(request, changed, PathKind.REFRESHER, form)
            messages.success(request, _("Saved. The paths take turns from now on."))
            return redirect(page_of(found, changed))
    text = _("People get the path of which they have not met the scenarios for the longest time.")
    return _page(request, found, changed, form, title=_("Add a path to refresh with"), text=text)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def change_path(
    request: PersonRequest, organisation: str, programme: str, path_id: str
) -> HttpResponse:
    """Other modules, or another order, for who begins from now on."""
    found = organisation_of(request, organisation)
    changed = own(found, programme)
    line = _line(changed, path_id)
    form = PathForm(
        typed(request), offered=offered_modules(), chosen=[one.module for one in line.modules]
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            _set(request, changed, line.path.kind, form, replaces=line.path)
            messages.success(request, _("Saved. Who has begun finishes the path as it was."))
            return redirect(page_of(found, changed))
    gone = [one.module.title for one in line.modules if not one.is_published]
    return _page(
        request,
        found,
        changed,
        form,
        title=_title(line.path),
        text=_("Who has begun finishes the path as it was. Who begins later gets this one."),
        gone=gone,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def retire_path(
    request: PersonRequest, organisation: str, programme: str, path_id: str
) -> HttpResponse:
    """Take a path to refresh with out of turn, after asking."""
    found = organisation_of(request, organisation)
    changed = own(found, programme)
    retired = get_object_or_404(changed.paths, public_id=path_id, kind=PathKind.REFRESHER)
    back = page_of(found, changed)
    if request.method == "POST":
        try:
            actions.retire_path(path=retired, by=request.user, at=now_of(request))
            messages.success(request, _("Saved. Who has begun this path finishes it."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(back)
    if retired.retired_at is not None:
        return redirect(back)
    facts = {
        "organisation": found,
        "programme": changed,
        "crumbs": crumbs_to(found, changed),
        "line": _line(changed, path_id),
        "back": back,
    }
    return render(request, "learning/path_retire.html", facts)


def _line(programme: Programme, public_id: str) -> PathLine:
    """A path in use; 404 for one that was replaced."""
    paths = paths_of(programme)
    both = [*([paths.onboarding] if paths.onboarding else []), *paths.refreshers]
    for line in both:
        if line.path.public_id == public_id:
            return line
    raise Http404


def _set(
    request: PersonRequest,
    programme: Programme,
    kind: str,
    form: PathForm,
    *,
    replaces: ProgrammePath | None = None,
) -> None:
    actions.set_path(
        programme=programme,
        kind=kind,
        modules=form.modules,
        replaces=replaces,
        by=request.user,
        at=now_of(request),
    )


def _title(path: ProgrammePath) -> str:
    if path.kind == PathKind.ONBOARDING:
        return _("Change the path to start with")
    return _("Change a path to refresh with")


def _page(
    request: PersonRequest,
    organisation: Organisation,
    programme: Programme,
    form: PathForm,
    **facts: Any,
) -> HttpResponse:
    page = {
        "organisation": organisation,
        "programme": programme,
        "form": form,
        "crumbs": crumbs_to(organisation, programme),
        "back": page_of(organisation, programme),
    }
    return render(request, "learning/path_form.html", page | facts)
