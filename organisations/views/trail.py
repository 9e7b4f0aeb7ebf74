"""Who did what and when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisations.models import AuditEvent, Organisation
from organisations.requests import PersonRequest, access_required
from organisations.selectors.trail import lines_of
from organisations.views.pages import (
    administers,
    crumbs_of,
    keeps_staff,
    organisation_of,
    page_of,
)


@require_safe
@access_required(keeps_staff)
def trail(request: PersonRequest, organisation: str) -> HttpResponse:
    """What was done in one organisation, the latest first."""
    return _trail_page(request, organisation_of(request, organisation))


@require_safe
@access_required(administers)
def trail_of_all(request: PersonRequest) -> HttpResponse:
    """What was done on the whole platform, the latest first."""
    return _trail_page(request, None)


def _trail_page(request: PersonRequest, organisation: Organisation | None) -> HttpResponse:
    events = AuditEvent.objects.visible_to(request.access).select_related("actor", "organisation")
    if organisation is not None:
        events = events.filter(organisation=organisation)
    page = page_of(request, events.order_by("-at", "-pk"))
    facts = {
        "organisation": organisation,
        "crumbs": crumbs_of(organisation) if organisation else [],
        "title": _("What was done and by whom"),
        "page": page,
        "lines": lines_of(list(page)),
    }
    return render(request, "organisations/trail.html", facts)
