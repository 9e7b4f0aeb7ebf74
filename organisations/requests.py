"""The request that our views get: somebody is signed in, and what they may do is known."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

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

    A form that was posted after the session had expired is kept (see `kept_form`).
    """
    guarded = login_required(cast(Callable[..., Any], view))

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            kept_form.announce(request)
        return cast(HttpResponseBase, guarded(request, *args, **kwargs))

    kept_form.keeping(checked)
    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], checked)


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
