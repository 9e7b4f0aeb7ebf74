"""Another place on this machine that hears what a page tells it; and a page without a policy."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

HOSTILE = settings.BASE_DIR / "tests" / "h5p" / "hostile.js"
# Ways that ask for no address: each gets a port of its own, on which a connection is enough.
BARE = [
    "preconnect",
    "preconnectByMarkup",
    "preconnectLater",
    "webTransport",
    "peer",
    "peerOfBlankFrame",
    "peerOfCount",
    "peerOfSrcdoc",
    "peerOfDataFrame",
    "peerOfBlobFrame",
]
CONTROL = """<!doctype html><html><head><title>Zonder regels</title></head><body>
<script src="/hostile.js"></script><script src="/control.js"></script></body></html>"""
CONTROL_SCRIPT = """const told = new URLSearchParams(location.search);
Promise.resolve(Kwaad.runOne(JSON.parse(told.get('content')), told.get('way'))).catch(() => {});"""
OWN = {
    "/control": (CONTROL, "text/html"),
    "/control.js": (CONTROL_SCRIPT, "text/javascript"),
    "/hostile.js": (HOSTILE.read_text(encoding="utf-8"), "text/javascript"),
    "/favicon.ico": ("", "image/x-icon"),
}


class Ears(ThreadingHTTPServer):
    """`heard`: the names of the ways by which something arrived."""

    def __init__(self) -> None:
        self.heard: set[str] = set()
        self.connections = 0
        self.bare: dict[str, str] = {}
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def content(self) -> dict[str, Any]:
        return {"elsewhere": self.url, "bare": self.bare}

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        super().process_request(request, client_address)

    def forget(self) -> None:
        self.heard.clear()
        self.connections = 0

    def listen(self, name: str, sock: socket.socket) -> None:
        self.bare[name] = f"http://127.0.0.1:{sock.getsockname()[1]}"
        while True:
            try:
                connection, _address = sock.accept()
            except OSError:  # closed
                return
            self.heard.add(name)
            connection.close()


class Handler(BaseHTTPRequestHandler):
    server: Ears

    def answer(self) -> None:
        path = self.path.partition("?")[0]
        if path not in OWN:
            self.server.heard.add(path.strip("/").partition("/")[0])
        body, kind = OWN.get(path, ("", "text/plain"))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body.encode())

    do_GET = do_POST = do_HEAD = do_OPTIONS = answer  # noqa: N815

    def log_message(self, *args: Any) -> None:
        """Say nothing: what arrived is in `heard`."""


@contextmanager
def ears() -> Iterator[Ears]:
    with Ears() as server:
        sockets = [socket.create_server(("127.0.0.1", 0)) for _name in BARE]
        threads = [threading.Thread(target=server.serve_forever, daemon=True)]
        threads += [
            threading.Thread(target=server.listen, args=pair, daemon=True)
            for pair in zip(BARE, sockets, strict=True)
        ]
        for thread in threads:
            thread.start()
        yield server
        server.shutdown()
        for sock in sockets:
            sock.shutdown(socket.SHUT_RDWR)
            sock.close()


def control_address(server: Ears, way: str) -> str:
    """A page on which nothing keeps the hostile script from this one way."""

    return f"{server.url}/control?{urlencode({'way': way, 'content': json.dumps(server.content)})}"
