"""The page in the frame: the player, the scripts of one version, and what was done before."""

import re
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from modules.models import H5PLibrary, H5PVersion
from modules.packages.serving import player, tokens
from modules.packages.serving.host import base_of
from modules.packages.serving.player import is_player_installed
from modules.packages.serving.policy import connections_policy, frame_policy, let_frame
from modules.packages.serving.words import words_of_core
from organisations.errors import Refused

__all__ = ["NotPlayable", "frame_page", "is_player_installed", "let_frame"]
CONTENT = 1  # the player wants a number; there is one content in a frame
LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z]{2,4})?")  # "und" is none
DUTCH = "nl"


class NotPlayable(Refused):
    """Some of its libraries are not approved, or no longer."""

    message = _(
        "This activity cannot be played now: its software was not approved, or no longer is."
    )


def frame_page(
    request: HttpRequest, *, version: H5PVersion, state: str = "", at: datetime
) -> HttpResponse:
    """For an `<iframe sandbox="allow-scripts">`; the page around it calls `let_frame`.

    The caller has checked that this person may see the activity. Raises NotPlayable. Without the
    player's files it is a page that says so, with status 503. Opened as a page of its own it is not
    there: only the policy of the page around it keeps it from going elsewhere.
    """
    if request.headers.get("Sec-Fetch-Dest") == "document":
        raise Http404
    if not H5PVersion.objects.playable().filter(pk=version.pk).exists():
        raise NotPlayable
    if not is_player_installed():
        return render(request, "modules/h5p/no_player.html", status=503)
    base = base_of(request)
    files = base + tokens.folder_of(version.digest, at=at)
    libraries = _in_order(version)
    own = [player.address_of(name, base) for name in player.SCRIPTS]
    styles = [player.address_of(name, base) for name in player.STYLES]
    facts = {
        "language": _language(version),
        "title": version.title,
        "settings": _settings(version, files, state)
        | {"styles": styles + _addresses(libraries, files, "preloaded_css")},
        "scripts": own + _addresses(libraries, files, "preloaded_js"),
    }
    response = render(request, "modules/h5p/frame.html", facts)
    response.headers["Content-Security-Policy"] = frame_policy(
        scripts=own, styles=styles, player=player.folder_of(styles[0]), files=files
    )
    response.headers["Connection-Allowlist"] = connections_policy([files, *own, *styles])
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-DNS-Prefetch-Control"] = "off"
    return response


def _in_order(version: H5PVersion) -> list[H5PLibrary]:
    """Dependencies before what needs them, as the check of the file found."""
    found = {library.digest: library for library in version.libraries.all()}
    return [found[digest] for digest in version.load_order]


def _addresses(libraries: list[H5PLibrary], files: str, kind: str) -> list[str]:
    return [
        f"{files}libraries/{library.ref.folder}/{path}"
        for library in libraries
        for path in getattr(library, kind)
    ]


def _settings(version: H5PVersion, files: str, state: str) -> dict[str, Any]:
    """What frame.js reads: `integration` is the interface of the core of H5P."""
    content = {
        "library": str(version.main_library.ref),
        "title": version.title,
        "metadata": {"title": version.title, "license": "U"},
        "url": f"urn:opmerkzaam:h5p:{version.public_id}",
        "contentUrl": f"{files}content",
        "displayOptions": {"frame": False, "copyright": False, "embed": False, "export": False},
        "fullScreen": "0",
        "contentUserData": [{"state": state}] if state else [],
        "scripts": [],
        "styles": [],
    }
    return {
        "content": f"{files}content/content.json",
        "integration": {
            "baseUrl": "",
            "url": files.rstrip("/"),
            "urlLibraries": f"{files}libraries",
            "siteUrl": "urn:opmerkzaam",
            "postUserStatistics": False,
            "saveFreq": 86400,  # state is restored only when it is truthy; frame.js does the saving
            "fullscreenDisabled": True,
            "ajax": {},
            "l10n": {"H5P": words_of_core()},
            "core": {"scripts": [], "styles": []},
            "contents": {f"cid-{CONTENT}": content},
        },
    }


def _language(version: H5PVersion) -> str:
    """What the content says it is in: a screen reader speaks accordingly."""
    told = (str(version.description.get(name)) for name in ("language", "defaultLanguage"))
    return next((name for name in told if LANGUAGE.fullmatch(name)), DUTCH)
