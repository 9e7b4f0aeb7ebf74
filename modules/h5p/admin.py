"""Exporting in the Wagtail admin, for editors only (modules/middleware.py)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.widgets import Button

from modules.h5p.errors import NotExported
from modules.h5p.export import export_of
from modules.models import Scenario
from modules.rules.scenario import PRACTICE


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The package; or back to the scenario, with the reason why there is none."""
    scenario = get_object_or_404(Scenario, pk=pk)
    try:
        package = export_of(scenario.slug)
    except NotExported as refusal:
        messages.error(request, str(refusal))
        return redirect("wagtailsnippets_modules_scenario:edit", pk)
    name = f'attachment; filename="{scenario.slug}.h5p"'
    return HttpResponse(package, "application/zip", headers={"Content-Disposition": name})


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("scenario-h5p/<int:pk>/", download, name="scenario_h5p")]


def export_buttons(thing: Any) -> list[Button]:
    """For what is published to practise with; anything else would be refused."""
    if not isinstance(thing, Scenario) or not thing.live or thing.purpose != PRACTICE:
        return []
    url = reverse("scenario_h5p", args=[thing.pk])
    return [Button(_("Export as .h5p"), url=url, icon_name="download", priority=40)]


@hooks.register("register_snippet_listing_buttons")
def listing_buttons(snippet: Any, user: Any, next_url: str | None = None) -> list[Button]:
    return export_buttons(snippet)
