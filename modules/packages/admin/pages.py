"""Pages of our own in the frame of the Wagtail admin."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from modules.models import H5PLibrary, H5PPackage

LIST = "wagtailsnippets_modules_h5ppackage:list"
Crumb = tuple[str, str]  # label and address


def page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    crumbs: Sequence[Crumb] = (),
    icon: str = "media",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """`crumbs` are the pages above this one."""
    above = [{"url": address, "label": label} for label, address in crumbs]
    frame = {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            *above,
            {"url": "", "label": title},
        ],
    }
    return render(request, f"modules/h5p/{template}", {**frame, **context}, status=status)


def list_crumb() -> Crumb:
    return _("H5P"), reverse(LIST)


def activity_crumbs(package: H5PPackage) -> list[Crumb]:
    return [list_crumb(), (package.title, reverse("h5p_activity", args=[package.public_id]))]


def libraries_crumb() -> Crumb:
    return _("H5P libraries"), reverse("h5p_libraries")


def library_crumbs(library: H5PLibrary) -> list[Crumb]:
    return [libraries_crumb(), (str(library), reverse("h5p_library", args=[library.digest]))]
