"""What a check finds in an .h5p file."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from modules.rules.h5p.faults import MESSAGES

Verdict = Literal["accepted", "accepted_content_only", "refused", "quarantine"]


@dataclass(frozen=True, order=True)
class LibraryRef:
    """A library as contents and other libraries ask for it: any patch of one minor version."""

    machine_name: str
    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"

    @property
    def folder(self) -> str:
        """Where players look for it."""
        return f"{self.machine_name}-{self.major}.{self.minor}"


@dataclass(frozen=True)
class FileFound:
    """A file that is worth keeping."""

    path: str  # beside content.json, or within its library
    member: str  # its name in the zip
    size: int  # bytes
    sha256: str


@dataclass(frozen=True)
class LibraryFound:
    """A library that stands in the file."""

    ref: LibraryRef
    patch: int
    title: str
    licence: str  # as the library says itself; "" when it says nothing
    digest: str
    files: tuple[FileFound, ...]
    dependencies: tuple[LibraryRef, ...]  # what it needs to play; what its editor needs is not
    preloaded_js: tuple[str, ...]
    preloaded_css: tuple[str, ...]
    runnable: bool
    core_api: str  # "1.24", or "" when it asks for none
    reports_scores: bool  # as far as its scripts tell


@dataclass(frozen=True)
class KnownLibrary:
    """A library that was approved before, whether or not it stands in the file."""

    ref: LibraryRef
    patch: int
    digest: str
    dependencies: tuple[LibraryRef, ...]
    core_api: str = ""
    reports_scores: bool = False


@dataclass(frozen=True)
class Used:
    """A library that the content needs, itself or through another."""

    ref: LibraryRef
    patch: int
    digest: str
    is_inside: bool
    is_approved: bool


@dataclass(frozen=True)
class Reason:
    """Why a file is refused or has to wait, and at which of its members."""

    file: str  # "" when it is the whole
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def message_en(self) -> str:
        return MESSAGES[self.code].format(**{**self.facts, "file": self.file})


@dataclass(frozen=True)
class Checked:
    """All that is known of a file after looking through it once.

    When it is refused, `title` and the like hold what could be read before.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    title: str = ""
    languages: tuple[str, ...] = ()
    main_library: LibraryRef | None = None
    core_api: str = ""
    description: Mapping[str, Any] = field(default_factory=dict)  # h5p.json
    libraries: tuple[LibraryFound, ...] = ()  # inside, and needed
    used: tuple[Used, ...] = ()  # dependencies before what depends on them
    files: tuple[FileFound, ...] = ()  # of the content
    size: int = 0  # bytes, of all that is kept
    external: tuple[str, ...] = ()  # what the content asks for elsewhere; the frame blocks it
    reports_scores: bool = False
    digest: str = ""  # of all that decides how it plays


def library_digest(files: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over the paths and hashes of the files: the same library, the same digest."""
    digest = hashlib.sha256()
    for path, sha256 in sorted(files):
        digest.update(f"{path}\0{sha256}\n".encode())
    return digest.hexdigest()
