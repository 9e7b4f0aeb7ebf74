"""*Contacts*: whom the people of an organisation turn to, and keeping that right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations import kept_form
from organisations.actions.contacts import basis_of, confirm_contact, save_contact, standing
from organisations.clock import now_of, today_of
from organisations.errors import ContactChangedMeanwhile
from organisations.forms.contacts import ContactForm
from organisations.models import Contact, ContactKind, Organisation
from organisations.requests import PersonRequest, access_required, person_required
from organisations.rules.contacts import ContactFacts
from organisations.selectors.contacts import NATIONAL_MAP, contact_maps, earlier_contacts

keeps_contacts = access_required(lambda access: bool(access.counts_for))


@require_safe
@person_required
def contacts(request: PersonRequest) -> HttpResponse:
    """The contacts of the one organisation, or first a choice; national ones for who has none."""
    mine = list(Organisation.objects.visible_to(request.access).order_by("name", "pk"))
    if len(mine) == 1:
        return redirect("contacts:map", mine[0].public_id)
    facts = {"organisations": mine, "map": NATIONAL_MAP}
    return render(request, "organisations/contacts_choose.html", facts)


@require_safe
@person_required
def contact_map(request: PersonRequest, organisation: str) -> HttpResponse:
    """Everything that stands; for who keeps it also what is missing, due and how to change it."""
    mine = Organisation.objects.visible_to(request.access)
    found = get_object_or_404(mine, public_id=organisation)
    (shown,) = contact_maps([found], today_of(request))
    access = request.access
    return render(
        request,
        "organisations/contacts.html",
        {
            "organisation": found,
            "map": shown,
            "keeps": found.pk in access.counts_for,
            "opens_tree": found.pk in access.counts_for | access.coordinates,
            "all_contacts": [shown.of(kind) for kind in ContactKind.values],
            "crumbs": _crumbs(request, None),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_contacts
def contact(request: PersonRequest, organisation: str, kind: ContactKind) -> HttpResponse:
    """Fill in or change one contact. What was typed stays, whatever the answer."""
    kept = _kept(request, organisation)
    if request.method == "POST":
        return _save(request, kept, kind)
    typed = kept_form.take(request)
    current = standing(kept, kind)
    form = _form(request, kind, current)
    if typed is not None:
        form.initial = typed.dict()
    basis = typed.get("basis", "") if typed is not None else basis_of(current)
    return _page(request, kept, kind, form, basis=basis, current=current)


@require_POST
@keeps_contacts
def confirm(request: PersonRequest, organisation: str, kind: ContactKind) -> HttpResponse:
    """Still right: for another year."""
    kept = _kept(request, organisation)
    try:
        confirm_contact(
            organisation=kept,
            kind=kind,
            basis=request.POST.get("basis", ""),
            by=request.user,
            at=now_of(request),
        )
    except ContactChangedMeanwhile as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Thank you. This is right for another year."))
    return redirect("contacts:map", kept.public_id)


def _kept(request: PersonRequest, public_id: str) -> Organisation:
    """The organisation in the address; 404 unless this person keeps its contacts."""
    mine = Organisation.objects.contacts_kept_by(request.access)
    found: Organisation = get_object_or_404(mine, public_id=public_id)
    return found


def _form(request: PersonRequest, kind: ContactKind, current: Contact | None) -> ContactForm:
    posted = request.POST if request.method == "POST" else None
    facts = current.facts if current else None
    return ContactForm(posted, kind=kind, today=today_of(request), facts=facts)


def _save(request: PersonRequest, organisation: Organisation, kind: ContactKind) -> HttpResponse:
    current = standing(organisation, kind)
    form, basis = _form(request, kind, current), request.POST.get("basis", "")
    takes_away = "take_away" in request.POST
    if not takes_away and not form.is_valid():
        return _page(request, organisation, kind, form, basis=basis, current=current)
    try:
        save_contact(
            organisation=organisation,
            kind=kind,
            facts=ContactFacts() if takes_away else form.facts,
            basis=basis,
            by=request.user,
            at=now_of(request),
        )
    except ContactChangedMeanwhile:
        now = standing(organisation, kind)
        return _page(
            request, organisation, kind, form, basis=basis_of(now), current=now, meanwhile=True
        )
    messages.success(request, _("Taken away.") if takes_away else _("Saved."))
    return redirect("contacts:map", organisation.public_id)


def _page(
    request: PersonRequest,
    organisation: Organisation,
    kind: ContactKind,
    form: ContactForm,
    *,
    basis: str,
    current: Contact | None,
    meanwhile: bool = False,
) -> HttpResponse:
    facts = {
        "organisation": organisation,
        "kind": kind,
        "form": form,
        "basis": basis,
        "current": current,
        "meanwhile": meanwhile,
        "earlier": earlier_contacts(organisation, kind),
        "crumbs": _crumbs(request, organisation),
    }
    status = 409 if meanwhile else 200
    return render(request, "organisations/contact.html", facts, status=status)


def _crumbs(request: PersonRequest, organisation: Organisation | None) -> list[tuple[str, str]]:
    """Down to the parent: the choice only for somebody who has one."""
    found = []
    if len(request.access.organisations) != 1:
        found.append((_("Contacts"), reverse("contacts:contacts")))
    if organisation is not None:
        label = organisation.name if found else _("Contacts")
        found.append((label, reverse("contacts:map", args=[organisation.public_id])))
    return found
