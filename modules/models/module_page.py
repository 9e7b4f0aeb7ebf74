from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from modules.blocks.steps import StepsBlock
from modules.forms import ModuleForm
from modules.models.version import ModuleVersion
from modules.panels import VersionPanel
from organisations.identifiers import new_public_id

NOTES = ["bold", "italic", "ul", "link"]


class ModulePage(Page):  # type: ignore[misc]
    """A training module as editors write it: an ordered list of steps.

    Not served at an address of its own. Learners get a `ModuleVersion`, made at publication.
    """

    class ReviewStatus(models.TextChoices):
        CONCEPT = "concept", _("concept")
        REVIEWED = "reviewed", _("reviewed")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    summary = models.TextField(
        _("summary"),
        max_length=400,
        help_text=_("One or two sentences: what does the worker learn here?"),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=20, help_text=_("About how long does the whole module take?")
    )
    content_note = RichTextField(
        _("note beforehand"),
        features=NOTES,
        blank=True,
        help_text=_("What is it about? Short and neutral, and how one can leave."),
    )
    support = RichTextField(
        _("support"),
        features=NOTES,
        blank=True,
        help_text=_("Where can the worker turn to when this touches them?"),
    )
    steps = StreamField(StepsBlock(), verbose_name=_("steps"), collapsed=True)
    review_status = models.CharField(
        _("review"),
        max_length=10,
        choices=ReviewStatus.choices,
        default=ReviewStatus.CONCEPT,
        help_text=_("Learners see whether the content was reviewed."),
    )
    reviewed_by_role = models.CharField(
        _("reviewed by (role)"),
        max_length=120,
        blank=True,
        help_text=_("A role, not a name. For example: focal person and lawyer."),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    law_checked_on = models.DateField(
        _("law checked on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody checked the law and rules in this module."),
    )

    base_form_class = ModuleForm
    parent_page_types = ["modules.ModuleIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["public_id"]
    content_panels = [
        VersionPanel(heading=_("Published version")),
        FieldPanel("title", help_text=_("What learners see above the module.")),
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("content_note"),
        FieldPanel("steps"),
        FieldPanel("support"),
        MultiFieldPanel(
            [
                FieldPanel("review_status"),
                FieldPanel("reviewed_by_role"),
                FieldPanel("reviewed_on"),
                FieldPanel("law_checked_on"),
            ],
            heading=_("Review of the content"),
        ),
    ]
    promote_panels = [FieldPanel("slug")]
    settings_panels: list[FieldPanel] = []

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    @property
    def current_version(self) -> ModuleVersion | None:
        """What somebody who begins now gets. A query."""
        return ModuleVersion.objects.filter(module=self).order_by("-number").first()

    def with_content_json(self, content: dict[str, Any]) -> "ModulePage":
        """A revision never changes which module this is, also when it was copied from another."""
        page: ModulePage = super().with_content_json(content)
        page.public_id = self.public_id
        return page

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from modules.preview import module_preview

        return module_preview(request, self)
