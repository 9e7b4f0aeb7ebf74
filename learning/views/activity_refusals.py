"""How often something of an H5P activity was refused, for administrators."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.presenters.refusal_words import words_for
from learning.selectors.activities import refusals_since, titles_of
from organisations.clock import today_of
from organisations.requests import PersonRequest, access_required
from organisations.views.pages import administers, page_of

DAYS = 90


@require_safe
@access_required(administers)
def activity_refusals(request: PersonRequest) -> HttpResponse:
    """Of the last 90 days, the latest first."""
    page = page_of(request, refusals_since(today_of(request) - timedelta(days=DAYS)))
    titles = titles_of(page)
    lines = [(row, words_for(row.code), titles.get(row.version, "")) for row in page]
    crumbs = [(_("Organisations"), reverse("organisations:organisations"))]
    facts = {"page": page, "lines": lines, "crumbs": crumbs, "days": DAYS}
    return render(request, "learning/activity_refusals.html", facts)
