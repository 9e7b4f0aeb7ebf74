"""The coordinator's queue: what the engine could not decide."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning.actions import exceptions as deciding
from learning.errors import AlreadyDecided, NotAChoice
from learning.forms_decisions import DueForm, ExemptionForm
from learning.models import ExceptionCase
from learning.presenters.cases import HEADINGS, CaseText, texts_of
from learning.selectors.exceptions import decided_cases, open_cases, rows_of
from organisations.clock import now_of, today_of
from organisations.errors import Refused
from organisations.requests import PersonRequest, access_required
from organisations.views.pages import crumbs_of, keeps_staff, organisation_of, refusals_in, typed

Decision = ExceptionCase.Decision
PER_PAGE = 20
LAST_DECIDED = 30
WITH_FORM = {Decision.SET_DUE_DATE.value, Decision.EXEMPT.value}


@require_safe
@access_required(keeps_staff)
def exceptions(request: PersonRequest, organisation: str) -> HttpResponse:
    """By kind, the oldest first. What was solved meanwhile is closed before it is shown."""
    found, today = organisation_of(request, organisation), today_of(request)
    deciding.close_overtaken(organisation=found, at=now_of(request))
    page = Paginator(open_cases(found.pk), PER_PAGE).get_page(request.GET.get("page"))
    texts = texts_of(rows_of(list(page), today), today)
    groups = [
        (HEADINGS[kind], [_offer(text, request) for text in several])
        for kind, several in groupby(texts, key=lambda text: text.row.case.kind)
    ]
    decided = decided_cases(found.pk)
    return render(
        request,
        "learning/exceptions.html",
        {
            "organisation": found,
            "crumbs": crumbs_of(found),
            "page": page,
            "groups": groups,
            "decided": decided[:LAST_DECIDED],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def exception(request: PersonRequest, organisation: str, case: str) -> HttpResponse:
    """One case, and deciding it."""
    found, today = organisation_of(request, organisation), today_of(request)
    cases = ExceptionCase.objects.coordinated_by(request.access).filter(organisation=found)
    asked = get_object_or_404(
        cases.select_related("assignment__worker", "assignment__programme", "decided_by"),
        public_id=case,
    )
    [text] = texts_of(rows_of([asked], today), today)
    offered = _offer(text, request, data=typed(request))
    if request.method == "POST":
        deciding.close_overtaken(organisation=found, at=now_of(request))
        if _decided(request, asked, offered):
            return redirect("learning:exceptions", found.public_id)
    return render(
        request,
        "learning/exception.html",
        {
            "organisation": found,
            "crumbs": crumbs_of(found),
            "heading": HEADINGS[asked.kind],
            "offered": offered,
            "form": offered["bound"],
        },
    )


def _offer(text: CaseText, request: PersonRequest, data: Any = None) -> dict[str, Any]:
    """A case with a form for each choice that needs one; the one that was sent is bound."""
    case, sent = text.row.case, (data or {}).get("decision")
    prefix = case.public_id
    forms = {
        Decision.SET_DUE_DATE.value: DueForm(
            data if sent == Decision.SET_DUE_DATE else None, today=today_of(request), prefix=prefix
        ),
        Decision.EXEMPT.value: ExemptionForm(
            data if sent == Decision.EXEMPT else None, prefix=prefix
        ),
    }
    offered = {code: form for code, form in forms.items() if code in text.row.choices}
    bound = next((form for form in offered.values() if form.is_bound), None)
    return {"text": text, "case": case, "forms": offered, "bound": bound, "sent": sent}


def _decided(request: PersonRequest, case: ExceptionCase, offered: dict[str, Any]) -> bool:
    """Carry out what was chosen. False when something must be mended first."""
    form = offered["bound"]
    if form is not None and not form.is_valid():
        return False
    given = form.cleaned_data if form is not None else {}
    chosen = offered["sent"] or ""
    carry_out = CARRIED_OUT.get(chosen)
    try:
        if carry_out is None or (chosen in WITH_FORM and form is None):
            raise NotAChoice
        carry_out(case=case, by=request.user, at=now_of(request), **given)
    except AlreadyDecided as refusal:
        messages.info(request, str(refusal))
    except Refused as refusal:
        if form is None:
            messages.error(request, str(refusal))
            return True
        with refusals_in(form):
            raise
    else:
        messages.success(request, _("Your decision is recorded."))
    return form is None or not form.errors


def _accept(**facts: Any) -> ExceptionCase:
    return deciding.decide_evidence(accept=True, **facts)


def _refuse(**facts: Any) -> ExceptionCase:
    return deciding.decide_evidence(accept=False, **facts)


CARRIED_OUT: dict[str, Callable[..., ExceptionCase]] = {
    Decision.SET_DUE_DATE: deciding.decide_due_date,
    Decision.KEEP_DUE_DATE: deciding.keep_due_date,
    Decision.EXEMPT: deciding.decide_exemption,
    Decision.ACCEPT_EVIDENCE: _accept,
    Decision.REFUSE_EVIDENCE: _refuse,
    Decision.KEEP_AS_IS: deciding.keep_as_is,
}
