"""Trying an activity, as an editor: in the same frame as learners get, and nothing is kept."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from modules.models import H5PVersion
from modules.packages.admin.pages import activity_crumbs, page
from modules.packages.serving.frame import NotPlayable, frame_page, let_frame
from organisations.clock import now_of


def words() -> dict[str, str]:
    """For static/modules/admin-h5p-play.js."""
    return {
        "attempted": pgettext("H5P reports", "begun"),
        "answered": pgettext("H5P reports", "answered"),
        "interacted": pgettext("H5P reports", "did something"),
        "progressed": pgettext("H5P reports", "went on"),
        "completed": pgettext("H5P reports", "completed"),
        "passed": pgettext("H5P reports", "passed"),
        "failed": pgettext("H5P reports", "not passed"),
        "whole": _("the whole"),
        "part": _("a part"),
        "score": _("{raw} of {max} points"),
        "state": _("Tells where somebody is, to go on there later ({size} bytes)."),
        "ready": _("The activity is there."),
        "broken": _("The activity does not start: {reason}"),
        "silent": _("The activity has not started yet. Is the connection slow?"),
        "more": _("Older reports are no longer listed."),
    }


@require_safe
@never_cache
def play(request: HttpRequest, version: str) -> HttpResponse:
    found = _version(version)
    response = page(
        request,
        "play.html",
        title=_("Try “{title}”").format(title=found.package.title),
        crumbs=activity_crumbs(found.package),
        version=found,
        is_playable=H5PVersion.objects.playable().filter(pk=found.pk).exists(),
        refusal=NotPlayable.message,
        words=words(),
    )
    let_frame(request, response, reverse("h5p_frame", args=[found.public_id]))
    return response


@require_safe
@never_cache
def frame(request: HttpRequest, version: str) -> HttpResponse:
    """What stands in the frame of that page."""
    try:
        return frame_page(request, version=_version(version), at=now_of(request))
    except NotPlayable as refusal:
        return HttpResponse(str(refusal), "text/plain; charset=utf-8", 409)


def _version(public_id: str) -> H5PVersion:
    rows = H5PVersion.objects.select_related("package", "main_library")
    return cast(H5PVersion, get_object_or_404(rows, public_id=public_id))
