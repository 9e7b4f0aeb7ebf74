from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class ModuleIndexPage(Page):  # type: ignore[misc]
    """The one place under which all modules stand. It has no page of its own for learners."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["modules.ModulePage"]
    max_count = 1
    preview_modes: list[tuple[str, str]] = []
    content_panels = [FieldPanel("title")]
    promote_panels: list[FieldPanel] = []
    settings_panels: list[FieldPanel] = []

    class Meta:
        verbose_name = _("overview of modules")
        verbose_name_plural = _("overviews of modules")
