"""*Staff*: the coordinator's list of people, and one person."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations import actions
from organisations.clock import now_of, today_of
from organisations.errors import Refused
from organisations.forms.people import PeopleFilter, PersonForm
from organisations.models import Organisation, User
from organisations.requests import PersonRequest, access_required
from organisations.selectors.next_step import next_step_of
from organisations.selectors.people import people_of, rows_of
from organisations.selectors.person import person_page
from organisations.selectors.teams import teams_in_order
from organisations.views.pages import (
    crumbs_of,
    form_page,
    keeps_staff,
    organisation_of,
    page_of,
    person_of,
    query_without_page,
    refusals_in,
    typed,
)


@require_safe
@access_required(keeps_staff)
def staff(request: PersonRequest) -> HttpResponse:
    """The way in: straight to the one organisation, or a choice between several."""
    mine = list(Organisation.objects.coordinated_by(request.access).order_by("name", "pk"))
    if len(mine) == 1:
        return redirect("organisations:people", mine[0].public_id)
    return render(request, "organisations/choose.html", {"organisations": mine})


@require_safe
@access_required(keeps_staff)
def people(request: PersonRequest, organisation: str) -> HttpResponse:
    """What is missing first; then everybody with team, function and since when."""
    found, today = organisation_of(request, organisation), today_of(request)
    teams = teams_in_order(found)
    narrowed = PeopleFilter(request.GET, teams=teams)
    asked = narrowed.asked()
    listed = people_of(found, on=today, shown=asked.shown, team=asked.team, words=asked.words)
    page = page_of(request, listed)
    return render(
        request,
        "organisations/people.html",
        {
            "organisation": found,
            "crumbs": crumbs_of(found)[:1],
            "next_step": next_step_of(found, on=today),
            "filter": narrowed,
            "asked": asked,
            "has_teams": bool(teams),
            "page": page,
            "rows": rows_of(list(page), found, on=today),
            "query": query_without_page(request),
        },
    )


@require_safe
@access_required(keeps_staff)
def person(request: PersonRequest, organisation: str, person: str) -> HttpResponse:
    """Work, roles and leave of one person, within this organisation."""
    found = organisation_of(request, organisation)
    page = person_page(person_of(found, person), found, on=today_of(request))
    facts = {"page": page, "organisation": found, "crumbs": crumbs_of(found)}
    return render(request, "organisations/person.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def change_person(request: PersonRequest, organisation: str, person: str) -> HttpResponse:
    """Correct a name, or an address with which nobody has signed in yet."""
    found = organisation_of(request, organisation)
    who = _present(request, found, person)
    fields = ["first_name", "last_name", "email", "language"]
    form = PersonForm(typed(request), initial={field: getattr(who, field) for field in fields})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.change_person(
                user=who,
                **form.cleaned_data,
                organisation=found,
                is_own_account=request.access.is_administrator or who.is_only_of(found),
                by=request.user,
                at=now_of(request),
            )
            messages.success(request, _("Saved."))
            return redirect("organisations:person", found.public_id, who.public_id)
    return form_page(
        request,
        form,
        title=_("Details of %(name)s") % {"name": who},
        button=_("Save details"),
        back=_page_of(found, who),
        crumbs=crumbs_of(found, (str(who), _page_of(found, who))),
    )


@require_POST
@access_required(keeps_staff)
def send_link(request: PersonRequest, organisation: str, person: str) -> HttpResponse:
    """Mail the person a link to choose a password."""
    found = organisation_of(request, organisation)
    who = _present(request, found, person)
    send_and_say(request, who, found)
    return redirect(_page_of(found, who))


def send_and_say(request: PersonRequest, who: User, organisation: Organisation | None) -> None:
    """Send the link and say on the next page whether, and to whom, it went."""
    try:
        actions.send_sign_in_link(
            user=who,
            to_absolute=request.build_absolute_uri,
            organisation=organisation,
            by=request.user,
            at=now_of(request),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        text = _("We sent a mail to %(address)s with a link to choose a password.")
        messages.success(request, text % {"address": who.email})


def _present(request: PersonRequest, organisation: Organisation, person: str) -> User:
    """Somebody who works there or will; of those who left, the account is not theirs to keep."""
    who = person_of(organisation, person)
    present = User.objects.staying_at([organisation.pk], on=today_of(request))
    if not present.filter(pk=who.pk).exists():
        raise Http404
    return who


def _page_of(organisation: Organisation, person: User) -> str:
    return reverse("organisations:person", args=[organisation.public_id, person.public_id])
