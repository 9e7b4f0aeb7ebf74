"""The request that our views get: somebody is signed in, and what they may do is known."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from organisations import kept_form
from organisations.access import Access
from organisations.models import User

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request by somebody who is signed in."""

    user: User
    access: Access


View = Callable[Concatenate[PersonRequest, P], HttpResponseBase]


def person_required(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For anybody who is signed in; others are sent to sign in and come back.

    A form that was posted after the session had expired is kept (see `kept_form`), where its page
    is the address that it was posted to; else the person comes back to the page with the button.
    """
    guarded = login_required(cast(Callable[..., Any], view))

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        is_form = request.content_type != "application/json"  # what a script posts it keeps itself
        if request.method == "POST" and is_form and not request.user.is_authenticated:
            page = page_of_origin(request)
            if page != request.path:
                # A button that sends elsewhere: there is no page to come back to there.
                kept_form.announce_lost(request)
                return redirect_to_login(page)
            kept_form.announce(request)
        return cast(HttpResponseBase, guarded(request, *args, **kwargs))

    kept_form.keeping(checked)
    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], checked)


def page_of_origin(request: HttpRequest) -> str:
    """The path of our page that the form stood on; the path asked for where that is not known."""
    referer = request.headers.get("Referer", "")
    hosts = {request.get_host()}
    if not referer or not url_has_allowed_host_and_scheme(referer, hosts):
        return request.path
    return urlsplit(referer).path or request.path


def access_required(
    allowed: Callable[[Access], bool],
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """For people of whom `allowed` holds; for others the page is as if it were not there."""

    def decorate(
        view: View[P],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def checked(request: PersonRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not allowed(request.access):
                raise Http404
            return view(request, *args, **kwargs)

        return person_required(cast(View[P], checked))

    return decorate
