"""H5P of tests as it stands on the site after it was taken in; nothing is checked here."""

import hashlib
from collections.abc import Mapping
from typing import Any

from modules.models import H5PLibrary, H5PVersion
from modules.packages.serving import files as served
from modules.packages.store import keep_blob
from modules.rules.h5p.found import library_digest
from tests.factories.h5p import approve, make_version
from tests.factories.learning import NOW
from tests.h5p_packages import Library, as_json, needed_by


def kept(files: Mapping[str, bytes]) -> dict[str, list[Any]]:
    """Keep the files; what rows tell of them."""
    told = {}
    for path, data in files.items():
        sha256 = hashlib.sha256(data).hexdigest()
        keep_blob(sha256, [data])
        told[path] = [sha256, len(data)]
    return told


def stored_library(library: Library, *, approved: bool = True) -> H5PLibrary:
    files = kept(library.files)
    digest = library_digest((path, sha256) for path, (sha256, _size) in files.items())
    row: H5PLibrary | None = H5PLibrary.objects.filter(digest=digest).first()
    if row is not None:
        return row
    told = library.described
    made: H5PLibrary = H5PLibrary.objects.create(
        machine_name=told["machineName"],
        major=told["majorVersion"],
        minor=told["minorVersion"],
        patch=told["patchVersion"],
        title=told["title"],
        digest=digest,
        files=files,
        preloaded_js=[one["path"] for one in told.get("preloadedJs", [])],
        preloaded_css=[one["path"] for one in told.get("preloadedCss", [])],
        runnable=bool(told.get("runnable")),
        added_at=NOW,
    )
    if approved:
        approve(made)
    return made


def stored_version(
    main: Library,
    *,
    content: Any = None,
    files: Mapping[str, bytes] | None = None,
    approved: bool = True,
    **fields: Any,
) -> H5PVersion:
    """A version that plays `content`, with all that its library needs."""
    served.forget()
    libraries = [stored_library(one, approved=approved) for one in needed_by(main)]
    text = as_json(main.content if content is None else content)
    return make_version(
        main_library=libraries[-1],
        libraries=libraries,
        files=kept({"content.json": text, **(files or {})}),
        **fields,
    )
