"""*Berichten*: mails to read again, how sending goes, and reminding somebody by hand."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning.actions.reminding_by_hand import preview, remind_by_hand
from learning.actions.sending import send_mails
from learning.models import Mail
from learning.selectors.mails import days_of_mail, fate_of
from organisations.access import Access
from organisations.clock import now_of, today_of
from organisations.errors import Refused
from organisations.models import DemoSite, Employment, Organisation, User
from organisations.requests import PersonRequest, access_required, person_required
from organisations.views.pages import keeps_staff, organisation_of, page_of, query_without_page


def sees_team(access: Access) -> bool:
    return access.sees_team


@require_safe
@person_required
def mails(request: PersonRequest) -> HttpResponse:
    """Mails to oneself. In the demo, where all people are made up, also everybody's."""
    is_demo = DemoSite.objects.exists()
    of_all = is_demo and request.GET.get("van") == "allen"
    rows = _readable(request, of_all=of_all).select_related("recipient")
    page = page_of(request, rows.defer("text", "html").order_by("-on", "-pk"))
    now = now_of(request)
    return render(
        request,
        "learning/mails.html",
        {
            "page": page,
            "lines": [(mail, fate_of(mail, now)) for mail in page],
            "of_all": of_all,
            "here": "all" if of_all else "own",
            "is_demo_site": is_demo,
            "query": query_without_page(request),
            "kept": _kept(request),
        },
    )


@require_safe
@person_required
def mail(request: PersonRequest, mail: str) -> HttpResponse:
    """One mail, as text."""
    readable = _readable(request, of_all=DemoSite.objects.exists())
    found = get_object_or_404(readable.select_related("recipient"), public_id=mail)
    return render(
        request,
        "learning/mail.html",
        {
            "mail": found,
            "fate": fate_of(found, now_of(request)),
            "is_own": found.recipient_id == request.user.pk,
        },
    )


def _readable(request: PersonRequest, *, of_all: bool) -> "QuerySet[Mail]":
    return Mail.objects.all() if of_all else Mail.objects.own(request.access)


def _kept(request: PersonRequest) -> list[Organisation]:
    """Organisations whose coordinator may see how sending goes."""
    if not request.access.is_coordinator:
        return []
    return list(Organisation.objects.coordinated_by(request.access).order_by("name", "pk"))


@require_safe
@access_required(keeps_staff)
def mail_counts(request: PersonRequest, organisation: str) -> HttpResponse:
    """How many mails a day, and whether they were sent; never what they say."""
    found = organisation_of(request, organisation)
    days = days_of_mail(found, today=today_of(request), now=now_of(request))
    return render(request, "learning/mail_counts.html", {"organisation": found, "days": days})


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(sees_team)
def remind_person(request: PersonRequest, person: str) -> HttpResponse:
    """The mail to read first; asked for, it is made and offered to the mail server at once."""
    found = get_object_or_404(User.objects.visible_to(request.access), public_id=person)
    facts: dict[str, Any] = {
        "worker": found,
        "organisations": _organisations_here(request, found),
        "by": request.user,
        "at": now_of(request),
    }
    try:
        if request.method != "POST":
            words = preview(**facts)
            return render(request, "learning/remind.html", {"person": found, "words": words})
        made = remind_by_hand(**facts)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        send_mails(at=now_of(request), only=made)
        messages.success(request, _("The reminder for %(name)s is on its way.") % {"name": found})
    return redirect("learning:person", found.public_id)


def _organisations_here(request: PersonRequest, person: User) -> set[int]:
    """Where this person works in a team that the reader sees: what others ask stays unseen."""
    seen = Employment.objects.visible_to(request.access).on(today_of(request))
    return set(seen.filter(user=person).values_list("team__organisation_id", flat=True))
