"""What the browser lets the frame of an activity do, and the page around it.

The code in the frame is that of strangers. All that stands here is to keep it from learning or
telling anything; docs/adr/0019-h5p-on-an-opaque-origin.md goes through the ways out.
"""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase


def frame_policy(*, scripts: Iterable[str], styles: Iterable[str], player: str, files: str) -> str:
    """For the frame page: only the player and the files of one version, on an opaque origin.

    `scripts` and `styles` are whole addresses, `player` and `files` folders with a slash.
    """
    directives = {
        "default-src": ["'none'"],
        "script-src": [*scripts, f"{files}libraries/"],
        # One BranchingScenario style is inline; a style cannot ask for what is not in this list.
        "style-src": [*styles, f"{files}libraries/", "'unsafe-inline'"],
        "img-src": [files, player, "data:", "blob:"],
        "media-src": [files, "data:", "blob:"],  # SingleChoiceSet makes its sounds into blobs
        "font-src": [files, player, "data:"],
        "connect-src": [files],
        "frame-src": ["'none'"],
        "worker-src": ["'none'"],
        "object-src": ["'none'"],
        "form-action": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'"],
        "require-trusted-types-for": ["'script'"],  # markup goes through frame.js
        "trusted-types": ["default"],
        "sandbox": ["allow-scripts"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def connections_policy(addresses: Iterable[str]) -> str:
    """For `Connection-Allowlist`: no connection at all but to the hosts of these addresses.

    A browser may connect before it asks the policy above, to be quick: when a frame is sent
    elsewhere, say. The name of a host is then told already. This one comes first, and closes WebRTC
    and the like as well; Chromium knows it from 152.
    """
    hosts = sorted({urlunsplit((*urlsplit(address)[:2], "", "", "")) for address in addresses})
    return f"({' '.join(json.dumps(host) for host in hosts)})"


def let_frame(request: HttpRequest, response: HttpResponseBase, path: str) -> None:
    """Let the page show the frame at `path`, and nothing else.

    For every page with an activity in it: the code in a frame can send its own frame elsewhere,
    with what it knows in the address. Only this policy, of the page around it, forbids that.
    """
    address = request.build_absolute_uri(path)
    replaced: dict[str, Any] = getattr(response, "_csp_replace", None) or {}
    response._csp_replace = {**replaced, "frame-src": [address]}  # type: ignore[attr-defined]
