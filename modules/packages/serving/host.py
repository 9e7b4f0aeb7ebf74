"""Where H5P files come from: this site, or a host of their own that knows nobody (`H5P_HOST`)."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse

from modules.packages.serving.assets import refusal
from modules.packages.serving.player import PLAYER_FOLDERS

ASSETS = "/h5p/"  # as config.urls has it
GetResponse = Callable[[HttpRequest], HttpResponseBase]


def base_of(request: HttpRequest) -> str:
    """Scheme and host under which files of H5P are asked for, without a slash at the end."""
    return str(settings.H5P_HOST or f"{request.scheme}://{request.get_host()}")


class HostOfH5P:
    """Answers what the frame loads before there is a session, on whichever host it belongs.

    Stands before everything that reads a cookie. On a host of its own there is nothing else but
    the player's files and the check of health.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_asset = request.path_info.startswith(ASSETS)
        if not settings.H5P_HOST:
            return _asset(request) if is_asset else self.get_response(request)
        if request.get_host() != urlsplit(settings.H5P_HOST).netloc:
            return refusal(404) if is_asset else self.get_response(request)
        if is_asset:
            return _asset(request)
        if not request.path_info.startswith((*PLAYER_FOLDERS, reverse("health"))):
            return refusal(404)
        response = self.get_response(request)
        return response if response.status_code < 400 else refusal(response.status_code)


def _asset(request: HttpRequest) -> HttpResponseBase:
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return refusal(404)
    response: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    return response


@register()
def check_host(**_kwargs: Any) -> Sequence[CheckMessage]:
    """A host of its own is worth something only where no cookie of the site is sent to it."""
    if not settings.H5P_HOST:
        return []
    told = urlsplit(settings.H5P_HOST)
    own = urlsplit(settings.SITE_URL)
    if told.scheme not in {"http", "https"} or not told.netloc or told.path:
        hint = "Write https:// and the name of the host, without a path."
        return [Error("H5P_HOST is no address of a host.", hint=hint, id="opmerkzaam.E001")]
    if told.netloc == own.netloc:
        return [Error("H5P_HOST is the host of the site itself.", id="opmerkzaam.E002")]
    if settings.SESSION_COOKIE_DOMAIN or settings.CSRF_COOKIE_DOMAIN:
        hint = "Leave SESSION_COOKIE_DOMAIN and CSRF_COOKIE_DOMAIN unset."
        return [Error("Cookies of the site go to H5P_HOST.", hint=hint, id="opmerkzaam.E003")]
    return []
