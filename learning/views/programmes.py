"""The programmes of an organisation: those it may use, and its own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning.actions import programmes as actions
from learning.actions.terms import draft_of
from learning.forms_policy import TermsForm
from learning.forms_programmes import CopyForm, PathForm, ProgrammeForm, Together
from learning.models import Programme
from learning.presenters.policy import lines
from learning.selectors.programmes import (
    offered_modules,
    paths_of,
    programmes_at,
    repetition_in,
)
from learning.selectors.training import people_per_programme
from organisations.clock import now_of, today_of
from organisations.models import Organisation
from organisations.requests import PersonRequest, access_required
from organisations.views.pages import (
    crumbs_of,
    form_page,
    keeps_staff,
    organisation_of,
    refusals_in,
    typed,
)

TITLE_LENGTH = 120


def usable(organisation: Organisation, public_id: str) -> Programme:
    """A programme that may be used there; 404 for one of another organisation."""
    here = Programme.objects.usable_at(organisation).select_related("policy", "organisation")
    found: Programme = get_object_or_404(here, public_id=public_id)
    return found


def own(organisation: Organisation, public_id: str) -> Programme:
    """A programme that is written there; 404 for shipped ones too."""
    here = organisation.programmes.select_related("policy", "organisation")
    found: Programme = get_object_or_404(here, public_id=public_id)
    return found


def crumbs_to(
    organisation: Organisation, programme: Programme | None = None
) -> list[tuple[str, str]]:
    """The levels above a page of a programme, or of the list of them."""
    listed = reverse("learning:programmes", args=[organisation.public_id])
    found = crumbs_of(organisation, (_("Programmes"), listed))
    if programme is not None:
        found.append((programme.title, page_of(organisation, programme)))
    return found


def page_of(organisation: Organisation, programme: Programme) -> str:
    return reverse("learning:programme", args=[organisation.public_id, programme.public_id])


@require_safe
@access_required(keeps_staff)
def programmes(request: PersonRequest, organisation: str) -> HttpResponse:
    """Every programme that may be used here: shipped ones and own ones."""
    found = organisation_of(request, organisation)
    rows = programmes_at(found, today_of(request))
    facts = {
        "organisation": found,
        "crumbs": crumbs_of(found),
        "own": [row for row in rows if row.programme.organisation_id],
        "shipped": [row for row in rows if not row.programme.organisation_id],
    }
    return render(request, "learning/programmes.html", facts)


@require_safe
@access_required(keeps_staff)
def programme(request: PersonRequest, organisation: str, programme: str) -> HttpResponse:
    """Its paths, what is met again too soon, and what is agreed about validity."""
    found = organisation_of(request, organisation)
    shown = usable(found, programme)
    today = today_of(request)
    terms = shown.policy.terms_on(today)
    paths = paths_of(shown)
    facts = {
        "organisation": found,
        "crumbs": crumbs_to(found),
        "programme": shown,
        "is_own": shown.organisation_id == found.pk,
        "paths": paths,
        "repetition": repetition_in(paths, active_months=terms.active_months),
        "terms": lines(draft_of(terms))[:4],
        "people": people_per_programme(found, today).get(shown.pk, 0),
    }
    return render(request, "learning/programme.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def add_programme(request: PersonRequest, organisation: str) -> HttpResponse:
    """A programme with its paths and what is agreed, in one go."""
    found = organisation_of(request, organisation)
    given, modules = typed(request), offered_modules()
    about = ProgrammeForm(given)
    begin = PathForm(given, offered=modules, prefix="begin")
    refresh = PathForm(given, offered=modules, may_be_empty=True, prefix="herhaal")
    terms = TermsForm(given, today=today_of(request), is_new=True)
    everything = Together(about, begin, refresh, terms)
    wants_to_save = request.method == "POST" and "recalculate" not in request.POST
    if wants_to_save and everything.are_valid():
        with refusals_in(about):
            made = actions.create_programme(
                organisation=found,
                **about.cleaned_data,
                onboarding=begin.modules,
                refreshers=[refresh.modules] if refresh.modules else [],
                terms=terms.draft,
                by=request.user,
                at=now_of(request),
            )
            messages.success(request, _("Saved. Now let people follow it with a rule."))
            return redirect(page_of(found, made))
    facts = {
        "organisation": found,
        "crumbs": crumbs_to(found),
        "form": everything,
        "about": about,
        "begin": begin,
        "refresh": refresh,
        "terms": terms,
    }
    return render(request, "learning/programme_new.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def change_programme(request: PersonRequest, organisation: str, programme: str) -> HttpResponse:
    """Another title, or another reason why people follow it."""
    found = organisation_of(request, organisation)
    changed = own(found, programme)
    initial = {"title": changed.title, "reason": changed.reason}
    form = ProgrammeForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.change_programme(
                programme=changed, **form.cleaned_data, by=request.user, at=now_of(request)
            )
            messages.success(request, _("Saved."))
            return redirect(page_of(found, changed))
    return form_page(
        request,
        form,
        title=_("Change %(name)s") % {"name": changed.title},
        text=_("Certificates that were given keep the title of their day."),
        button=_("Save"),
        back=page_of(found, changed),
        crumbs=crumbs_to(found, changed),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def copy_programme(request: PersonRequest, organisation: str, programme: str) -> HttpResponse:
    """A copy of the organisation's own, to change."""
    found = organisation_of(request, organisation)
    copied = usable(found, programme)
    suggested = f"{copied.title} ({found.name})"
    initial = {"title": suggested if len(suggested) <= TITLE_LENGTH else ""}
    form = CopyForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = actions.copy_programme(
                programme=copied,
                organisation=found,
                title=form.cleaned_data["title"],
                by=request.user,
                at=now_of(request),
            )
            messages.success(request, _("This is your copy. Change in it what you like."))
            return redirect(page_of(found, made))
    return form_page(
        request,
        form,
        title=_("Copy %(name)s") % {"name": copied.title},
        text=_(
            "You get the same paths and the same agreements, to change as you like. People and "
            "rules stay with the programme that you copy."
        ),
        button=_("Make the copy"),
        back=page_of(found, copied),
        crumbs=crumbs_to(found, copied),
    )
