"""A store that speaks enough of the protocol of S3, on this machine and in memory."""

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from config.object_storage import BucketStorage

BUCKET = "opmerkzaam"
CHANGED = "Mon, 02 Mar 2026 12:00:00 GMT"


class Store(ThreadingHTTPServer):
    """`objects`: what it keeps, by key; `asked`: method, key and range of every question."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.asked: list[tuple[str, str, str]] = []
        super().__init__(("127.0.0.1", 0), Handler)

    def options(self, location: str) -> dict[str, Any]:
        return {
            "bucket_name": BUCKET,
            "location": location,
            "endpoint_url": f"http://127.0.0.1:{self.server_port}",
            "region_name": "eu-west-1",
            "access_key": "sleutel",
            "secret_key": "geheim",
            "style": "path",
        }

    def storage(self, location: str = "h5p", **options: Any) -> BucketStorage:
        return BucketStorage(**self.options(location), **options)


class Handler(BaseHTTPRequestHandler):
    server: Store

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}/")

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.objects[self.key] = body
        self._note()
        self._send(200, b"", {"ETag": f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'})

    def do_GET(self) -> None:
        self._note()
        body = self.server.objects.get(self.key)
        if body is None:
            self._send(404, b"<Error><Code>NoSuchKey</Code></Error>", {})
            return
        facts = {"Last-Modified": CHANGED, "Content-Type": "application/octet-stream"}
        part = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if part is None:
            self._send(200, body, facts)
            return
        begin, end = int(part[1]), int(part[2]) + 1
        told = {"Content-Range": f"bytes {begin}-{end - 1}/{len(body)}"}
        self._send(206, body[begin:end], facts | told)

    do_HEAD = do_GET  # noqa: N815

    def do_DELETE(self) -> None:
        self._note()
        self.server.objects.pop(self.key, None)
        self._send(204, b"", {})

    def _note(self) -> None:
        self.server.asked.append((self.command, self.key, self.headers.get("Range", "")))

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing: what was asked is in `asked`."""


@contextmanager
def bucket_store() -> Iterator[Store]:
    with Store() as store:
        thread = threading.Thread(target=store.serve_forever, daemon=True)
        thread.start()
        yield store
        store.shutdown()
        thread.join()
