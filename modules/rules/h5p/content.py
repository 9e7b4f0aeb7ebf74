"""What content.json refers to: libraries for its parts, and files."""

from collections.abc import Collection
from typing import Any

from modules.rules.h5p.described import named_in_content
from modules.rules.h5p.found import LibraryRef
from modules.rules.h5p.json_text import values_in
from modules.rules.h5p.layout import CONTENT
from modules.rules.h5p.reasons import Reasons, shown

PARTS = {"params", "subContentId", "metadata"}  # what stands beside `library` in a part
ELSEWHERE = ("https://", "http://", "//")
MOST_EXTERNAL = 20


def tell_content(value: Any, needed: Collection[LibraryRef], reasons: Reasons) -> tuple[str, ...]:
    """Gives the addresses elsewhere that it asks for: allowed, but they will not be shown."""
    external: dict[str, None] = {}
    for inner in values_in(value):
        if isinstance(inner, dict):
            _tell_part(inner, needed, reasons)
            path = inner.get("path")
            if isinstance(path, str):
                _tell_path(path, reasons, external)
    return tuple(sorted(external)[:MOST_EXTERNAL])


def _tell_part(inner: dict[str, Any], needed: Collection[LibraryRef], reasons: Reasons) -> None:
    named = inner.get("library")
    if not isinstance(named, str) or not PARTS.intersection(inner):
        return
    ref = named_in_content(named)
    if ref and ref not in needed:
        reasons.add(CONTENT, "CONTENT_LIBRARY", library=ref)


def _tell_path(path: str, reasons: Reasons, external: dict[str, None]) -> None:
    if path.lower().startswith(ELSEWHERE):
        external[shown(path)] = None
    elif ".." in path.replace("\\", "/").split("/"):
        reasons.add(CONTENT, "CONTENT_PATH", path=path)
