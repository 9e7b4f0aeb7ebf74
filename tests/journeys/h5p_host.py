"""A host of H5P on this machine: other people's player, and the package of the moment."""

import io
import json
import mimetypes
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

HOSTS = settings.BASE_DIR / "tests" / "h5p"
PLAYER = settings.BASE_DIR / "node_modules" / "h5p-standalone" / "dist"
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'"


class H5PHost(ThreadingHTTPServer):
    """Serves from memory; the policy allows no script or style but those in files."""

    files: dict[str, bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def take(self, package: bytes) -> None:
        own = {
            f"/{name}": (HOSTS / name).read_bytes() for name in ["host.html", "host.js", "host.css"]
        }
        found = (path for path in PLAYER.rglob("*") if path.is_file())
        player = {f"/player/{path.relative_to(PLAYER)}": path.read_bytes() for path in found}
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            members = {f"/content/{name}": archive.read(name) for name in archive.namelist()}
        self.files = own | player | members

    def open(self, page: Page, state: Any = None) -> None:
        """The content as a learner meets it, with a state that was saved before, if any."""
        if state is not None:
            page.add_init_script(f"window.savedState = {json.dumps(state)}")
        page.goto(f"{self.url}/host.html")
        page.locator("body[data-ready]").wait_for()


class Handler(BaseHTTPRequestHandler):
    server: H5PHost

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        data = self.server.files.get(path, b"" if path == "/favicon.ico" else None)
        self.send_response(404 if data is None else 200)
        self.send_header("Content-Type", mimetypes.guess_type(path)[0] or "text/plain")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, *args: Any) -> None:
        """Say nothing: the browser is listened to."""


@contextmanager
def h5p_host() -> Iterator[H5PHost]:
    with H5PHost(("127.0.0.1", 0), Handler) as host:
        thread = threading.Thread(target=host.serve_forever, daemon=True)
        thread.start()
        yield host
        host.shutdown()
        thread.join()
