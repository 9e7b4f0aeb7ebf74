"""Pictures and recordings of a scenario, as they go into a package."""

import hashlib
from collections.abc import Callable
from typing import Any

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from modules.h5p.content import Files, Packed
from modules.h5p.errors import UnusableFile
from modules.models import Scenario
from modules.pictures import WIDTH

PICTURES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif"}
SOUNDS = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav"}
UNREADABLE = (OSError, KeyError, ValueError, SourceImageIOError, InvalidFilterSpecError)

Pack = Callable[[Any], tuple[Packed, bytes]]


def packed_files(scenario: Scenario) -> tuple[Files, dict[str, bytes]]:
    """Where each picture and recording stands in the package, and what is in those files.

    Queries: the renditions of its pictures, made when they are not there yet. Raises UnusableFile.
    """
    content: dict[str, bytes] = {}
    pictures = _packed(scenario, "image", picture, content)
    recordings = _packed(scenario, "recording", recording, content)
    return Files(pictures=pictures, recordings=recordings), content


def _packed(
    scenario: Scenario, name: str, pack: Pack, content: dict[str, bytes]
) -> dict[int, Packed]:
    found = {}
    for place, block in enumerate(scenario.nodes):
        source = block.value.get(name)
        if source is None:
            continue
        try:
            found[place], data = pack(source)
        except UNREADABLE:
            raise UnusableFile(node=block.value["name"], file=str(source)) from None
        content[found[place].path] = data
    return found


def picture(image: Any) -> tuple[Packed, bytes]:
    """As learners see it here; hosts of H5P take no WebP, so that becomes PNG."""
    rendition = image.get_rendition(WIDTH)
    if _ending(rendition.file.name) not in PICTURES:
        rendition = image.get_rendition(f"{WIDTH}|format-png")
    data, ending = _read(rendition.file)
    size = {"width": rendition.width, "height": rendition.height}
    return Packed(_path("images", data, ending), PICTURES[ending], **size), data


def recording(sound: Any) -> tuple[Packed, bytes]:
    data, ending = _read(sound.file)
    return Packed(_path("audios", data, ending), SOUNDS[ending]), data


def _read(stored: Any) -> tuple[bytes, str]:
    with stored.open("rb") as file:
        return file.read(), _ending(stored.name)


def _ending(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower()


def _path(folder: str, data: bytes, ending: str) -> str:
    return f"{folder}/{hashlib.sha256(data).hexdigest()[:20]}.{ending}"
