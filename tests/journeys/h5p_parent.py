"""The site with one more page: an activity by itself, for tests of what its frame can reach.

As URLconf it holds all addresses of the site. `caught` counts what came to the addresses that a
hostile content asks for, and whether somebody's cookie came along.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as addresses
from modules.models import H5PVersion
from modules.packages.serving.frame import frame_page, let_frame
from organisations.clock import now_of

caught: list[tuple[str, bool]] = []
kept: dict[str, str] = {}  # the state to begin with, by version
PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Stap</title>
<link rel="stylesheet" href="/h5p-proef/stijl.css"></head><body><h1>Stap</h1>
<a href="#voor" id="voor">Ervoor</a>
<iframe id="kader" sandbox="allow-scripts" referrerpolicy="no-referrer" title="Oefening"
src="{frame}"></iframe>
<a href="#na" id="na">Erna</a><script src="/h5p-proef/ouder.js"></script></body></html>"""
STYLE = "body {margin: 0} iframe {border: 0; display: block; height: 200px; width: 100%}"
SCRIPT = """window.told = [];
const frame = document.getElementById('kader');
window.addEventListener('message', function (event) {
  if (event.source !== frame.contentWindow) { return; }
  window.told.push(event.data);
  if (event.data && event.data.h5p === 1 && event.data.type === 'size') {
    frame.style.height = Number(event.data.height) + 'px';
  }
});
window.ofType = function (type) {
  return window.told.filter(function (one) { return one && one.h5p === 1 && one.type === type; });
};"""


def around(request: HttpRequest, public_id: str) -> HttpResponse:
    frame = f"/h5p-proef/{public_id}/kader/"
    response = HttpResponse(PAGE.format(frame=frame))
    let_frame(request, response, frame)
    return response


def inside(request: HttpRequest, public_id: str) -> HttpResponse:
    version = H5PVersion.objects.get(public_id=public_id)
    state = kept.get(public_id, "")
    return frame_page(request, version=version, state=state, at=now_of(request))


def trap(request: HttpRequest, name: str) -> HttpResponse:
    caught.append((name, settings.SESSION_COOKIE_NAME in request.COOKIES))
    return HttpResponse("geheim")


def style(request: HttpRequest) -> HttpResponse:
    return HttpResponse(STYLE, content_type="text/css")


def script(request: HttpRequest) -> HttpResponse:
    return HttpResponse(SCRIPT, content_type="text/javascript")


urlpatterns = [
    path("favicon.ico", style),  # browsers ask for one by themselves
    path("h5p-proef/stijl.css", style),
    path("h5p-proef/ouder.js", script),
    path("h5p-proef/val/<slug:name>/", trap),
    path("h5p-proef/<slug:public_id>/", around),
    path("h5p-proef/<slug:public_id>/kader/", inside),
    *addresses,
]
handler404 = "config.views.not_found"
