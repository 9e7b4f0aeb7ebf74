"""Opening the decision tree for people who are not signed in, or closing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.actions.open_tree import show_tree_without_sign_in
from organisations.clock import now_of, today_of
from organisations.models import Organisation
from organisations.requests import PersonRequest, access_required
from organisations.selectors.contacts import contact_maps

opens_trees = access_required(lambda access: bool(access.counts_for | access.coordinates))


@require_http_methods(["GET", "HEAD", "POST"])
@opens_trees
def without_sign_in(request: PersonRequest, organisation: str) -> HttpResponse:
    """What becomes visible to everybody, by name, and the switch."""
    mine = Organisation.objects.opened_by(request.access)
    found = get_object_or_404(mine, public_id=organisation)
    if request.method == "POST":
        shown = request.POST.get("shown") == "yes"
        show_tree_without_sign_in(
            organisation=found, shown=shown, by=request.user, at=now_of(request)
        )
        messages.success(request, _("Everybody can open it now.") if shown else _("Closed."))
        return redirect("contacts:without_sign_in", found.public_id)
    (map_,) = contact_maps([found], today_of(request))
    own = [contact for contact in map_.contacts if contact.mark]
    facts = {
        "organisation": found,
        "becoming_public": [contact for contact in own if contact.is_public],
        "staying_inside": [contact for contact in own if not contact.is_public],
        "keeps": found.pk in request.access.counts_for,
        "address": request.build_absolute_uri(reverse("tree:open", args=[found.public_id])),
        "crumbs": [(_("Contacts"), reverse("contacts:map", args=[found.public_id]))],
    }
    return render(request, "organisations/open_tree.html", facts)
