"""How much may be sent at once. Asked before anything of it is read."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from modules.packages.caps import caps
from modules.rules.h5p.caps import MB

BESIDE = 1 * MB  # what a form adds to the file in it


def most_bytes() -> int:
    """Of one file."""
    return caps().archive_bytes


def is_too_big(request: HttpRequest) -> bool:
    """By what the browser says; no more than that is ever read (WSGI)."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return told.isdecimal() and int(told) > most_bytes() + BESIDE


class NeverTooMuch(FileUploadHandler):
    """The first of FILE_UPLOAD_HANDLERS: what is too much for any page fills no disk.

    Forms with files are read before their view is called, for the CSRF token in them, also when
    nobody is signed in.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        if content_length > most_bytes() + BESIDE:
            raise RequestDataTooBig("More than any page here takes was sent.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
