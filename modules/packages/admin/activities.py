"""H5P activities as Wagtail lists and chooses them."""

from django.utils.translation import gettext_lazy
from wagtail.snippets.views.snippets import SnippetViewSet

from modules.models import H5PPackage


class H5PViewSet(SnippetViewSet):  # type: ignore[misc]
    model = H5PPackage
    icon = "media"
    menu_label = gettext_lazy("H5P")
    list_display = ["title", "created_at"]
    search_fields = ["title"]
    copy_view_enabled = False
