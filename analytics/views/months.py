"""Monthly counts: the calendar strip and the form of one month."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from analytics import messages
from analytics.actions.counts import basis_of, save_month
from analytics.errors import MonthChangedMeanwhile
from analytics.forms import MonthForm, OtherMonthForm
from analytics.models import MonthlyCount
from analytics.presenters.months import form_rows, history_rows, month_url, strip_by_year
from analytics.rules.indicators import Indicator
from analytics.rules.months import (
    SHOWN,
    MonthRefused,
    MonthState,
    first_to_fill_in,
    month_of,
    state_of,
)
from analytics.selectors.counts import (
    cells_by_month,
    counts_of_month,
    history_of_month,
    latest_corrections,
)
from learning.rules.calendar import add_months, months_back_from
from organisations import kept_form
from organisations.clock import now_of, today_of
from organisations.errors import Refused
from organisations.models import Organisation
from organisations.requests import PersonRequest, access_required

keeps_counts = access_required(lambda access: access.keeps_counts)


@require_safe
@keeps_counts
def months(request: PersonRequest) -> HttpResponse:
    """The months of the one organisation, or first a choice between several."""
    organisations = list(Organisation.objects.counted_by(request.access))
    if len(organisations) == 1:
        return redirect("analytics:organisation", organisations[0].public_id)
    target = "analytics:organisation"
    offered = [(o.name, reverse(target, args=[o.public_id])) for o in organisations]
    return render(request, "analytics/choose.html", {"offered": offered, "for_counts": True})


@require_safe
@keeps_counts
def organisation_months(request: PersonRequest, organisation: str) -> HttpResponse:
    """The last 36 months: what is in, what is not, and which one to fill in first."""
    kept = _kept(request, organisation)
    today = today_of(request)
    other = OtherMonthForm(request.GET if "month" in request.GET else None, today=today)
    if other.is_valid():
        return redirect(month_url(kept, other.cleaned_data["month"]))
    states = _states(kept, today)
    first = first_to_fill_in(states)
    context = {
        "organisation": kept,
        "years": strip_by_year(kept, states),
        "next_month": first,
        "next_url": month_url(kept, first) if first else "",
        "following": add_months(today.replace(day=1), 1),
        "other": other,
        "corrections": history_rows(kept, latest_corrections(kept.pk)),
        "breadcrumbs": _breadcrumbs(request, None),
    }
    return render(request, "analytics/months.html", context)


def _kept(request: PersonRequest, public_id: str) -> Organisation:
    found: Organisation = get_object_or_404(
        Organisation.objects.counted_by(request.access), public_id=public_id
    )
    return found


def _states(organisation: Organisation, today: date) -> list[tuple[date, MonthState]]:
    shown = months_back_from(today, SHOWN + 1)
    cells = cells_by_month([organisation.pk], shown)
    return [(m, state_of(m, cells.get((organisation.pk, m), {}), today)) for m in shown]


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_counts
def month(request: PersonRequest, organisation: str, month: tuple[int, int]) -> HttpResponse:
    """Fill in or correct one month. What was typed stays, whatever the answer."""
    kept = _kept(request, organisation)
    try:
        first = month_of(year=month[0], month=month[1], today=today_of(request))
    except MonthRefused as refusal:
        context = {"message": messages.OF_MONTH[refusal.fault], "organisation": kept}
        return render(request, "analytics/month_refused.html", context, status=404)
    current = counts_of_month(kept.pk, first)
    if request.method == "POST":
        return _save(request, kept, first, current)
    typed = kept_form.take(request)
    form = MonthForm(current=current, initial=typed.dict() if typed else None)
    basis = typed.get("basis", "") if typed else basis_of(current)
    return _page(request, kept, first, form, current=current, basis=basis, was_kept=bool(typed))


def _save(
    request: PersonRequest,
    organisation: Organisation,
    month: date,
    current: Mapping[Indicator, MonthlyCount],
) -> HttpResponse:
    posted: QueryDict = request.POST
    form = MonthForm(posted, current=current)
    page: dict[str, Any] = {"current": current, "basis": posted.get("basis", "")}
    if form.is_valid():
        try:
            save_month(
                organisation=organisation,
                month=month,
                cells=form.cells,
                basis=page["basis"],
                reason=form.cleaned_data.get("reason", ""),
                confirmed=posted.getlist("confirmed"),
                by=request.user,
                at=now_of(request),
            )
        except MonthChangedMeanwhile as refusal:
            page = _told(form, refusal.current)
            form = form.with_blanks_filled(refusal.current)
        except Refused as refusal:
            form.take(refusal)
        else:
            return redirect(f"{month_url(organisation, month)}?saved=1")
    return _page(request, organisation, month, form, **page)


def _told(form: MonthForm, now: Mapping[Indicator, MonthlyCount]) -> dict[str, Any]:
    """What was saved meanwhile and differs from what this person typed."""
    differing = {i: row for i, row in now.items() if form.cells.get(i, row.cell) != row.cell}
    return {"current": now, "basis": basis_of(now), "meanwhile": differing, "status": 409}


def _page(
    request: PersonRequest,
    organisation: Organisation,
    month: date,
    form: MonthForm,
    *,
    current: Mapping[Indicator, MonthlyCount],
    basis: str,
    meanwhile: Mapping[Indicator, MonthlyCount] | None = None,
    was_kept: bool = False,
    status: int = 200,
) -> HttpResponse:
    earlier = add_months(month, -1)
    before = cells_by_month([organisation.pk], [earlier]).get((organisation.pk, earlier), {})
    history = history_of_month(organisation.pk, month)
    context = {
        "organisation": organisation,
        "month": month,
        "month_before": earlier,
        "form": form,
        "rows": form_rows(
            form,
            before=before,
            meanwhile=meanwhile or {},
            confirmed=request.POST.getlist("confirmed"),
        ),
        "basis": basis,
        "asks_reason": any(row.cell.is_settled for row in current.values()),
        "meanwhile": meanwhile,
        "was_kept": was_kept,
        "saved": history[0] if history and "saved" in request.GET else None,
        "latest": history[0] if history else None,
        "history": history_rows(organisation, history),
        "next_open": _next_open(request, organisation, month),
        "breadcrumbs": _breadcrumbs(request, organisation),
    }
    return render(request, "analytics/month.html", context, status=status)


def _next_open(request: PersonRequest, organisation: Organisation, month: date) -> str:
    """Where to go on after saving; only worked out then."""
    if "saved" not in request.GET:
        return ""
    states = [pair for pair in _states(organisation, today_of(request)) if pair[0] != month]
    first = first_to_fill_in(states)
    return month_url(organisation, first) if first else ""


def _breadcrumbs(
    request: PersonRequest, organisation: Organisation | None
) -> list[tuple[str, str]]:
    """Down to the parent: the choice only for somebody who has one."""
    found = []
    if len(request.access.counts_for) > 1:
        found.append((_("Counts"), reverse("analytics:months")))
    if organisation:
        label = organisation.name if found else _("Counts")
        found.append((label, reverse("analytics:organisation", args=[organisation.public_id])))
    return found
