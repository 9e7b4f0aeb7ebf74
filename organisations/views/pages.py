"""What the pages of the staff side have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from organisations import kept_form
from organisations.access import Access
from organisations.errors import Refused
from organisations.models import Organisation, User
from organisations.requests import PersonRequest

PER_PAGE = 50


def keeps_staff(access: Access) -> bool:
    """Whether the place *Staff* is this person's."""
    return access.is_coordinator


def administers(access: Access) -> bool:
    return access.is_administrator


def organisation_of(request: PersonRequest, public_id: str) -> Organisation:
    """The organisation in the address; 404 unless this person keeps its staff."""
    mine = Organisation.objects.coordinated_by(request.access)
    return get_object_or_404(mine, public_id=public_id)


def person_of(organisation: Organisation, public_id: str) -> User:
    """Somebody who works, worked or holds a role there; 404 otherwise."""
    return get_object_or_404(User.objects.of_organisations([organisation.pk]), public_id=public_id)


def typed(request: PersonRequest) -> QueryDict | None:
    """What was typed: now, or before the session had expired."""
    return request.POST if request.method == "POST" else kept_form.take(request)


@contextmanager
def refusals_in(form: BaseForm) -> Iterator[None]:
    """Show a refusal in the form, beside the field that it is about."""
    try:
        yield
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def form_page(
    request: PersonRequest, form: BaseForm, *, title: str, button: str, back: str, **facts: Any
) -> HttpResponse:
    """A page with one form. `back` is where leaving without saving goes.

    `text` stands above the form and `warning` in a notice; `crumbs` are the levels above.
    """
    page = {"form": form, "title": title, "button": button, "back": back} | facts
    return render(request, "organisations/form.html", page)


def crumbs_of(organisation: Organisation, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The levels above a page of an organisation."""
    people = reverse("organisations:people", args=[organisation.public_id])
    return [(_("Staff"), reverse("organisations:staff")), (organisation.name, people), *more]


def page_of(request: PersonRequest, rows: QuerySet[Any]) -> Page[Any]:
    """The page that is asked for; the first or last when that does not exist."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def query_without_page(request: PersonRequest) -> str:
    """What the list is narrowed to, for the links to its other pages."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
