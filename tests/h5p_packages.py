"""Packages of H5P for tests, made from a small library of our own in tests/h5p_libraries.

    package()                                   a sound one: a question and what it needs
    package(CONTAINER, title="Reeks")           children tell `answered`, the whole `completed`
    package(SILENT)                             tells nothing
    package(libraries=())                       the content alone
    package(content={...}, files={"images/a.png": PNG})
    package(members={"content/kwaad.php": b"", "h5p.json": b"{"}, without=["content/content.json"])
    package(library("Voorbeeld.Kwaad", js="fetch('/')"))

`members_of` gives the same as a list, of which any member can be made a lie; see h5p_zips.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.h5p_zips import Member, zipped

FOLDER = Path(__file__).parent / "h5p_libraries"
FIRST, SECOND = "5d1bb2f8-6c4b-4c29-8f3e-0a4a4f7a8c01", "5d1bb2f8-6c4b-4c29-8f3e-0a4a4f7a8c02"
PNG = bytes.fromhex(  # one dot
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63e0"
    "c98e0200015800d2f9d78b230000000049454e44ae426082"
)


@dataclass(frozen=True)
class Library:
    """A library, its files by their path in it, and the libraries that it needs."""

    files: Mapping[str, bytes]
    needs: tuple["Library", ...] = ()
    content: Mapping[str, Any] | None = None  # something that it can play

    @property
    def described(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.files["library.json"])
        return read

    @property
    def reference(self) -> dict[str, Any]:
        """As a dependency names it."""
        names = ("machineName", "majorVersion", "minorVersion")
        return {name: self.described[name] for name in names}

    @property
    def folder(self) -> str:
        return "{machineName}-{majorVersion}.{minorVersion}".format(**self.reference)

    def __str__(self) -> str:
        """As a content names it."""
        return "{machineName} {majorVersion}.{minorVersion}".format(**self.reference)

    def changed(self, **fields: Any) -> "Library":
        """With other fields in library.json; None takes a field away."""
        return self.with_file("library.json", as_json(_merged(self.described, fields)))

    def with_file(self, path: str, data: bytes) -> "Library":
        return replace(self, files={**self.files, path: data})

    def without(self, path: str) -> "Library":
        return replace(self, files={name: it for name, it in self.files.items() if name != path})

    def with_needs(self, *needs: "Library") -> "Library":
        told = [one.reference for one in needs]
        return replace(self.changed(preloadedDependencies=told), needs=needs)


def library(
    name: str = "Voorbeeld.Anders",
    *,
    major: int = 1,
    minor: int = 1,
    js: str = "",
    css: str = "",
    needs: Sequence[Library] = (),
    files: Mapping[str, bytes] | None = None,
    content: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Library:
    """A library with one script and one stylesheet, when they are given. `fields`: library.json."""
    described = {
        "title": name,
        "machineName": name,
        "majorVersion": major,
        "minorVersion": minor,
        "patchVersion": 0,
        "runnable": 1,
        "preloadedJs": [{"path": "script.js"}] if js else [],
        "preloadedCss": [{"path": "style.css"}] if css else [],
    }
    sources = {"script.js": js.encode(), "style.css": css.encode()}
    own = {path: data for path, data in sources.items() if data}
    made = Library(
        {"library.json": as_json(described), **own, **(files or {})}, content=content or {}
    )
    return made.with_needs(*needs).changed(**fields)


def package(main: Library | None = None, **options: Any) -> bytes:
    """The bytes of an .h5p file; options are those of `members_of`."""
    return zipped(members_of(main, **options))


def members_of(
    main: Library | None = None,
    *,
    title: str = "Voorbeeld",
    content: Any = None,
    files: Mapping[str, bytes] | None = None,
    libraries: Iterable[Library] | None = None,
    description: Mapping[str, Any] | None = None,
    members: Mapping[str, bytes] | None = None,
    without: Iterable[str] = (),
) -> list[Member]:
    """What a package is made of.

    `files` stand beside content.json; `libraries` are those that go along (else all that the main
    one needs, and it); `description` changes fields of h5p.json, None takes one away; `members`
    and `without` have the last word, by the whole name in the zip.
    """
    main = main or QUESTION
    inside = needed_by(main) if libraries is None else tuple(libraries)
    made = {
        "h5p.json": as_json(_merged(described_as(main, title), description or {})),
        "content/content.json": as_json(main.content if content is None else content),
        **{f"content/{path}": data for path, data in (files or {}).items()},
    }
    for one in inside:
        made |= {f"{one.folder}/{path}": data for path, data in one.files.items()}
    made |= members or {}
    gone = set(without)
    return [Member(name, data) for name, data in made.items() if name not in gone]


def needed_by(main: Library) -> tuple[Library, ...]:
    """The library itself and all that it needs, dependencies first, each once."""
    found: dict[str, Library] = {}
    for one in main.needs:
        found |= {inner.folder: inner for inner in needed_by(one)}
    return tuple({**found, main.folder: main}.values())


def described_as(main: Library, title: str) -> dict[str, Any]:
    """The fields of h5p.json."""
    return {
        "title": title,
        "language": "nl",
        "mainLibrary": main.described["machineName"],
        "embedTypes": ["div"],
        "license": "U",
        "preloadedDependencies": [one.reference for one in needed_by(main)],
    }


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def question(text: str, good: str, wrong: str, **fields: Any) -> dict[str, Any]:
    """What QUESTION plays; the first answer is the good one."""
    answers = [{"text": good, "correct": True}, {"text": wrong, "correct": False}]
    return {"question": text, "answers": answers, **fields}


def part(params: Mapping[str, Any], sub_content_id: str, of: Library | None = None) -> Any:
    """A content within a content."""
    return {
        "library": str(of or QUESTION),
        "params": params,
        "subContentId": sub_content_id,
        "metadata": {"title": str(params.get("question", ""))},
    }


def _merged(fields: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: it for name, it in {**fields, **changes}.items() if it is not None}


def _shipped(folder: str, *needs: Library, content: Mapping[str, Any] | None = None) -> Library:
    paths = sorted(path for path in (FOLDER / folder).rglob("*") if path.is_file())
    files = {path.relative_to(FOLDER / folder).as_posix(): path.read_bytes() for path in paths}
    return Library(files, needs, content)


CATS = question("Wat zegt een kat?", "Miauw", "Woef")
DOGS = question("Wat zegt een hond?", "Woef", "Miauw")

BASE = _shipped("Voorbeeld.Basis-1.1")
QUESTION = _shipped("Voorbeeld.Vraag-1.2", BASE, content=CATS)
CONTAINER = _shipped(
    "Voorbeeld.Reeks-1.3",
    BASE,
    QUESTION,
    content={"questions": [part(CATS, FIRST), part(DOGS, SECOND)]},
)
SILENT = _shipped("Voorbeeld.Kaart-1.1", BASE, content={"front": "Kat", "back": "Miauw"})
