"""Pictures and recordings in modules: for people who are signed in, out of the storage."""

import mimetypes
from datetime import datetime

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.cache import cache_control
from django.views.static import was_modified_since

from modules import parts
from organisations.requests import PersonRequest, person_required


@person_required
@cache_control(private=True)
def media(request: PersonRequest, path: str) -> HttpResponseBase:
    size, modified = _facts(path)
    seconds = int(modified.timestamp())
    if not was_modified_since(request.headers.get("If-Modified-Since"), seconds):
        return HttpResponseNotModified()
    kind, encoding = mimetypes.guess_type(path)
    headers = {"Last-Modified": http_date(seconds)}
    if encoding:
        headers["Content-Encoding"] = encoding
    return parts.respond(
        request,
        lambda: default_storage.open(path),
        size=size,
        content_type=kind or "application/octet-stream",
        headers=headers,
    )


def _facts(path: str) -> tuple[int, datetime]:
    """How large it is and since when; what is no file of the storage is not there."""
    try:
        with default_storage.open(path) as file:
            modified = getattr(file, "modified", None) or default_storage.get_modified_time(path)
            return file.size, modified
    except (OSError, ValueError, SuspiciousFileOperation) as problem:
        raise Http404 from problem
