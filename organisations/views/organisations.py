"""*Organisations*: the administrator's list, and setting one up."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations import actions
from organisations.clock import now_of, today_of
from organisations.forms.organisations import OrganisationForm
from organisations.models import Organisation
from organisations.querysets import in_period
from organisations.requests import PersonRequest, access_required
from organisations.views.pages import (
    administers,
    form_page,
    page_of,
    query_without_page,
    refusals_in,
    typed,
)


@require_safe
@access_required(administers)
def organisations(request: PersonRequest) -> HttpResponse:
    """All organisations, with what each still lacks."""
    today = today_of(request)
    working = Count(
        "teams__employments__user",
        filter=in_period(today, "teams__employments__"),
        distinct=True,
    )
    rows = (
        Organisation.objects.visible_to(request.access)
        .annotate(teams_count=Count("teams", distinct=True), people_count=working)
        .annotate(is_live=Count("pk", filter=Q(works_council_agreed_on__lte=today)))
        .order_by("name", "pk")
    )
    page = page_of(request, rows)
    facts = {"page": page, "query": query_without_page(request)}
    return render(request, "organisations/organisations.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(administers)
def add_organisation(request: PersonRequest) -> HttpResponse:
    form = OrganisationForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = actions.create_organisation(
                **form.cleaned_data, by=request.user, at=now_of(request)
            )
            messages.success(request, _("%(name)s is there now.") % {"name": made.name})
            return redirect("organisations:people", made.public_id)
    return form_page(
        request,
        form,
        title=_("Add an organisation"),
        button=_("Add organisation"),
        back=reverse("organisations:organisations"),
        crumbs=[(_("Organisations"), reverse("organisations:organisations"))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(administers)
def change_organisation(request: PersonRequest, organisation: str) -> HttpResponse:
    """Its name, the day on which its works council agreed, and how long data is kept."""
    all_of_them = Organisation.objects.coordinated_by(request.access)
    found = get_object_or_404(all_of_them, public_id=organisation)
    now = {
        "name": found.name,
        "works_council_agreed_on": found.works_council_agreed_on,
        "retention_months": found.retention_months,
    }
    form = OrganisationForm(typed(request), initial=now)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.change_organisation(
                organisation=found, **form.cleaned_data, by=request.user, at=now_of(request)
            )
            messages.success(request, _("Saved."))
            return redirect("organisations:people", found.public_id)
    return form_page(
        request,
        form,
        title=_("Details of %(name)s") % {"name": found.name},
        button=_("Save details"),
        back=reverse("organisations:people", args=[found.public_id]),
        crumbs=[(_("Organisations"), reverse("organisations:organisations"))],
    )
