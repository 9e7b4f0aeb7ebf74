"""What somebody wants to know before deciding about a library."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from modules.models import H5PLibrary, H5PVersion, LibraryDecision
from modules.packages.store import open_blob
from modules.packages.texts import visible
from modules.rules.h5p.found import LibraryRef

MOST_BYTES = 512 * 1024  # of a file that is shown as text
READABLE = (".js", ".css", ".json", ".txt", ".md", ".svg", ".map")


@dataclass(frozen=True)
class Comparison:
    """A library beside the approved one of the same name whose version is nearest."""

    approved: H5PLibrary
    added: tuple[str, ...]  # paths
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    new_needs: tuple[LibraryRef, ...]
    old_needs: tuple[LibraryRef, ...]
    has_other_licence: bool


@dataclass(frozen=True)
class LibraryOverview:
    library: H5PLibrary
    is_approved: bool | None  # None: nobody decided yet
    decisions: tuple[LibraryDecision, ...]  # newest first
    versions: tuple[H5PVersion, ...]  # that hold it, with their package
    comparison: Comparison | None  # None: no other of this name is approved


def library_overview(library: H5PLibrary) -> LibraryOverview:
    """Three queries."""
    decisions = tuple(library.decisions.select_related("by").order_by("-at", "-pk"))
    versions = library.versions.select_related("package").defer("files", "description")
    return LibraryOverview(
        library=library,
        is_approved=decisions[0].is_approved if decisions else None,
        decisions=decisions,
        versions=tuple(versions.order_by("package__title", "package", "-number")),
        comparison=comparisons([library]).get(library.pk),
    )


def comparisons(libraries: Collection[H5PLibrary]) -> dict[int, Comparison]:
    """By key, of those of whose name another is approved. A query."""
    names = {library.machine_name for library in libraries}
    approved = H5PLibrary.objects.approved().filter(machine_name__in=names)
    by_name: dict[str, list[H5PLibrary]] = {}
    for row in approved.order_by("major", "minor", "patch", "added_at", "pk"):
        by_name.setdefault(row.machine_name, []).append(row)
    nearest = {one: _nearest(one, by_name.get(one.machine_name, ())) for one in libraries}
    return {one.pk: compared(one, near) for one, near in nearest.items() if near is not None}


def compared(library: H5PLibrary, approved: H5PLibrary) -> Comparison:
    new, old = library.files, approved.files
    both = sorted(new.keys() & old.keys())
    needs, needed = set(library.requires), set(approved.requires)
    return Comparison(
        approved=approved,
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(path for path in both if new[path][0] != old[path][0]),
        same=tuple(path for path in both if new[path][0] == old[path][0]),
        new_needs=tuple(sorted(needs - needed)),
        old_needs=tuple(sorted(needed - needs)),
        has_other_licence=library.licence != approved.licence,
    )


def text_of(library: H5PLibrary, path: str) -> str | None:
    """A file of a library as text, with what cannot be seen written out.

    None when it is no text, larger than half a megabyte, or not in the library.
    """
    sha256, size = library.files.get(path, ("", 0))
    if not sha256 or size > MOST_BYTES or not path.lower().endswith(READABLE):
        return None
    with open_blob(sha256) as file:
        text = file.read().decode("utf-8", "replace")
    return "\n".join(visible(line) for line in text.replace("\r\n", "\n").split("\n"))


def _nearest(library: H5PLibrary, approved: Iterable[H5PLibrary]) -> H5PLibrary | None:
    """The newest that is not newer; else the oldest that is. `approved` are in order."""
    others = [one for one in approved if one.pk != library.pk]
    older = [other for other in others if _version(other) <= _version(library)]
    return older[-1] if older else next(iter(others), None)


def _version(library: H5PLibrary) -> tuple[int, int, int]:
    return (library.major, library.minor, library.patch)
