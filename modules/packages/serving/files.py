"""Which files a version consists of, and of what kind they are."""

from functools import lru_cache
from typing import NamedTuple

from modules.models import H5PVersion

# The kinds that a browser is told. None of them is a document that runs: no html, no xml.
KINDS = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "txt": "text/plain; charset=utf-8",
    "md": "text/plain; charset=utf-8",
    "srt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "webvtt": "text/vtt; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "ico": "image/x-icon",
    "svg": "image/svg+xml",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "ogv": "video/ogg",
    "webm": "video/webm",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "gltf": "model/gltf+json",
    "glb": "model/gltf-binary",
}
UNKNOWN = "application/octet-stream"


class Stored(NamedTuple):
    sha256: str
    size: int


def kind_of(path: str) -> str:
    return KINDS.get(path.rpartition(".")[2].lower(), UNKNOWN)


def stored(digest: str, path: str) -> Stored | None:
    """The file that stands at `path` in a version: `content/…` or `libraries/<folder>/…`."""
    try:
        return _files(digest).get(path)
    except H5PVersion.DoesNotExist:
        return None


@lru_cache(maxsize=32)
def _files(digest: str) -> dict[str, Stored]:
    """Kept in the process: versions with the same digest have the same files, and never change.

    Who is asked for a version that was deleted answers until its addresses expire, or its files
    are gone.
    """
    versions = H5PVersion.objects.filter(digest=digest).order_by("pk")
    version = versions.prefetch_related("libraries").first()
    if version is None:
        raise H5PVersion.DoesNotExist
    found = {f"content/{path}": Stored(*it) for path, it in version.files.items()}
    for library in version.libraries.all():
        folder = f"libraries/{library.ref.folder}"
        found |= {f"{folder}/{path}": Stored(*it) for path, it in library.files.items()}
    return found


def forget() -> None:
    """For tests, whose versions are undone."""
    _files.cache_clear()
