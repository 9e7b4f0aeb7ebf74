"""Names of members: which could lead elsewhere, or mean two things."""

import unicodedata
from collections.abc import Iterable, Iterator

from modules.rules.h5p.caps import Caps
from modules.rules.h5p.directory import Entry
from modules.rules.h5p.reasons import Reasons

# Marks that turn the direction of a text, so that "gpj.php" looks like "php.jpg".
TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}


def tell_names(entries: Iterable[Entry], caps: Caps, reasons: Reasons) -> None:
    entries = tuple(entries)
    for entry in entries:
        if entry.name is None:
            reasons.add(entry.shown, "NAME_NOT_UTF8")
            continue
        for code in _wrong(entry.name, caps):
            reasons.add(entry.shown, code, limit=caps.path_length)
    short = [one for one in entries if one.name is not None and len(one.name) <= caps.path_length]
    _tell_twice(short, reasons)


def _wrong(name: str, caps: Caps) -> Iterator[str]:
    if "\\" in name:
        yield "NAME_BACKSLASH"
    if name.startswith("/") or ":" in name:
        yield "NAME_ABSOLUTE"
    if len(name) > caps.path_length:
        yield "NAME_TOO_LONG"
    if any(one in TURNING or unicodedata.category(one) in UNSEEN for one in name):
        yield "NAME_CONTROL"
    yield from _wrong_parts(name.removeprefix("/").removesuffix("/").split("/"))


def _wrong_parts(parts: list[str]) -> Iterator[str]:
    outside = {".", ".."}
    if not all(parts):
        yield "NAME_EMPTY_PART"
    if outside.intersection(part.strip() for part in parts):
        yield "NAME_OUTSIDE"
    elif any(part[-1:] == "." or part[-1:].isspace() for part in parts):
        yield "NAME_DOT_END"


def _tell_twice(entries: list[Entry], reasons: Reasons) -> None:
    """On some systems names are the same that differ in capitals, or in how accents are made."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for entry in entries:
        name = entry.shown.removesuffix("/")
        seen = folders if entry.is_folder else files
        other = seen.get(_alike(name))
        if other is None:
            seen[_alike(name)] = name
        else:
            code = "NAME_TWICE" if other == name else "NAME_TWICE_ALIKE"
            reasons.add(name, code, other=other)
    for folder in {*folders, *_parents(files)}:
        if folder in files:
            reasons.add(files[folder], "FILE_AND_FOLDER")


def _parents(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        at = name.find("/")
        while at >= 0:
            yield name[:at]
            at = name.find("/", at + 1)


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
