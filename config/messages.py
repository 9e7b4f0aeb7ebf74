"""Gathering the texts of the interface, without the gettext programs.

Babel reads Python; Django itself turns a template into text that reads like Python, which Babel
then reads as well. English is the language of the source, Dutch the language of the site.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "_n": (1, 2),
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
SOURCES = ["analytics", "assessments", "config", "learning", "modules", "organisations"]
HEADER = "# Texts of the interface of Opmerkzaam.\n"


def extract_template(
    fileobj: io.BytesIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[Any]:
    """Babel's way into a Django template. Indentation is dropped: it means nothing here."""
    text = templatize(fileobj.read().decode())
    flat = "\n".join(line.lstrip() for line in text.splitlines())
    yield from extract_python(io.BytesIO(flat.encode()), keywords, comment_tags, options)


def extracted(base: Path) -> Catalog:
    """All texts that the source of the site holds, with where they stand."""
    catalog = Catalog(charset="utf-8")
    methods: Any = [
        ("**.py", "python"),
        ("**.html", extract_template),
        ("**.txt", extract_template),
    ]
    for folder in [*SOURCES, "templates"]:
        for name, line, message, comments, context in extract_from_dir(
            str(base / folder),
            method_map=methods,
            keywords=KEYWORDS,  # type: ignore[arg-type]
        ):
            place = f"{folder}/{name}"
            catalog.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def path_of(base: Path, language: str, ending: str = "po") -> Path:
    return base / "locale" / language / "LC_MESSAGES" / f"django.{ending}"


def update(base: Path, language: str) -> Catalog:
    """Bring one catalogue up to date: new texts in, old ones out; English mirrors itself."""
    found = extracted(base)
    path = path_of(base, language)
    catalog = Catalog(locale=language, charset="utf-8")
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(found, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.header_comment = HEADER
    for message in catalog:
        if language == "en" and message.id:
            message.string = message.id
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, sort_output=True, include_lineno=False)
    return catalog


def compile_catalogue(base: Path, language: str) -> None:
    """Write the .mo file that Django reads; it is never committed."""
    with path_of(base, language).open("rb") as source:
        catalog = read_po(source, locale=language)
    with path_of(base, language, "mo").open("wb") as target:
        write_mo(target, catalog)


def missing(base: Path, language: str) -> list[str]:
    """Texts of the source that the catalogue lacks, leaves empty or marks as uncertain."""
    with path_of(base, language).open("rb") as file:
        catalog = read_po(file, locale=language)
    absent = []
    for wanted in extracted(base):
        if not wanted.id:
            continue
        known = catalog.get(wanted.id, context=wanted.context)
        strings = known.string if known is not None else ""
        parts: list[Any] = list(strings) if isinstance(strings, (tuple, list)) else [strings]
        if known is None or known.fuzzy or not all(parts):
            absent.append(str(wanted.id))
    return absent
