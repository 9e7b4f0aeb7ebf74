"""Sending in an H5P file: a new activity, or a new version of one; and what became of it."""

from typing import cast

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from modules.models import H5PPackage, H5PUpload
from modules.packages.admin.pages import LIST, activity_crumbs, list_crumb, page
from modules.packages.admin.receiving import is_too_big, most_bytes
from modules.packages.admin.told import told_by_file
from modules.packages.errors import FileTooLarge
from modules.packages.uploads import go_on, receive
from modules.packages.where_used import uses
from modules.rules.h5p.caps import MB
from organisations.clock import now_of
from organisations.errors import Refused
from organisations.models import User

TOO_LARGE = 413
SENT_TWICE = 60 * 60  # seconds in which the same page sends one file
OVER = {H5PUpload.State.TAKEN, H5PUpload.State.REFUSED, H5PUpload.State.FAILED}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("H5P file"),
        allow_empty_file=True,  # the check has its own words for it
        widget=forms.FileInput(
            attrs={"accept": ".h5p,application/zip", "aria-describedby": "h5p-file-help"}
        ),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "missing": gettext_lazy("Choose a file first."),
            "invalid": gettext_lazy("No file came in. Choose it again."),
        },
    )


@csrf_exempt  # only until it is known how much was sent; see _form_page
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    return _answer(request, None)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, package: str) -> HttpResponse:
    return _answer(request, get_object_or_404(H5PPackage, public_id=package))


def _answer(request: HttpRequest, package: H5PPackage | None) -> HttpResponse:
    """Nothing of a file that is too large is read, not even for its CSRF token."""
    if request.method == "POST" and is_too_big(request):
        return _refused(request, package, str(_too_large()), TOO_LARGE)
    return _form_page(request, package)


def _too_large() -> FileTooLarge:
    return FileTooLarge(limit=most_bytes() // MB)


@csrf_protect
def _form_page(request: HttpRequest, package: H5PPackage | None) -> HttpResponse:
    if request.method != "POST":
        return _page(request, package)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, package, str(form.errors["file"][0]), 400)
    key = f"h5p-upload:{request.user.pk}:{request.POST.get('once', '')[:40]}"
    if not cache.add(key, "", timeout=SENT_TWICE):
        return _sent_before(request, cache.get(key))
    try:
        upload = receive(
            file=form.cleaned_data["file"],
            replaces=package,
            by=cast(User, request.user),
            at=now_of(request),
        )
    except Refused as refusal:
        cache.delete(key)
        return _refused(request, package, str(refusal), 400)
    cache.set(key, upload.public_id, timeout=SENT_TWICE)
    return redirect("h5p_uploaded", upload.public_id)


def _sent_before(request: HttpRequest, upload: str | None) -> HttpResponse:
    """A second click on the button: the file of the first is what counts."""
    if upload:
        return redirect("h5p_uploaded", upload)
    messages.info(request, _("This file is coming in already."))
    return redirect(LIST)


def _refused(
    request: HttpRequest, package: H5PPackage | None, text: str, status: int
) -> HttpResponse:
    """For a script as JSON (static/modules/admin-h5p-upload.js)."""
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"message": text}, status=status)
    return _page(request, package, error=text, status=status)


def _page(
    request: HttpRequest, package: H5PPackage | None, *, error: str = "", status: int = 200
) -> HttpResponse:
    title = _("Upload a new version") if package else _("Upload an H5P file")
    return page(
        request,
        "upload.html",
        title=title,
        crumbs=activity_crumbs(package) if package else [list_crumb()],
        status=status,
        form=UploadForm(),
        error=error,
        once=get_random_string(20),
        package=package,
        uses=uses(package) if package else None,
        most_bytes=most_bytes(),
        too_large=_too_large(),
        most_megabytes=most_bytes() // MB,
    )


@require_safe
@never_cache
def uploaded(request: HttpRequest, upload: str) -> HttpResponse:
    """Waits until the file was checked; then the activity, or what is wrong with the file."""
    found = _upload(upload)
    go_on(found, at=now_of(request))
    if found.state == H5PUpload.State.TAKEN and found.version is not None:
        if not found.is_new:
            said = _("This file had been taken in before. Nothing was added.")
            messages.info(request, said)
        return redirect("h5p_activity", found.version.package.public_id)
    return page(
        request,
        "uploaded.html",
        title=_title(found),
        crumbs=activity_crumbs(found.replaces) if found.replaces else [list_crumb()],
        upload=found,
        is_over=found.state in OVER,
        told=told_by_file(found.reasons),
    )


@require_safe
@never_cache
def upload_state(request: HttpRequest, upload: str) -> JsonResponse:
    """For a script (static/modules/admin-h5p-wait.js), until it is over."""
    found = _upload(upload)
    go_on(found, at=now_of(request))
    return JsonResponse({"is_over": found.state in OVER, "text": found.get_state_display()})


def _upload(public_id: str) -> H5PUpload:
    """Editors are colleagues: everybody sees what the others sent in."""
    rows = H5PUpload.objects.select_related("version__package", "replaces", "uploaded_by")
    return cast(H5PUpload, get_object_or_404(rows, public_id=public_id))


def _title(upload: H5PUpload) -> str:
    if upload.state == H5PUpload.State.REFUSED:
        return _("This file cannot be taken in")
    if upload.state == H5PUpload.State.FAILED:
        return _("This file could not be checked")
    if upload.state == H5PUpload.State.TAKEN:
        return _("This version is no longer here")
    return _("The file is being checked")
