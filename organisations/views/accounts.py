"""Roles on the whole platform, which only an administrator gives and ends."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations import actions
from organisations.clock import now_of, today_of
from organisations.forms.roles import EndRoleForm, FirstRoleForm, PlatformRoleForm
from organisations.models import Role, RoleGrant, User
from organisations.querysets import not_ended
from organisations.requests import PersonRequest, access_required
from organisations.views.pages import administers, form_page, page_of, refusals_in, typed
from organisations.views.people import send_and_say


@require_safe
@access_required(administers)
def accounts(request: PersonRequest) -> HttpResponse:
    """Researchers, editors and administrators, and those who hold an account outright."""
    today = today_of(request)
    grants = RoleGrant.objects.filter(organisation__isnull=True).select_related("user")
    facts = {
        "crumbs": _crumbs()[:1],
        "today": today,
        "current": grants.filter(not_ended(today)).order_by("role", "user__last_name", "pk"),
        "ended": page_of(request, grants.exclude(not_ended(today)).order_by("-ends_before", "pk")),
        "waiting": _holders().filter(last_login__isnull=True, is_active=True),
        "superusers": User.objects.filter(is_superuser=True, is_active=True),
    }
    return render(request, "organisations/accounts.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(administers)
def add_account(request: PersonRequest) -> HttpResponse:
    """An account with its first role, for somebody who works at no organisation."""
    form = FirstRoleForm(typed(request), today=today_of(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            who = actions.add_role_holder(**form.cleaned_data, by=request.user, at=now_of(request))
            send_and_say(request, who, None)
            return redirect("organisations:accounts")
    return form_page(
        request,
        form,
        title=_("Add an account"),
        text=_("For somebody who works at no organisation here: a researcher or an editor."),
        button=_("Add account"),
        back=reverse("organisations:accounts"),
        crumbs=_crumbs(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(administers)
def give_platform_role(request: PersonRequest, person: str) -> HttpResponse:
    who = get_object_or_404(User.objects.filter(is_active=True), public_id=person)
    form = PlatformRoleForm(typed(request), today=today_of(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            _give(request, who, form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("organisations:accounts")
    return form_page(
        request,
        form,
        title=_("Give %(name)s a role on the whole platform") % {"name": who},
        button=_("Give role"),
        back=reverse("organisations:accounts"),
        crumbs=_crumbs(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(administers)
def end_platform_role(request: PersonRequest, grant: str) -> HttpResponse:
    platform = RoleGrant.objects.filter(organisation__isnull=True).select_related("user")
    held = get_object_or_404(platform, public_id=grant)
    form = EndRoleForm(typed(request), initial={"ends_before": today_of(request)})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            ends_before = form.cleaned_data["ends_before"]
            actions.end_role(
                grant=held, ends_before=ends_before, by=request.user, at=now_of(request)
            )
            messages.success(request, _("Saved. What went before stays on record."))
            own = held.user_id == request.user.pk and held.role == Role.ADMINISTRATOR
            return redirect("start" if own else "organisations:accounts")
    return form_page(
        request,
        form,
        title=_("%(name)s stops as %(role)s")
        % {"name": held.user, "role": held.get_role_display()},
        button=_("End this role"),
        back=reverse("organisations:accounts"),
        crumbs=_crumbs(),
    )


@require_POST
@access_required(administers)
def send_account_link(request: PersonRequest, person: str) -> HttpResponse:
    """Mail somebody with a platform role a link to choose a password."""
    send_and_say(request, get_object_or_404(_holders(), public_id=person), None)
    return redirect("organisations:accounts")


def _holders() -> QuerySet[User]:
    """Everybody with a role on the whole platform, now or before."""
    grants = RoleGrant.objects.filter(organisation__isnull=True, user=OuterRef("pk"))
    return User.objects.filter(Exists(grants))


def _give(request: PersonRequest, who: User, given: dict[str, object]) -> None:
    actions.grant_role(
        user=who,
        role=Role(str(given["role"])),
        starts_on=given["starts_on"],  # type: ignore[arg-type]
        by=request.user,
        at=now_of(request),
    )


def _crumbs() -> list[tuple[str, str]]:
    return [
        (_("Organisations"), reverse("organisations:organisations")),
        (_("Accounts"), reverse("organisations:accounts")),
    ]
