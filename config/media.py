"""Pictures and recordings in modules: for people who are signed in, in parts where asked for.

Safari plays a recording only from a server that can send a part of it.
"""

import re
from io import BytesIO

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.static import serve

from organisations.requests import PersonRequest, person_required

ONE_PART = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


@person_required
@cache_control(private=True)
def media(request: PersonRequest, path: str) -> HttpResponseBase:
    """A file, or with `Range` one part of it. Several parts at once are answered with the whole."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if not isinstance(response, FileResponse):
        return response
    response.headers["Accept-Ranges"] = "bytes"
    asked = ONE_PART.fullmatch(request.headers.get("Range", ""))
    if asked is None or _has_changed(request, response):
        return response
    first, last = (int(number) if number else None for number in asked.groups())
    if (first is None and last is None) or (first and last is not None and last < first):
        return response
    return _part(response, first, last)


def _has_changed(request: PersonRequest, response: FileResponse) -> bool:
    """Whether the reader holds parts of an older file; `If-Range` says of which."""
    known = request.headers.get("If-Range")
    return known is not None and known != response.headers["Last-Modified"]


def _part(whole: FileResponse, first: int | None, last: int | None) -> HttpResponseBase:
    """From `first` through `last`; without `first` the last so many bytes."""
    content = _read(whole)
    size = len(content)
    begin = max(size - (last or 0), 0) if first is None else first
    end = size if first is None or last is None else min(last + 1, size)
    if begin >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = FileResponse(
        BytesIO(content[begin:end]), status=206, content_type=whole.headers["Content-Type"]
    )
    part.headers["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
    for name in ("Accept-Ranges", "Last-Modified"):
        part.headers[name] = whole.headers[name]
    return part


def _read(whole: FileResponse) -> bytes:
    """Closes the file alone: closing the response would end the request."""
    if whole.file_to_stream is None:
        return b""
    with whole.file_to_stream as file:
        return file.read()
