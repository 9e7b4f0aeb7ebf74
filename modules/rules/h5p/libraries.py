"""The libraries that stand in a file: what each says of itself, and whether that holds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from modules.rules.h5p.described import (
    MOST_LISTED,
    Described,
    described,
    is_short_list,
    short_list,
)
from modules.rules.h5p.directory import Entry
from modules.rules.h5p.found import LibraryRef
from modules.rules.h5p.layout import LIBRARY
from modules.rules.h5p.reasons import Reasons

Read = Callable[[Entry], Mapping[str, Any] | None]  # None: it was told what is wrong
SCRIPTS, STYLES = ("preloadedJs", "js"), ("preloadedCss", "css")
# How a script tells a result to H5P. Looked for as plain text; nothing of it is run.
TELLING = [f"{sign}{verb}{sign}" for verb in ("answered", "completed") for sign in "'\"`"]
SCORING = [one.encode() for one in [*TELLING, "triggerXAPICompleted", "triggerXAPIScored"]]


@dataclass(frozen=True)
class Inside:
    """A library in the file. Its other files have not been read yet."""

    folder: str
    described: Described
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    entries: Mapping[str, Entry]

    @property
    def file(self) -> str:
        return f"{self.folder}/{LIBRARY}"

    @property
    def ref(self) -> LibraryRef:
        return self.described.ref


def libraries_in(
    folders: Mapping[str, Mapping[str, Entry]], read: Read, reasons: Reasons
) -> dict[LibraryRef, Inside]:
    found: dict[LibraryRef, Inside] = {}
    for folder, entries in folders.items():
        one = _library(folder, entries, read, reasons)
        if one is None:
            continue
        if one.ref in found:
            reasons.add(one.file, "LIBRARY_TWICE", library=one.ref)
        found.setdefault(one.ref, one)
    return found


def _library(
    folder: str, entries: Mapping[str, Entry], read: Read, reasons: Reasons
) -> Inside | None:
    file = f"{folder}/{LIBRARY}"
    if LIBRARY not in entries:
        reasons.add(file, "NO_LIBRARY_JSON")
        return None
    told = read(entries[LIBRARY])
    if told is None:
        return None
    one = described(told, file, reasons)
    paths = [tuple(_preloaded(told, *kind, entries, file, reasons)) for kind in (SCRIPTS, STYLES)]
    if one is None:
        return None
    if folder not in {one.ref.folder, one.ref.machine_name}:
        reasons.add(file, "FOLDER_NAME", folder=one.ref.folder)
    return Inside(folder, one, paths[0], paths[1], entries)


def _preloaded(
    told: Mapping[str, Any],
    field: str,
    ending: str,
    entries: Mapping[str, Entry],
    file: str,
    reasons: Reasons,
) -> Iterator[str]:
    listed = told.get(field)
    paths = [_path(one) for one in short_list(listed)]
    if None in paths or not is_short_list(listed):
        reasons.add(file, "PRELOAD", field=field, limit=MOST_LISTED)
    for path in (one for one in paths if one is not None):
        inside = path_inside(path)
        if inside is None:
            reasons.add(file, "PRELOAD_PATH", field=field, path=path)
        elif not inside.lower().endswith(f".{ending}"):
            reasons.add(file, "PRELOAD_ENDING", field=field, path=path, ending=ending)
        elif inside not in entries:
            reasons.add(file, "PRELOAD_MISSING", field=field, path=path)
        else:
            yield inside


def _path(told: Any) -> str | None:
    path = told.get("path") if isinstance(told, dict) else None
    return path if isinstance(path, str) and path else None


def path_inside(path: str) -> str | None:
    """The path without `./`; None when it leads out, or elsewhere."""
    parts = [part for part in path.split("/") if part != "."]
    if any(sign in path for sign in "\\:?#") or "" in parts or ".." in parts:
        return None
    return "/".join(parts) or None


def tells_scores(script: bytes) -> bool:
    return any(sign in script for sign in SCORING)
