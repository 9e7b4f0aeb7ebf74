"""Where the pages about H5P stand in the Wagtail admin; registered by being imported."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from modules.models import H5PLibrary, H5PPackage
from modules.packages.admin import activity, deciding, libraries, playing, uploading
from modules.packages.admin.pages import LIST


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    import organisations.urls  # noqa: F401  # it makes `public_id` known, and is read after these

    return [
        path("h5p/upload/", uploading.upload, name="h5p_upload"),
        path("h5p/upload/<public_id:upload>/", uploading.uploaded, name="h5p_uploaded"),
        path(
            "h5p/upload/<public_id:upload>/state/", uploading.upload_state, name="h5p_upload_state"
        ),
        path("h5p/<public_id:package>/", activity.activity, name="h5p_activity"),
        path("h5p/<public_id:package>/replace/", uploading.replace, name="h5p_replace"),
        path("h5p/<public_id:package>/title/", activity.title, name="h5p_title"),
        path("h5p/<public_id:package>/delete/", activity.delete, name="h5p_delete"),
        path("h5p/version/<public_id:version>/play/", playing.play, name="h5p_play"),
        path("h5p/version/<public_id:version>/frame/", playing.frame, name="h5p_frame"),
        path(
            "h5p/version/<public_id:version>/delete/",
            activity.delete_one_version,
            name="h5p_delete_version",
        ),
        path("h5p-libraries/", libraries.libraries, name="h5p_libraries"),
        path(
            "h5p-libraries/of/<public_id:version>/",
            libraries.version_libraries,
            name="h5p_version_libraries",
        ),
        path(
            "h5p-libraries/of/<public_id:version>/approve/",
            deciding.approve_version,
            name="h5p_approve_version",
        ),
        path("h5p-libraries/<slug:digest>/", libraries.library, name="h5p_library"),
        path(
            "h5p-libraries/<slug:digest>/file/<path:file>",
            libraries.library_file,
            name="h5p_library_file",
        ),
        path(
            "h5p-libraries/<slug:digest>/download/<path:file>",
            libraries.download,
            name="h5p_library_download",
        ),
        path("h5p-libraries/<slug:digest>/decide/", deciding.decide_library, name="h5p_decide"),
    ]


class LibrariesMenuItem(MenuItem):  # type: ignore[misc]
    """For who decides, with the number that waits for it. A query on each of their pages."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.access.decides_libraries)

    def render_component(self, request: HttpRequest) -> Any:
        shown = super().render_component(request)
        if number := number_waiting():
            shown.label = f"{shown.label} ({number})"
        return shown


def number_waiting() -> int:
    """Libraries that a version needs, and about which nobody decided yet."""
    waiting = H5PLibrary.objects.waiting().filter(versions__isnull=False)
    return int(waiting.distinct().count())


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return LibrariesMenuItem(
        gettext_lazy("H5P libraries"),
        reverse("h5p_libraries"),
        name="h5p-libraries",
        icon_name="code",
        order=210,
    )


@hooks.register("before_bulk_action")
def nothing_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """An activity is deleted on its own page, where it says why that is refused."""
    if not any(isinstance(thing, H5PPackage) for thing in objects):
        return None
    messages.error(request, _("Delete H5P activities one by one."))
    return redirect(LIST)
