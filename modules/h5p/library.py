"""Our own content type of H5P: the files in the folder beside this module."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "Opmerkzaam.Gesprek-1.1"
LANGUAGES = ("nl", "en")
SUFFIXES = {".json", ".js", ".css"}


@cache
def files() -> dict[str, bytes]:
    """What goes into every package, by its path in there."""
    found = (path for path in FOLDER.rglob("*") if path.suffix in SUFFIXES)
    return {f"{FOLDER.name}/{_inside(path)}": path.read_bytes() for path in found}


def _inside(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@cache
def described() -> dict[str, Any]:
    read: dict[str, Any] = _read("library.json")
    return read


@cache
def semantics() -> list[dict[str, Any]]:
    """Which fields a content has."""
    fields: list[dict[str, Any]] = _read("semantics.json")
    return fields


@cache
def words(language: str) -> dict[str, Any]:
    """What stands in the fields that come filled in, in that language: a text, or texts by name."""
    translated = _read(f"language/{language}.json")["semantics"]
    found: dict[str, Any] = {}
    for field, texts in zip(semantics(), translated, strict=True):
        if "fields" in field:
            pairs = zip(field["fields"], texts["fields"], strict=True)
            found[field["name"]] = {one["name"]: text.get("default") for one, text in pairs}
        else:
            found[field["name"]] = texts.get("default")
    return found


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
