"""Studies: the same numbers over several institutions without names, and the files to take."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analytics import charts
from analytics.actions.studies import record_download
from analytics.catalogue import BY_INDICATOR
from analytics.errors import PseudonymKeyAbsent, TooFewToShare
from analytics.models import Study
from analytics.presenters.associations import change_rows, points_of, rests_on
from analytics.presenters.extract import codebook_bytes, extract_bytes
from analytics.presenters.narration import association_sentence
from analytics.presenters.rates import institution_rows, pooled_rows
from analytics.rules.association import SPAN, change_on_change
from analytics.rules.disclosure import MINIMUM_INSTITUTIONS
from analytics.rules.panel import Panel
from analytics.rules.pseudonyms import PseudonymKeyMissingError
from analytics.selectors.panels import panel_of_study
from analytics.views.overview import choices_of, indicator_of
from organisations.clock import now_of, today_of
from organisations.errors import Refused
from organisations.requests import PersonRequest, access_required

researches = access_required(lambda access: access.is_researcher)
CSV = "text/csv; charset=utf-8"


@require_safe
@researches
def studies(request: PersonRequest) -> HttpResponse:
    """The approved studies in which this researcher takes part."""
    found = list(Study.objects.visible_to(request.access).order_by("title", "pk"))
    return render(request, "analytics/studies.html", {"studies": found})


def _visible(request: PersonRequest, public_id: str) -> Study:
    found: Study = get_object_or_404(Study.objects.visible_to(request.access), public_id=public_id)
    return found


def _shareable(request: PersonRequest, study: Study) -> Panel:
    """The institutions of the study under their codes. Raises Refused when they cannot be shown."""
    try:
        panel = panel_of_study(study, site_key=settings.PSEUDONYM_KEY, today=today_of(request))
    except PseudonymKeyMissingError:
        raise PseudonymKeyAbsent from None
    if len(panel.institutions) < MINIMUM_INSTITUTIONS:
        raise TooFewToShare(have=len(panel.institutions), needed=MINIMUM_INSTITUTIONS)
    return panel


def _refused(request: PersonRequest, study: Study, refusal: Refused) -> HttpResponse:
    context = {"study": study, "message": str(refusal), "breadcrumbs": _breadcrumbs()}
    return render(request, "analytics/study_refused.html", context, status=409)


def _breadcrumbs() -> list[tuple[str, str]]:
    return [(_("Studies"), reverse("analytics:studies"))]


@require_safe
@researches
def study(request: PersonRequest, study: str) -> HttpResponse:
    """All institutions together, each under its code, and the association or why there is none."""
    found = _visible(request, study)
    try:
        panel = _shareable(request, found)
    except Refused as refusal:
        return _refused(request, found, refusal)
    outcome = indicator_of(request)
    rows, result = pooled_rows(panel, outcome), change_on_change(panel, outcome)
    points = points_of(result)
    context = {
        "study": found,
        "choices": choices_of(request),
        "indicator": BY_INDICATOR[outcome],
        "rows": rows,
        "has_rates": any(row.rate for row in rows),
        "figure": charts.rates_and_coverage(rows, rate_title=_("per 1,000 client-months")),
        "institutions": institution_rows(panel, outcome),
        "result": result,
        "span": SPAN,
        "sentence": association_sentence(result, outcome),
        "points": change_rows(points),
        "scatter": charts.change_on_change(points) if result.correlation and points else None,
        "rests_on": rests_on(result, len(points)),
        "breadcrumbs": _breadcrumbs(),
    }
    return render(request, "analytics/study.html", context)


@require_safe
@researches
def extract(request: PersonRequest, study: str) -> HttpResponse:
    """The data of the study, pseudonymised and rounded. Who took it is put on record."""
    found = _visible(request, study)
    try:
        panel = _shareable(request, found)
    except Refused as refusal:
        return _refused(request, found, refusal)
    content = extract_bytes(panel)
    return _download(request, found, "gegevens", content, snapshot=panel.snapshot)


@require_safe
@researches
def codebook(request: PersonRequest, study: str) -> HttpResponse:
    """What the columns of the extract mean."""
    found = _visible(request, study)
    return _download(request, found, "codeboek", codebook_bytes(), snapshot="")


def _download(
    request: PersonRequest, study: Study, name: str, content: bytes, *, snapshot: str
) -> HttpResponse:
    file = f"opmerkzaam-{study.public_id}-{name}.csv"
    record_download(
        study=study,
        name=file,
        content=content,
        snapshot=snapshot,
        by=request.user,
        at=now_of(request),
    )
    response = HttpResponse(content, content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    response["Cache-Control"] = "private, no-store"
    return response
