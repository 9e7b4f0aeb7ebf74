"""What every request needs to know about who asks."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from organisations import kept_form
from organisations.access import access_of
from organisations.clock import now_of, today_of

KEEPS_ITSELF_BUSY = "/admin/editing-sessions/"  # an open tab of the editor asks by itself
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class LanguageOfThePerson:
    """Dutch unless the person, or before signing in the language cookie, says English."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if request.user.is_authenticated:
            asked = request.user.language
        known = {code for code, _name in settings.LANGUAGES}
        language = asked if asked in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class AccessOfTheDay:
    """Sets `request.access` for people who are signed in; read when first used."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            user = request.user
            request.access = SimpleLazyObject(  # type: ignore[attr-defined]
                lambda: access_of(user, today_of(request))
            )
        return self.get_response(request)


class SecondFactorAndIdleTime:
    """People with a privileged role use a second factor and are signed out after half an hour.

    Runs only on our pages for people who are signed in; static files never come here.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and request.access.is_privileged:  # type: ignore[attr-defined]
            refusal = self._idle(request) or self._second_factor(request)
            if refusal is not None:
                return refusal
        return self.get_response(request)

    def _idle(self, request: HttpRequest) -> HttpResponseBase | None:
        now = int(now_of(request).timestamp())
        seen = request.session.get("seen", now)
        if now - seen > settings.IDLE_SECONDS_PRIVILEGED:
            owner = request.user.pk
            logout(request)
            messages.info(request, _("You were signed out after half an hour without activity."))
            if request.method == "POST" and not kept_form.keep(request, owner=owner):
                messages.warning(request, _("What you had just filled in there was not saved."))
            after = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_login')}?{after}")
        if request.path.startswith(KEEPS_ITSELF_BUSY):
            return None
        if "seen" not in request.session or now - seen >= 60:
            request.session["seen"] = now
        return None

    def _second_factor(self, request: HttpRequest) -> HttpResponseBase | None:
        if not settings.MFA_REQUIRED or request.path.startswith("/account/"):
            return None
        if is_mfa_enabled(request.user):
            return None
        messages.info(
            request, _("Your role needs a second step when signing in. Set it up here, once.")
        )
        return redirect("mfa_activate_totp")
