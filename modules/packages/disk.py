"""H5P on a disk of our own."""

import os
from contextlib import suppress
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

PART = ".part"


class WholeFiles(FileSystemStorage):
    """A file appears once it is complete and on the disk, as object stores do by themselves.

    Django's own writes under the final name: a crash or a full disk leaves half a file there,
    which by its name would pass for the whole.
    """

    def _save(self, name: str, content: Any) -> str:
        os.makedirs(self.location, exist_ok=True)
        with NamedTemporaryFile(dir=self.location, suffix=PART, delete=False) as part:
            try:
                for piece in content.chunks():
                    part.write(piece)
                part.flush()
                os.fsync(part.fileno())
                saved: str = super()._save(name, _Moved(part))  # type: ignore[misc]
            except BaseException:
                with suppress(FileNotFoundError):
                    os.unlink(part.name)
                raise
        _keep_name(os.path.dirname(self.path(saved)))
        return saved


class _Moved(File):  # type: ignore[type-arg]
    """Django moves a file that tells where it is."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def _keep_name(folder: str) -> None:
    """The name of a file stands in its folder, which is written later unless one asks."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
