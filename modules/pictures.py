"""Pictures and sound in modules: what a published version shows is kept apart from the library."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

WIDTH = "max-1200x1200"


@dataclass(frozen=True)
class Picture:
    url: str
    width: int
    height: int


def shown(image: Any) -> Picture:
    """For a preview: the picture as the library has it now."""
    rendition = image.get_rendition(WIDTH)
    return Picture(url=rendition.url, width=rendition.width, height=rendition.height)


def kept(image: Any) -> Picture:
    """For a version: a copy under the hash of its bytes, which outlives changes in the library."""
    rendition = image.get_rendition(WIDTH)
    url = _copy(rendition.file)
    return Picture(url=url, width=rendition.width, height=rendition.height)


def sound_shown(recording: Any) -> str:
    """The address of a recording as the library has it now."""
    return str(recording.file.url)


def sound_kept(recording: Any) -> str:
    """The address of a copy, as for a picture."""
    return _copy(recording.file)


def _copy(original: Any) -> str:
    with original.open("rb") as file:
        data = file.read()
    ending = original.name.rsplit(".", 1)[-1]
    name = f"versions/{hashlib.sha256(data).hexdigest()}.{ending}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    return str(default_storage.url(name))
