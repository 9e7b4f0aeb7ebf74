"""One look through the bytes of each file: its hash, and what can be told only from the bytes."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field

from modules.rules.h5p.caps import Caps
from modules.rules.h5p.directory import Entry
from modules.rules.h5p.json_text import read_json
from modules.rules.h5p.kinds import IN_CONTENT, ending_of, is_junk
from modules.rules.h5p.layout import CONTENT_JSON, Layout
from modules.rules.h5p.libraries import SCORING, Inside, tells_scores
from modules.rules.h5p.magic import harmful_kind
from modules.rules.h5p.members import Archive
from modules.rules.h5p.reasons import Reasons, Stop, megabytes
from modules.rules.h5p.unpacking import unpacked

HEAD = 512  # bytes that tell what a file is
OVERLAP = max(map(len, SCORING))


@dataclass
class Found:
    """By the name in the zip."""

    sha256: dict[str, str] = field(default_factory=dict)
    scoring: set[str] = field(default_factory=set)  # scripts that tell results


@dataclass(frozen=True)
class _Wanted:
    """Names in the zip of files that are looked at more closely."""

    content: Collection[str]
    json: Collection[str]
    scripts: Collection[str]


class JsonBudget:
    """JSON is unpacked and read as a whole, so there is less room for it."""

    def __init__(self, caps: Caps) -> None:
        self.caps = caps
        self._left = caps.json_total_bytes

    def spend(self, entry: Entry, most: int | None = None) -> None:
        """Raises `Stop` before anything is unpacked when it is too much."""
        most = self.caps.json_bytes if most is None else most
        if entry.size > most:
            limit = megabytes(most)
            raise Stop("JSON_TOO_BIG", size=megabytes(entry.size), limit=limit)
        self._left -= entry.size
        if self._left < 0:
            raise Stop("JSON_TOO_MUCH", limit=megabytes(self.caps.json_total_bytes))


def read_through(
    archive: Archive,
    layout: Layout,
    needed: Collection[Inside],
    budget: JsonBudget,
    reasons: Reasons,
) -> Found:
    """Also what will not be kept: a file with a damaged part is refused whole."""
    found, wanted = Found(), _wanted(layout, needed)
    for entry in sorted(archive.entries, key=lambda entry: entry.at):
        if not is_junk(entry.shown):
            try:
                _read(archive, entry, wanted, budget, found)
            except Stop as stop:
                reasons.add_stop(entry.shown, stop)
    return found


def read_whole(archive: Archive, entry: Entry, budget: JsonBudget, most: int) -> bytes:
    budget.spend(entry, most)
    return b"".join(unpacked(archive, entry))


def _wanted(layout: Layout, needed: Collection[Inside]) -> _Wanted:
    content = {one.shown for path, one in layout.content.items() if ending_of(path) in IN_CONTENT}
    json = {
        entry.shown
        for path, entry in layout.content.items()
        if ending_of(path) == "json" and path != CONTENT_JSON
    }
    for one in needed:
        json |= {entry.shown for path, entry in one.entries.items() if _is_read_by_hosts(path)}
    scripts = {one.entries[path].shown for one in needed for path in one.scripts}
    return _Wanted(content, json, scripts)


def _is_read_by_hosts(path: str) -> bool:
    """Its fields, and their translations. Never looked at further: a pattern in it is not run."""
    folder, _slash, name = path.rpartition("/")
    return path == "semantics.json" or (folder == "language" and ending_of(name) == "json")


def _read(
    archive: Archive, entry: Entry, wanted: _Wanted, budget: JsonBudget, found: Found
) -> None:
    name = entry.shown
    if name in wanted.json:
        budget.spend(entry)
    digest, head, end, kept = hashlib.sha256(), b"", b"", []
    for piece in unpacked(archive, entry):
        digest.update(piece)
        head += piece[: HEAD - len(head)]
        if name in wanted.json:
            kept.append(piece)
        if name in wanted.scripts and name not in found.scoring:
            if tells_scores(end + piece):
                found.scoring.add(name)
            end = piece[-OVERLAP:]
    found.sha256[name] = digest.hexdigest()
    if name in wanted.json:
        read_json(b"".join(kept), budget.caps)
    kind = harmful_kind(name, head) if name in wanted.content else None
    if kind:
        raise Stop("OTHER_KIND", ending=ending_of(name), kind=kind)
