"""The .h5p file itself: a zip with a description, the content, and the content type."""

import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from modules.h5p import library

MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold; the day of exporting is no content
MODE = 0o644 << 16


def package(title: str, content: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The same content gives the same bytes, on every machine: nothing in it is compressed.

    `files` are pictures and recordings by their path beside content.json.
    """
    members = {
        "h5p.json": _json(_description(title)),
        "content/content.json": _json(content),
        **{f"content/{path}": data for path, data in files.items()},
        **library.files(),
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            archive.writestr(_member(name), members[name])
    return packed.getvalue()


def _description(title: str) -> dict[str, Any]:
    main = library.described()
    names = ("machineName", "majorVersion", "minorVersion")
    return {
        "title": title,
        "language": "nl",
        "defaultLanguage": "nl",
        "mainLibrary": main["machineName"],
        "embedTypes": ["div"],
        "license": "U",  # whoever wrote the scenario says elsewhere what may be done with it
        "authors": [{"name": "Opmerkzaam", "role": "Author"}],
        "preloadedDependencies": [{name: main[name] for name in names}],
    }


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, MOMENT)
    info.create_system = 3  # else it tells on which system it was made
    info.external_attr = MODE
    return info


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
