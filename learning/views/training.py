"""What an organisation's people must follow, set by its coordinator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from learning.actions import set_rule
from learning.actions.rules import RuleDraft
from learning.forms_training import RuleForm
from learning.models import AssignmentRule, Programme
from learning.selectors.training import programmes_of
from organisations.clock import now_of, today_of
from organisations.requests import PersonRequest, access_required
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
def training(request: PersonRequest, organisation: str) -> HttpResponse:
    """Every programme, and whether people here must follow it."""
    found = organisation_of(request, organisation)
    return render(
        request,
        "learning/training.html",
        {
            "organisation": found,
            "crumbs": crumbs_of(found)[:1],
            "programmes": programmes_of(found),
            "is_live": found.is_live_on(today_of(request)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def set_training(request: PersonRequest, organisation: str, programme: str) -> HttpResponse:
    """Let everybody who works here follow a programme, or change how long they have."""
    found = organisation_of(request, organisation)
    asked = get_object_or_404(Programme, public_id=programme)
    back = reverse("learning:training", args=[found.public_id])
    rule = (
        AssignmentRule.objects.on(today_of(request))
        .filter(organisation=found, programme=asked)
        .first()
    )
    initial = {"due_after_days": rule.due_after_days} if rule else None
    form = RuleForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            given = set_rule(
                organisation=found,
                programme=asked,
                draft=RuleDraft(due_after_days=form.cleaned_data["due_after_days"]),
                replaces=rule,
                by=request.user,
                at=now_of(request),
            )
            messages.success(request, _said(given.assigned))
            return redirect(back)
    return form_page(
        request,
        form,
        title=asked.title,
        button=_("Save") if rule else _("Let everybody follow this"),
        back=back,
        crumbs=crumbs_of(found, (_("Training"), back)),
        text=_("Dates that people have already do not change: they never move earlier."),
    )


def _said(given: int) -> str:
    if not given:
        return _("Saved. Everybody who works here had this training already.")
    return ngettext(
        "Saved. %(number)d person got this training now.",
        "Saved. %(number)d people got this training now.",
        given,
    ) % {"number": given}
