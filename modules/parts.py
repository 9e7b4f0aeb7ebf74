"""Files in parts, as browsers ask for recordings: Safari plays one only from a server that can."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

ONE_PART = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
OpenFile = Callable[[], "File[bytes]"]
PIECE = 64 * 1024
WHOLE = slice(None)


def respond(
    request: HttpRequest,
    open_file: OpenFile,
    *,
    size: int,
    content_type: str,
    headers: Mapping[str, str],
) -> HttpResponseBase:
    """The file, or with `Range` one part of it. Several parts at once are answered with the whole.

    `headers` hold ETag or Last-Modified: what `If-Range` is held against. The file is opened only
    when something of it is sent. A file with `part(begin, end)`, an iterator over the bytes from
    `begin` up to `end`, is asked for no more than that; others are read from there.
    """
    part = asked_part(request, size, headers)
    if part is None:
        told = {**headers, "Content-Range": f"bytes */{size}"}
        return HttpResponse(status=416, headers=told, content_type=content_type)
    begin, end, _step = part.indices(size)
    response = _body(request, open_file, begin, end, is_whole=part == WHOLE)
    for name, value in headers.items():
        response.headers[name] = value
    response.headers["Content-Type"] = content_type
    response.headers["Content-Length"] = str(end - begin)
    response.headers["Accept-Ranges"] = "bytes"
    if part != WHOLE:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
    return response


def asked_part(request: HttpRequest, size: int, headers: Mapping[str, str]) -> slice | None:
    """What `Range` asks for: WHOLE without a sound one; None when that part is not there."""
    asked = ONE_PART.fullmatch(request.headers.get("Range", ""))
    if asked is None or request.method != "GET" or _has_changed(request, headers):
        return WHOLE
    first, last = (int(number) if number else None for number in asked.groups())
    if (first is None and last is None) or (first and last is not None and last < first):
        return WHOLE
    begin = max(size - (last or 0), 0) if first is None else first
    end = size if first is None or last is None else min(last + 1, size)
    return slice(begin, end) if begin < end else None


def _has_changed(request: HttpRequest, headers: Mapping[str, str]) -> bool:
    """Whether the reader holds parts of an older file; `If-Range` says of which."""
    known = request.headers.get("If-Range")
    return known is not None and known not in {headers.get("ETag"), headers.get("Last-Modified")}


def _body(
    request: HttpRequest, open_file: OpenFile, begin: int, end: int, *, is_whole: bool
) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    if end - begin <= PIECE:
        with open_file() as small:
            return HttpResponse(b"".join(_pieces(small, begin, end)))
    file: Any = open_file()
    if is_whole and not hasattr(file, "part"):
        return FileResponse(file)
    response = StreamingHttpResponse(_pieces(file, begin, end))
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]
    return response


def _pieces(file: Any, begin: int, end: int) -> Iterator[bytes]:
    if hasattr(file, "part"):
        yield from file.part(begin, end)
        return
    file.seek(begin)
    left = end - begin
    while left > 0 and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece
