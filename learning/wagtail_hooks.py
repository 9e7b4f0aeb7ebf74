"""What an editor should know of learning before a module goes."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from learning.models import ProgrammeModule


@hooks.register("before_unpublish_page")
def warn_that_people_must_follow_it(request: HttpRequest, page: Page) -> None:
    """Say which programmes rest on the module. Who is halfway goes on; nobody else can begin."""
    if request.method != "GET":
        return
    entries = ProgrammeModule.objects.filter(module=page.pk).order_by("programme__title")
    titles = list(entries.values_list("programme__title", flat=True).distinct())
    if titles:
        text = _(
            "People must follow this module (%(programmes)s). After unpublishing nobody can begin "
            "it any more; who is halfway goes on."
        )
        messages.warning(request, text % {"programmes": ", ".join(titles)})
