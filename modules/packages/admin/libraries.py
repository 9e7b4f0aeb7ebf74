"""The code that H5P brings along, for who decides about it; editors see how it stands."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.contrib import messages
from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modules.models import H5PLibrary, H5PVersion, ModuleVersion
from modules.packages.admin.line_changes import Line, changes, whole
from modules.packages.admin.overview import (
    decided_libraries,
    libraries_of,
    shown_library,
)
from modules.packages.admin.pages import libraries_crumb, library_crumbs, page
from modules.packages.admin.standing import waiting
from modules.packages.library_overview import (
    Comparison,
    LibraryOverview,
    comparisons,
    library_overview,
    text_of,
)
from modules.packages.store import open_blob
from modules.permissions import may_edit
from organisations.requests import PersonRequest


@dataclass(frozen=True)
class FileShown:
    path: str
    sha256: str
    size: int  # bytes
    change: str  # "added", "changed", "same", or "" when there is nothing to compare with


@dataclass(frozen=True)
class WaitingShown:
    library: H5PLibrary
    comparison: Comparison | None


@require_safe
def libraries(request: PersonRequest) -> HttpResponse:
    """What waits comes first. Queries: the libraries, and the versions that wait."""
    rows = H5PLibrary.objects.with_decision().defer("files")
    rows = rows.annotate(needed=Count("versions", distinct=True))
    shown = [shown_library(row) for row in rows.order_by("machine_name", "-major", "-minor", "-pk")]
    return page(
        request,
        "libraries.html",
        title=_("H5P libraries"),
        icon="code",
        versions=versions_waiting(),
        waiting=[one for one in shown if not one.decision],
        decided=[one for one in shown if one.decision],
        decides=request.access.decides_libraries,
    )


def versions_waiting() -> list[H5PVersion]:
    """Each with the number of libraries in it that nobody decided about. Oldest first."""
    rows = waiting(H5PVersion.objects.all()).select_related("package", "uploaded_by")
    return list(rows.defer("files", "description").order_by("uploaded_at", "pk"))


@require_safe
def library(request: PersonRequest, digest: str) -> HttpResponse:
    return library_page(request, get_object_or_404(H5PLibrary, digest=digest))


def library_page(
    request: PersonRequest, found: H5PLibrary, *, error: str = "", reason: str = ""
) -> HttpResponse:
    overview = library_overview(found)
    return page(
        request,
        "library.html",
        title=str(found),
        icon="code",
        crumbs=[libraries_crumb()],
        status=400 if error else 200,
        library=found,
        overview=overview,
        files=files_of(overview),
        stops=modules_that_stop(found) if overview.is_approved else [],
        decides=request.access.decides_libraries,
        edits=may_edit(request.access),
        error=error,
        reason=reason,
    )


def files_of(overview: LibraryOverview) -> list[FileShown]:
    """What is new or other comes first."""
    compared = overview.comparison
    kinds = ("added", "changed", "same") if compared else ()
    change = {path: kind for kind in kinds for path in getattr(compared, kind)}
    shown = [
        FileShown(path, sha256, size, change.get(path, ""))
        for path, (sha256, size) in overview.library.files.items()
    ]
    return sorted(shown, key=lambda one: (one.change == "same", one.path))


def modules_that_stop(found: H5PLibrary) -> list[str]:
    """Titles of published modules that hold it, in the version that people begin now."""
    rows = ModuleVersion.objects.latest_per_module().filter(
        module__live=True, h5p_uses__version__libraries=found
    )
    titles = rows.order_by("module__title", "module").values_list("module__title", "module")
    return [title for title, _module in titles.distinct()]


@require_safe
def library_file(request: PersonRequest, digest: str, file: str) -> HttpResponse:
    """One file as text; beside the approved version only what differs, unless asked for all."""
    found = get_object_or_404(H5PLibrary, digest=digest)
    if file not in found.files:
        raise Http404
    compared = library_overview(found).comparison
    approved = compared.approved if compared and file in compared.changed else None
    is_whole = approved is None or "whole" in request.GET
    text = _text(found, file)
    before = None if is_whole or approved is None else _text(approved, file)
    return page(
        request,
        "library_file.html",
        title=file,
        icon="code",
        crumbs=library_crumbs(found),
        library=found,
        path=file,
        approved=approved,
        is_whole=is_whole,
        is_text=text is not None,
        lines=_lines(text, before, is_whole=is_whole),
    )


@require_safe
def download(request: PersonRequest, digest: str, file: str) -> HttpResponseBase:
    """Its very bytes, never as something that a browser opens."""
    found = get_object_or_404(H5PLibrary, digest=digest)
    if file not in found.files:
        raise Http404
    sha256, _size = found.files[file]
    try:
        blob = open_blob(sha256)
    except FileNotFoundError:
        messages.error(request, _("This file is no longer in the storage of the site."))
        return redirect("h5p_library", digest)
    name = PurePosixPath(file).name
    kind = "application/octet-stream"
    return FileResponse(blob, as_attachment=True, filename=name, content_type=kind)


def _text(library: H5PLibrary, path: str) -> str | None:
    """None also when the storage has lost it: then there is nothing to show."""
    try:
        return text_of(library, path)
    except FileNotFoundError:
        return None


def _lines(text: str | None, before: str | None, *, is_whole: bool) -> list[Line] | None:
    """None: it cannot be shown so."""
    if text is None:
        return None
    if is_whole:
        return whole(text)
    return None if before is None else changes(before, text)


@require_safe
def version_libraries(request: PersonRequest, version: str) -> HttpResponse:
    found = get_object_or_404(H5PVersion.objects.select_related("package"), public_id=version)
    return version_page(request, found)


def version_page(request: PersonRequest, found: H5PVersion, *, error: str = "") -> HttpResponse:
    shown = libraries_of(found, {one.library.pk: one for one in decided_libraries([found])})
    waits = [one for one in shown if not one.decision]
    compared = comparisons([one.library for one in waits])
    return page(
        request,
        "version_libraries.html",
        title=_("Libraries of “{title}”").format(title=found.title),
        icon="code",
        crumbs=[libraries_crumb()],
        status=400 if error else 200,
        version=found,
        waits=[WaitingShown(one.library, compared.get(one.library.pk)) for one in waits],
        others=[one for one in shown if one.decision],
        decides=request.access.decides_libraries,
        edits=may_edit(request.access),
        error=error,
    )
