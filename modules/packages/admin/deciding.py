"""Approving and refusing libraries. Who may not decide finds nothing here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from modules.models import H5PLibrary, H5PVersion
from modules.packages.admin.libraries import library_page, version_page
from modules.packages.approving import decide
from organisations import kept_form
from organisations.clock import now_of
from organisations.errors import Refused
from organisations.requests import PersonRequest

MOST_LETTERS = 1000  # of a reason

View = Callable[..., HttpResponse]


def decider_required(view: View) -> View:
    """For everybody else the address does not exist."""

    @wraps(view)
    def checked(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.access.decides_libraries:
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@kept_form.keeping
@require_http_methods(["GET", "POST"])
@decider_required
def decide_library(request: PersonRequest, digest: str) -> HttpResponse:
    """Looked at only by who had to sign in again: reading code takes longer than half an hour."""
    library = get_object_or_404(H5PLibrary, digest=digest)
    if request.method != "POST":
        typed = kept_form.take(request) or QueryDict()
        return library_page(request, library, reason=typed.get("reason", ""))
    reason = request.POST.get("reason", "")[:MOST_LETTERS]
    approve = request.POST.get("decision") == "approve"
    if not approve and request.POST.get("decision") != "refuse":
        return library_page(request, library, error=_("Choose what you decide."), reason=reason)
    try:
        decide(library, approve=approve, reason=reason, by=request.user, at=now_of(request))
    except Refused as refusal:
        return library_page(request, library, error=str(refusal), reason=reason)
    said = _("{library} is approved.") if approve else _("{library} may not be used.")
    messages.success(request, said.format(library=library))
    return redirect("h5p_libraries")


@require_http_methods(["GET", "POST"])
@decider_required
def approve_version(request: PersonRequest, version: str) -> HttpResponse:
    """All libraries of a version that wait, as far as they stood in the list that was seen."""
    found = get_object_or_404(H5PVersion.objects.select_related("package"), public_id=version)
    if request.method != "POST":
        return redirect("h5p_version_libraries", found.public_id)
    if "seen" not in request.POST:
        return version_page(
            request, found, error=_("Look at the libraries first, and tick that you did.")
        )
    listed = found.libraries.filter(digest__in=request.POST.getlist("library"))
    waiting = H5PLibrary.objects.waiting().filter(pk__in=listed).order_by("pk")
    with transaction.atomic():
        for library in list(waiting):
            decide(library, approve=True, reason="", by=request.user, at=now_of(request))
        count = len(waiting)
    said = ngettext("{count} library is approved.", "{count} libraries are approved.", count)
    messages.success(request, said.format(count=count))
    return redirect("h5p_libraries")
