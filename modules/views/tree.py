"""*Decision tree*: what to do and whom to call. Nothing of its use is kept (ADR 18).

The whole tree is one page, and no address says which way was taken.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from modules import square_code
from modules.decision_tree import published_tree
from modules.rules.paper import density
from organisations.clock import today_of
from organisations.models import Organisation
from organisations.requests import PersonRequest, person_required
from organisations.selectors.contacts import (
    NATIONAL_MAP,
    ContactMap,
    contact_maps,
    public_contact_map,
)


@require_safe
@person_required
def tree(request: PersonRequest) -> HttpResponse:
    """With the contacts of the one organisation; else national ones, and a choice of several."""
    mine = list(
        Organisation.objects.filter(pk__in=request.access.organisations).order_by("name", "pk")
    )
    if len(mine) == 1:
        return _inside(request, mine[0])
    return _page(request, "modules/tree.html", NATIONAL_MAP, to_choose_from=mine)


@require_safe
@person_required
def tree_at(request: PersonRequest, organisation: str) -> HttpResponse:
    """With the contacts of one organisation that the person belongs to."""
    mine = Organisation.objects.visible_to(request.access)
    return _inside(request, get_object_or_404(mine, public_id=organisation))


@require_safe
def open_tree(request: HttpRequest, organisation: str) -> HttpResponse:
    """For everybody, where the organisation chose so. Sets no cookie and tells no other site."""
    found = get_object_or_404(Organisation.objects.with_open_tree(), public_id=organisation)
    map_ = public_contact_map(found, today_of(request))
    response = _page(request, "modules/tree_open.html", map_, public_id=found.public_id, places=[])
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _inside(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    (map_,) = contact_maps([organisation], today_of(request))
    public_id = organisation.public_id if organisation.shows_tree_without_sign_in else ""
    return _page(request, "modules/tree.html", map_, public_id=public_id)


def _page(
    request: HttpRequest, template: str, map_: ContactMap, *, public_id: str = "", **more: Any
) -> HttpResponse:
    """Never kept by the browser: no trace on a shared computer, and no number that is old."""
    shown, today = published_tree(), today_of(request)
    address = (
        request.build_absolute_uri(reverse("tree:open", args=[public_id])) if public_id else ""
    )
    facts = {
        "shown": shown,
        "map": map_,
        "law_is_old": shown is not None and shown.law_is_old_on(today),
        "today": today,
        "address": address,
        "code": square_code.drawn(address) if address else None,
        "density": density(shown.tree, _words_of(map_)) if shown else "",
    }
    response = render(request, template, facts | more)
    response["Cache-Control"] = "no-store"
    return response


def _words_of(map_: ContactMap) -> int:
    """How many characters the contacts take on paper."""
    return sum(
        len(f"{contact.label}{contact.name}{contact.phone}{contact.email}{contact.web_address}")
        + len(str(contact.reachable))
        for contact in map_.contacts
    )
