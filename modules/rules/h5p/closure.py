"""All libraries that a content needs, in the order in which they can be loaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from modules.rules.h5p.caps import Caps
from modules.rules.h5p.found import KnownLibrary, LibraryRef
from modules.rules.h5p.libraries import Inside
from modules.rules.h5p.reasons import Reasons

Versions = tuple[int, int]


@dataclass(frozen=True)
class Needed:
    """A library as the closure sees it, inside the file or known."""

    ref: LibraryRef
    dependencies: tuple[LibraryRef, ...]
    core_api: Versions | None
    file: str  # where it says so


class Closure:
    """What is inside goes before what is known: the file was made with it."""

    def __init__(
        self,
        inside: Mapping[LibraryRef, Inside],
        known: Sequence[KnownLibrary],
        broken: frozenset[str],
        reasons: Reasons,
    ) -> None:
        self.inside = inside
        self.known = newest(known)
        self._broken = broken  # folders of libraries of which was told what is wrong
        self._reasons = reasons
        self.order: list[Needed] = []
        self.named: set[LibraryRef] = set()  # also what is missing
        self._circled: set[str] = set()

    def gather(self, roots: Sequence[LibraryRef], file: str) -> None:
        """Depth first, without recursion: how deep it goes is the file's to say."""
        top = Needed(LibraryRef("", 0, 0), tuple(roots), None, file)
        path = {top.ref: (top, iter(roots))}
        done: set[LibraryRef] = set()
        while path:
            needed, left = path[next(reversed(path))]
            ref = next(left, None)
            if ref is None:
                del path[needed.ref]
                done.add(needed.ref)
                self.order.append(needed)
            elif ref in path:
                self._tell_circle(ref, [*path, ref], needed.file)
            elif ref not in done:
                found = self._go_to(ref, needed.file)
                if found is not None:
                    path[ref] = (found, iter(found.dependencies))
        self.order.remove(top)

    def _tell_circle(self, ref: LibraryRef, path: list[LibraryRef], file: str) -> None:
        """The first at each library: in a knot there are more than anyone can read."""
        if file not in self._circled:
            self._circled.add(file)
            circle = " → ".join(map(str, path[path.index(ref) :]))
            self._reasons.add(file, "DEPENDENCY_CYCLE", circle=circle)

    def _go_to(self, ref: LibraryRef, file: str) -> Needed | None:
        self.named.add(ref)
        found = self._found(ref)
        if found is None and not self._broken.intersection({ref.folder, ref.machine_name}):
            self._reasons.add(file, "LIBRARY_MISSING", library=ref)
        return found

    def _found(self, ref: LibraryRef) -> Needed | None:
        if ref in self.inside:
            one = self.inside[ref]
            return Needed(ref, one.described.dependencies, one.described.core_api, one.file)
        if ref in self.known:
            known = self.known[ref]
            return Needed(ref, known.dependencies, _versions(known.core_api), ref.folder)
        return None

    def tell_wrong(self, main: LibraryRef | None, caps: Caps) -> None:
        """Of the libraries that were found: what would keep them from playing."""
        for one in self.order:
            self.tell_core_api(one.file, one.ref, one.core_api, caps)
        whole = self.inside.get(main) if main else None
        if whole and whole.described.runnable is False:
            self._reasons.add(whole.file, "MAIN_NOT_RUNNABLE", library=whole.ref)

    def tell_core_api(
        self, file: str, who: LibraryRef | None, asked: Versions | None, caps: Caps
    ) -> None:
        if asked and asked > caps.core_api:
            told, limit = (".".join(map(str, one)) for one in (asked, caps.core_api))
            self._reasons.add(file, "CORE_API", library=who, asked=told, limit=limit)

    @property
    def needed_inside(self) -> tuple[Inside, ...]:
        return tuple(self.inside[one.ref] for one in self.order if one.ref in self.inside)

    @property
    def core_api(self) -> str:
        """The highest that is asked for."""
        asked = [needed.core_api for needed in self.order if needed.core_api]
        return ".".join(map(str, max(asked))) if asked else ""


def newest(known: Sequence[KnownLibrary]) -> dict[LibraryRef, KnownLibrary]:
    """Of several with the same major and minor version the highest patch, the last of those."""
    found: dict[LibraryRef, KnownLibrary] = {}
    for library in sorted(known, key=lambda library: library.patch):
        found[library.ref] = library
    return found


def _versions(text: str) -> Versions | None:
    major, _dot, minor = text.partition(".")
    return (int(major), int(minor)) if major.isdecimal() and minor.isdecimal() else None
