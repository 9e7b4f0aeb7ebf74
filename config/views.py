"""Pages that belong to no app: start, language, support, errors."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learning.actions.counting import count_refusal
from organisations.clock import now_of
from organisations.models import User
from organisations.requests import PersonRequest, person_required

# What the page around an H5P activity posts by script (docs/api.md).
ACTIVITY_POSTS = {
    "learning:activity_begin",
    "learning:activity_statement",
    "learning:activity_state",
}


@require_safe
@person_required
def start(request: PersonRequest) -> HttpResponse:
    """Everybody's first page: the learning path, or the first place of the role."""
    access = request.access
    places = [
        (bool(access.employed_at), "learning:path"),
        (access.is_researcher, "analytics:studies"),
        (access.keeps_counts, "analytics:months"),
        (access.is_administrator, "organisations:organisations"),
        (access.is_coordinator, "organisations:staff"),
        (access.sees_team, "learning:team"),
        (access.is_editor or access.decides_libraries, "wagtailadmin_home"),
        (True, "learning:path"),
    ]
    return redirect(next(name for fits, name in places if fits))


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language of this person, or of this browser before signing in."""
    language = request.POST.get("language", "")
    if language not in {code for code, _name in settings.LANGUAGES}:
        language = settings.LANGUAGE_CODE
    after = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        after, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        after = reverse("start")
    response = redirect(after)
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
def support(request: HttpRequest) -> HttpResponse:
    return render(request, "site/support.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html")


@require_safe
@person_required
def email_address(request: PersonRequest) -> HttpResponse:
    """In the place of allauth's page: by which address one signs in, and who can change it."""
    return render(request, "account/email.html")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: the process answers and the database too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": settings.VERSION})


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's sign-in page would go round the second factor and the rate limits."""
    if request.user.is_authenticated:
        raise Http404
    after = request.GET.get("next", reverse("wagtailadmin_home"))
    return redirect(f"{reverse('account_login')}?next={after}")


def to_sign_out(request: HttpRequest) -> HttpResponse:
    return redirect("account_logout")


def to_password_reset(request: HttpRequest) -> HttpResponse:
    return redirect("account_reset_password")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was older than the session, or cookies are off. What H5P tells is counted."""
    told = request.resolver_match.view_name if request.resolver_match else ""
    if told in ACTIVITY_POSTS and request.user.is_authenticated:
        count_refusal(code="CSRF", version="", at=now_of(request))
    return render(request, "errors/csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also what a paste of megabytes into a text field leads to."""
    return render(request, "errors/400.html", status=400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", {"where": _("this page")}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Without the database: the page must not need it."""
    return render(None, "errors/500.html", status=500)  # type: ignore[arg-type]
