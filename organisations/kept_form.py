"""What somebody typed is kept when their session turns out to have expired.

The form's values wait in the new session of the same browser until the person has signed in
again and comes back to the page, which shows them for confirmation. Nothing is carried out by
itself.
"""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

KEY = "kept_form"
LIMIT = 50_000  # characters; a larger form is not kept
NEVER_KEPT = {"csrfmiddlewaretoken"}
View = TypeVar("View", bound=Callable[..., Any])


def keeping(view: View) -> View:
    """Mark a view as one whose forms may be kept: ours, never one that takes a password."""
    view.keeps_forms = True  # type: ignore[attr-defined]
    return view


def may_keep(request: HttpRequest) -> bool:
    """Whether the form was meant for such a view. Asked before the view is called."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "keeps_forms", False)


def keep(request: HttpRequest, *, owner: int | None = None) -> bool:
    """Keep the posted form for after signing in. Returns whether it was kept.

    With an `owner` only that person gets it back: browsers are shared.
    """
    if not may_keep(request):
        return False
    fields = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
    if not fields or len(json.dumps(fields)) > LIMIT:
        return False
    request.session[KEY] = {"path": request.path, "fields": fields, "owner": owner}
    return True


def announce(request: HttpRequest) -> None:
    """Keep the form and say what happened, on the sign-in page that follows."""
    if keep(request, owner=owner_of_expired_session(request)):
        text = _("You were signed out. What you filled in is kept: sign in to go on with it.")
        messages.warning(request, text)
    else:
        announce_lost(request)


def announce_lost(request: HttpRequest) -> None:
    """Say on the sign-in page that what was sent was not carried out."""
    text = _("You were signed out. What you had just filled in there was not saved.")
    messages.warning(request, text)


def owner_of_expired_session(request: HttpRequest) -> int | None:
    """Whose session this browser's cookie named, as long as its row has not been cleared away."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    row = Session.objects.filter(session_key=key).first() if key else None
    owner = row.get_decoded().get(SESSION_KEY) if row is not None else None
    return int(owner) if owner is not None else None


def take(request: HttpRequest) -> QueryDict | None:
    """The form kept for this page, once; None when there is none."""
    kept = request.session.get(KEY)
    if not kept or kept.get("path") != request.path:
        return None
    del request.session[KEY]
    if kept["owner"] not in {None, request.user.pk}:
        return None
    values = QueryDict(mutable=True)
    for name, given in kept["fields"].items():
        values.setlist(name, given)
    values._mutable = False
    return values
