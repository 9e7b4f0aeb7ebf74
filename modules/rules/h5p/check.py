"""Whether an .h5p file of others can be taken in, and what is in it."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from modules.rules.h5p.caps import Caps
from modules.rules.h5p.closure import Closure
from modules.rules.h5p.content import tell_content
from modules.rules.h5p.described import description_of
from modules.rules.h5p.directory import Entry
from modules.rules.h5p.found import Checked, KnownLibrary
from modules.rules.h5p.json_text import read_object
from modules.rules.h5p.layout import CONTENT_JSON, DESCRIPTION, Layout, layout_of
from modules.rules.h5p.libraries import libraries_in
from modules.rules.h5p.members import Archive, open_archive
from modules.rules.h5p.names import tell_names
from modules.rules.h5p.outcome import Gathered, refused, taken
from modules.rules.h5p.reading import JsonBudget, read_through, read_whole
from modules.rules.h5p.reasons import Reasons, Stop


def check_package(
    file: BinaryIO,
    *,
    caps: Caps,
    known: Sequence[KnownLibrary],
    approve_inside: bool = False,
) -> Checked:
    """Reads, and writes nothing. `known`: the libraries that were approved before.

    `approve_inside` takes the libraries in the file as approved. Whatever the file holds, nothing
    is raised; an OSError of reading it passes through.
    """
    reasons = Reasons(caps.reasons)
    try:
        archive = open_archive(file, caps, reasons)
        if not reasons:
            tell_names(archive.entries, caps, reasons)
        if reasons:  # reading on would be unsafe, or tell of names that are not what they seem
            return Checked("refused", reasons.told())
        layout = layout_of(archive.entries, caps, reasons)
    except Stop as stop:
        reasons.add_stop("", stop)
        return Checked("refused", reasons.told())
    gathered = _Reader(archive, layout, caps, reasons).gathered(known)
    if reasons:
        return refused(gathered, reasons.told())
    return taken(gathered, layout, known, approve_inside=approve_inside)


class _Reader:
    """Of an archive that is safe to read. All that is wrong is told, not only the first."""

    def __init__(self, archive: Archive, layout: Layout, caps: Caps, reasons: Reasons) -> None:
        self.archive = archive
        self.layout = layout
        self.caps = caps
        self.budget = JsonBudget(caps)
        self.reasons = reasons

    def gathered(self, known: Sequence[KnownLibrary]) -> Gathered:
        told = self._described(self.layout.description)
        description = None if told is None else description_of(told, DESCRIPTION, self.reasons)
        closure = self._closure(known)
        if description:
            closure.gather(description.dependencies, DESCRIPTION)
            closure.tell_wrong(description.main, self.caps)
            closure.tell_core_api(DESCRIPTION, description.main, description.core_api, self.caps)
        external = self._content(closure)
        inside = closure.needed_inside
        found = read_through(self.archive, self.layout, inside, self.budget, self.reasons)
        return Gathered(told or {}, description, closure, external, found)

    def _closure(self, known: Sequence[KnownLibrary]) -> Closure:
        inside = libraries_in(self.layout.libraries, self._described, self.reasons)
        broken = self.layout.libraries.keys() - {one.folder for one in inside.values()}
        return Closure(inside, known, frozenset(broken), self.reasons)

    def _content(self, closure: Closure) -> tuple[str, ...]:
        entry = self.layout.content.get(CONTENT_JSON)
        content = self._object(entry, self.caps.json_bytes) if entry else None
        return () if content is None else tell_content(content, closure.named, self.reasons)

    def _described(self, entry: Entry) -> dict[str, Any] | None:
        return self._object(entry, self.caps.described_bytes)

    def _object(self, entry: Entry, most: int) -> dict[str, Any] | None:
        """None when it was told what is wrong with it."""
        try:
            text = read_whole(self.archive, entry, self.budget, most)
            return read_object(text, self.caps)
        except Stop as stop:
            self.reasons.add_stop(entry.shown, stop)
            return None
