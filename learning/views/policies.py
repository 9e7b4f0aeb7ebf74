"""What is agreed about validity: looked at, tried out, and changed after a preview."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning.actions.terms import draft_of, set_terms
from learning.forms_policy import TermsForm
from learning.forms_what_if import WhatIfForm
from learning.models import Programme
from learning.presenters.policy import basis_words, changed_lines, effect_words, example, lines
from learning.presenters.what_if import Moment, Supposed, story
from learning.rules.policy import Basis
from learning.selectors.policy_preview import preview_of_terms
from learning.views.programmes import crumbs_to, page_of, usable
from organisations.clock import now_of, today_of
from organisations.models import Organisation
from organisations.requests import PersonRequest, access_required
from organisations.views.pages import keeps_staff, organisation_of, refusals_in, typed

NAMES_SHOWN = 50


@require_safe
@access_required(keeps_staff)
def policy(request: PersonRequest, organisation: str, programme: str) -> HttpResponse:
    """What holds now, what held before or is to come, and a box to try dates in."""
    found = organisation_of(request, organisation)
    shown = usable(found, programme)
    today = today_of(request)
    terms = shown.policy.terms_on(today)
    asked = WhatIfForm(request.GET if "begins" in request.GET else None, initial={"begins": today})
    facts = {
        "organisation": found,
        "programme": shown,
        "crumbs": crumbs_to(found, shown),
        "may_change": may_change(request, shown),
        "is_own": shown.organisation_id == found.pk,
        "lines": lines(draft_of(terms)),
        "basis": basis_words(Basis(terms.basis)),
        "example": example(terms.facts, today),
        "terms": terms,
        "rows": [
            (row, basis_words(Basis(row.basis))[0])
            for row in shown.policy.terms.select_related("made_by").order_by("-starts_on", "-pk")
        ],
        "today": today,
        "form": asked,
        "story": _story(asked, terms),
    }
    return render(request, "learning/policy.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def change_policy(request: PersonRequest, organisation: str, programme: str) -> HttpResponse:
    """Other numbers: typed, then shown with whom they touch, then saved by a second click."""
    found = organisation_of(request, organisation)
    changed = usable(found, programme)
    if not may_change(request, changed):
        raise Http404
    today = today_of(request)
    draft = draft_of(changed.policy.terms_on(today))
    form = TermsForm(typed(request), today=today, draft=draft)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            if "confirm" in request.POST:
                return _saved(request, found, changed, form)
            if "preview" in request.POST:
                return _preview(request, found, changed, form)
    facts = _around(found, changed) | {"form": form}
    return render(request, "learning/policy_form.html", facts)


def may_change(request: PersonRequest, programme: Programme) -> bool:
    """Whether this person keeps the programme; shipped ones are the administrator's."""
    return Programme.objects.kept_by(request.access).filter(pk=programme.pk).exists()


def _saved(
    request: PersonRequest, organisation: Organisation, programme: Programme, form: TermsForm
) -> HttpResponse:
    set_terms(programme=programme, draft=form.draft, by=request.user, at=now_of(request))
    messages.success(request, _("Saved. What was certified before keeps its dates."))
    return redirect("learning:policy", organisation.public_id, programme.public_id)


def _preview(
    request: PersonRequest, organisation: Organisation, programme: Programme, form: TermsForm
) -> HttpResponse:
    today = today_of(request)
    draft = form.draft
    period = draft.period_from(today)
    found = preview_of_terms(programme, period, access=request.access, today=today)
    before = programme.policy.terms_on(period.starts_on)
    facts = _around(organisation, programme) | {
        "form": form,
        "preview": found,
        "effects": [
            (effect, effect_words(effect, len(rows)), rows[:NAMES_SHOWN], len(rows) - NAMES_SHOWN)
            for effect, rows in found.effects
        ],
        "days": [day for day in found.days if day.differs],
        "changed": changed_lines(draft_of(before), draft),
        "basis": basis_words(draft.policy.basis),
        "example": example(draft.policy, today),
        "starts_on": period.starts_on,
        "coming": programme.policy.terms.filter(starts_on__gt=period.starts_on)
        .order_by("starts_on", "pk")
        .first(),
    }
    return render(request, "learning/policy_preview.html", facts)


def _around(organisation: Organisation, programme: Programme) -> dict[str, Any]:
    at = [organisation.public_id, programme.public_id]
    back = reverse("learning:policy", args=at)
    return {
        "organisation": organisation,
        "programme": programme,
        "crumbs": [*crumbs_to(organisation, programme), (_("Validity and reminders"), back)],
        "back": back,
        "overview": page_of(organisation, programme),
    }


def _story(asked: WhatIfForm, terms: Any) -> list[Moment]:
    if not asked.is_bound or not asked.is_valid():
        return []
    return story(terms.facts, Supposed(**asked.cleaned_data))
