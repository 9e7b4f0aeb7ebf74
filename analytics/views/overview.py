"""The institution: rates with their intervals, and training coverage under them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analytics import charts
from analytics.catalogue import BY_INDICATOR, EVENT_ENTRIES
from analytics.presenters.narration import own_summary
from analytics.presenters.rates import own_rows
from analytics.rules.indicators import EVENTS, Indicator
from analytics.rules.months import SHOWN, last_complete_month
from analytics.selectors.panels import panel_of
from learning.rules.calendar import months_back_from
from organisations.clock import today_of
from organisations.models import Organisation
from organisations.requests import PersonRequest, access_required

oversees = access_required(lambda access: bool(access.oversees))


def indicator_of(request: HttpRequest) -> Indicator:
    """The number that was asked for; new suspicions unless another is named."""
    asked = request.GET.get("indicator", "")
    return next((event for event in EVENTS if event == asked), EVENTS[0])


def choices_of(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Value, label and whether it is the one shown."""
    now = indicator_of(request)
    return [(e.indicator.value, str(e.label), e.indicator is now) for e in EVENT_ENTRIES]


@require_safe
@oversees
def overview(request: PersonRequest) -> HttpResponse:
    """The one organisation that this person oversees, or first a choice between several."""
    organisations = list(Organisation.objects.filter(pk__in=request.access.oversees))
    target = "analytics:organisation_overview"
    if len(organisations) == 1:
        return redirect(target, organisations[0].public_id)
    offered = [(o.name, reverse(target, args=[o.public_id])) for o in organisations]
    return render(request, "analytics/choose.html", {"offered": offered, "for_counts": False})


@require_safe
@oversees
def organisation_overview(request: PersonRequest, organisation: str) -> HttpResponse:
    """Own line only. For everybody who oversees the whole organisation; a team is not enough."""
    seen: Organisation = get_object_or_404(
        Organisation.objects.filter(pk__in=request.access.oversees), public_id=organisation
    )
    today, outcome = today_of(request), indicator_of(request)
    months = months_back_from(last_complete_month(today), SHOWN)
    panel = panel_of({seen.pk: seen.public_id}, months, today=today)
    rows = own_rows(panel, outcome)
    keeps = seen.pk in request.access.counts_for
    context = {
        "organisation": seen,
        "choices": choices_of(request),
        "indicator": BY_INDICATOR[outcome],
        "summary": own_summary(panel, outcome),
        "rows": rows,
        "has_rates": any(row.rate for row in rows),
        "figure": charts.rates_and_coverage(rows, rate_title=_("per 1,000 client-months")),
        "keeps_counts": keeps,
        "breadcrumbs": _breadcrumbs(seen, keeps=keeps),
    }
    return render(request, "analytics/overview.html", context)


def _breadcrumbs(organisation: Organisation, *, keeps: bool) -> list[tuple[str, str]]:
    if not keeps:
        return []
    return [(_("Counts"), reverse("analytics:organisation", args=[organisation.public_id]))]
