"""The files of an H5P activity, for whoever holds a good address: the frame, without a cookie."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from modules import parts
from modules.packages.serving import files, tokens
from modules.packages.store import open_blob
from organisations.clock import now_of

# Opening an address by itself shows a document in which nothing runs and nothing loads.
INERT = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
}


@require_safe
def asset(
    request: HttpRequest, expiry: int, signature: str, digest: str, file: str
) -> HttpResponseBase:
    """One file, to be kept until its address expires: another file has another address."""
    at = now_of(request)
    if not tokens.is_good(expiry, signature, digest, at=at):
        return refusal(403)
    found = files.stored(digest, file)
    if found is None:
        return refusal(404)
    etag = f'"{found.sha256}"'
    kept = f"public, max-age={int(expiry - at.timestamp())}, immutable"
    headers = {**INERT, "ETag": etag, "Cache-Control": kept}
    if not_changed := get_conditional_response(request, etag=etag):
        if not_changed.status_code == 304:
            return HttpResponse(status=304, headers=headers)
        return refusal(412)
    try:
        return parts.respond(
            request,
            lambda: open_blob(found.sha256),
            size=found.size,
            content_type=files.kind_of(file),
            headers=headers,
        )
    except FileNotFoundError:
        return refusal(404)


def refusal(status: int) -> HttpResponse:
    """Without a word: whoever made up an address learns nothing from it."""
    return HttpResponse(
        status=status,
        headers={**INERT, "Cache-Control": "no-store"},
        content_type="text/plain; charset=utf-8",
    )
