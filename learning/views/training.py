"""What an organisation's people must follow, and who has it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.forms_training import HavingFilter
from learning.models import Programme
from learning.selectors.having import people_with, rows_of
from learning.selectors.training import programmes_of
from organisations.clock import today_of
from organisations.requests import PersonRequest, access_required
from organisations.views.pages import (
    crumbs_of,
    keeps_staff,
    organisation_of,
    page_of,
    query_without_page,
)


@require_safe
@access_required(keeps_staff)
def training(request: PersonRequest, organisation: str) -> HttpResponse:
    """Every programme that may be used here, with the rules that ask it."""
    found, today = organisation_of(request, organisation), today_of(request)
    return render(
        request,
        "learning/training.html",
        {
            "organisation": found,
            "crumbs": crumbs_of(found)[:1],
            "programmes": programmes_of(found, today),
            "is_live": found.is_live_on(today),
            "today": today,
        },
    )


@require_safe
@access_required(keeps_staff)
def people_of_programme(request: PersonRequest, organisation: str, programme: str) -> HttpResponse:
    """Who has the programme here, and where they stand."""
    found, today = organisation_of(request, organisation), today_of(request)
    asked = get_object_or_404(Programme.objects.usable_at(found), public_id=programme)
    narrowed = HavingFilter(request.GET)
    shown = narrowed.asked()
    page = page_of(request, people_with(found, asked, today=today, shown=shown))
    back = reverse("learning:training", args=[found.public_id])
    return render(
        request,
        "learning/people_of_programme.html",
        {
            "organisation": found,
            "programme": asked,
            "crumbs": crumbs_of(found, (_("Training"), back)),
            "filter": narrowed,
            "is_narrowed": shown is not None,
            "page": page,
            "rows": rows_of(list(page), found, today=today),
            "query": query_without_page(request),
        },
    )
