"""Writing, changing and ending a rule; what follows from it is shown before it is saved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning.actions import rules as actions
from learning.errors import RuleChanged, RuleIsThere
from learning.forms_training import RuleForm
from learning.models import AssignmentRule, Programme
from learning.presenters.rules import DraftWords, done_words, ended_words
from learning.selectors.preview import preview_rule
from learning.selectors.training import rules_of
from organisations.clock import now_of, today_of
from organisations.errors import Refused
from organisations.models import Organisation
from organisations.requests import PersonRequest, access_required
from organisations.selectors.teams import teams_in_order
from organisations.views.pages import (
    crumbs_of,
    keeps_staff,
    organisation_of,
    refusals_in,
    typed,
)

SAVE, BACK = "save", "back"  # what the buttons under the preview ask; the first asks nothing


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def add_rule(request: PersonRequest, organisation: str, programme: str) -> HttpResponse:
    """A rule beside the ones there are."""
    found = organisation_of(request, organisation)
    asked = get_object_or_404(Programme.objects.usable_at(found), public_id=programme)
    return _write(request, found, asked, None)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def change_rule(request: PersonRequest, organisation: str, rule: str) -> HttpResponse:
    """A rule in place of another."""
    found = organisation_of(request, organisation)
    replaced = _rule_of(found, rule)
    return _write(request, found, replaced.programme, replaced)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def end_rule(request: PersonRequest, organisation: str, rule: str) -> HttpResponse:
    """What ending the rule does, and then end it."""
    found = organisation_of(request, organisation)
    ended = _rule_of(found, rule)
    if request.method == "POST":
        try:
            done = actions.end_rule(rule=ended, by=request.user, at=now_of(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            seen = request.POST.get("seen", "")
            messages.success(request, ended_words(done, seen))
        return redirect(_back(found))
    if _is_past(ended, request):
        messages.info(request, str(RuleChanged()))
        return redirect(_back(found))
    said = preview_rule(found, ended.programme, None, ended, today_of(request))
    facts = {"rule": ended, "said": said, "programme": ended.programme}
    facts |= {"today": today_of(request)} | _around(found)
    return render(request, "learning/end_rule.html", facts)


def _write(
    request: PersonRequest,
    organisation: Organisation,
    programme: Programme,
    replaces: AssignmentRule | None,
) -> HttpResponse:
    if request.method != "POST" and replaces is not None and _is_past(replaces, request):
        messages.info(request, str(RuleChanged()))
        return redirect(_back(organisation))
    form = RuleForm(
        typed(request),
        teams=teams_in_order(organisation),
        today=today_of(request),
        rule=replaces,
    )
    facts = {"form": form, "programme": programme, "replaces": replaces} | _around(organisation)
    step = request.POST.get("step", "")
    if request.method == "POST" and step != BACK and form.is_valid():
        with refusals_in(form):
            if step == SAVE:
                return _save(request, form, organisation, programme, replaces)
            return _preview(request, form, organisation, programme, replaces, facts)
    facts["is_live"] = organisation.is_live_on(today_of(request))
    return render(request, "learning/rule_form.html", facts)


def _preview(
    request: PersonRequest,
    form: RuleForm,
    organisation: Organisation,
    programme: Programme,
    replaces: AssignmentRule | None,
    facts: dict[str, object],
) -> HttpResponse:
    draft, today = form.draft(), today_of(request)
    actions.check_draft(
        draft, organisation=organisation, programme=programme, replaces=replaces, today=today
    )
    names = {team.pk: team.name for team, _depth in form.listed}
    shown = {
        "said": preview_rule(organisation, programme, draft, replaces, today),
        "words": DraftWords.of(draft, names, organisation, today),
        "today": today,
    }
    return render(request, "learning/rule_preview.html", facts | shown)


def _save(
    request: PersonRequest,
    form: RuleForm,
    organisation: Organisation,
    programme: Programme,
    replaces: AssignmentRule | None,
) -> HttpResponse:
    draft = form.draft()
    try:
        done = actions.set_rule(
            organisation=organisation,
            programme=programme,
            draft=draft,
            replaces=replaces,
            by=request.user,
            at=now_of(request),
        )
    except RuleIsThere as refusal:  # saved by a click before this one
        messages.info(request, str(refusal))
    else:
        seen = request.POST.get("seen", "")
        messages.success(request, done_words(done, draft, today_of(request), seen))
    return redirect(_back(organisation))


def _rule_of(organisation: Organisation, public_id: str) -> AssignmentRule:
    rules = rules_of(organisation).select_related("programme", "organisation", "replaces")
    rule: AssignmentRule = get_object_or_404(rules, public_id=public_id)
    return rule


def _is_past(rule: AssignmentRule, request: PersonRequest) -> bool:
    """Whether somebody replaced or ended it already."""
    going_on = AssignmentRule.objects.not_ended(today_of(request))
    return not going_on.filter(pk=rule.pk, replaced_by__isnull=True).exists()


def _back(organisation: Organisation) -> str:
    return reverse("learning:training", args=[organisation.public_id])


def _around(organisation: Organisation) -> dict[str, object]:
    back = _back(organisation)
    return {
        "organisation": organisation,
        "back": back,
        "crumbs": crumbs_of(organisation, (_("Training"), back)),
    }
