"""What an editor should know of learning before a module goes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from learning.models import ProgrammeModule

WARNED = "warned_before_unpublishing"


@hooks.register("before_unpublish_page")
def ask_twice_for_what_people_must_follow(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say first which programmes rest on the module; the second time it goes.

    Who is halfway goes on with the version they began; nobody else can begin.
    """
    entries = ProgrammeModule.objects.filter(
        module=page.pk, path__retired_at__isnull=True
    ).order_by("path__programme__title")
    titles = list(entries.values_list("path__programme__title", flat=True).distinct())
    if not titles or request.session.pop(WARNED, None) == page.pk:
        return None
    request.session[WARNED] = page.pk
    text = _(
        "People must follow this module (%(programmes)s). After unpublishing nobody can begin "
        "it any more; who is halfway goes on. If that is what you want, unpublish once more."
    )
    messages.warning(request, text % {"programmes": ", ".join(titles)})
    return redirect("wagtailadmin_pages:unpublish", page.pk)
