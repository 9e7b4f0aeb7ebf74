"""Which file is what: content, library, or left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from modules.rules.h5p.caps import Caps
from modules.rules.h5p.directory import Entry
from modules.rules.h5p.kinds import (
    IN_CONTENT,
    IN_LIBRARIES,
    ending_of,
    is_dotted,
    is_forbidden,
    is_junk,
)
from modules.rules.h5p.reasons import Reasons, Stop

DESCRIPTION, CONTENT_FOLDER, CONTENT_JSON = "h5p.json", "content", "content.json"
CONTENT = f"{CONTENT_FOLDER}/{CONTENT_JSON}"
LIBRARY = "library.json"


@dataclass
class Layout:
    """Files by their path, each in its part. Junk and what has no use is in none of them."""

    description: Entry
    content: dict[str, Entry] = field(default_factory=dict)
    libraries: dict[str, dict[str, Entry]] = field(default_factory=dict)  # by folder


def layout_of(entries: Iterable[Entry], caps: Caps, reasons: Reasons) -> Layout:
    """Their names are sound. What has no place is told in `reasons`; `Stop` without h5p.json."""
    files = {one.shown: one for one in entries if not (one.is_folder or is_junk(one.shown))}
    layout = Layout(_description(files))
    for name, entry in files.items():
        _place(name, entry, layout, reasons)
    if CONTENT_JSON not in layout.content:
        reasons.add(CONTENT, "NO_CONTENT_JSON")
    if len(layout.libraries) > caps.libraries:
        count = len(layout.libraries)
        raise Stop("TOO_MANY_LIBRARIES", count=count, limit=caps.libraries)
    return layout


def _description(files: dict[str, Entry]) -> Entry:
    if DESCRIPTION in files:
        return files[DESCRIPTION]
    deeper = sorted(name for name in files if name.endswith(f"/{DESCRIPTION}"))
    if deeper:
        raise Stop(
            "ONE_FOLDER_DEEP", at=deeper[0], folder=deeper[0].removesuffix(f"/{DESCRIPTION}")
        )
    raise Stop("NO_H5P_JSON", at=DESCRIPTION)


def _place(name: str, entry: Entry, layout: Layout, reasons: Reasons) -> None:
    folder, _slash, path = name.partition("/")
    if is_forbidden(name):
        reasons.add(name, "KIND_FORBIDDEN", ending=ending_of(name))
    elif path and folder == CONTENT_FOLDER:
        layout.content[path] = entry
        _tell_content(name, path, reasons)
    elif path and not is_dotted(name):
        files = layout.libraries.setdefault(folder, {})
        if ending_of(name) in IN_LIBRARIES:
            files[path] = entry
        elif ending_of(name):
            reasons.add(name, "KIND_NOT_IN_LIBRARY", ending=ending_of(name))


def _tell_content(name: str, path: str, reasons: Reasons) -> None:
    if is_dotted(path):
        reasons.add(name, "DOTFILE")
    elif not ending_of(path):
        reasons.add(name, "NO_ENDING")
    elif ending_of(path) not in IN_CONTENT:
        reasons.add(name, "KIND_NOT_IN_CONTENT", ending=ending_of(path))
