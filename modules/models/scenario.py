from functools import cached_property
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from modules.blocks.nodes import NodesBlock
from modules.forms import ScenarioForm
from modules.panels import OverviewPanel
from modules.rules.scenario import PRACTICE, REFERENCE
from modules.widgets import MomentSelect

PREVIEW_MODES = [("drawn", _("Drawn")), ("written", _("Written out")), ("play", _("Play"))]


class Scenario(  # type: ignore[misc]
    PreviewableMixin, WorkflowMixin, LockableMixin, DraftStateMixin, RevisionMixin, models.Model
):
    """A branching conversation or situation that steps of modules use, or a reference aid.

    What is published stands in this row, what is being written in its revisions. Learners get
    neither: they get the copy in a `ModuleVersion`.
    """

    class Purpose(models.TextChoices):
        PRACTICE = PRACTICE, _("to practise with")
        REFERENCE = REFERENCE, _("reference aid: no points, nothing is stored")

    slug = models.SlugField(
        _("short name"),
        unique=True,
        max_length=60,
        help_text=_("Fixed once the scenario is in use: results are kept under this name."),
    )
    title = models.CharField(_("title"), max_length=120)
    purpose = models.CharField(
        _("purpose"), max_length=10, choices=Purpose.choices, default=Purpose.PRACTICE
    )
    note = models.TextField(
        _("note beforehand"),
        blank=True,
        help_text=_("What is it about? Short and neutral. Learners read it before they begin."),
    )
    law_checked_on = models.DateField(
        _("law checked on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody checked the law and rules in it."),
    )
    reviewed_by_role = models.CharField(
        _("reviewed by (role)"),
        max_length=120,
        blank=True,
        help_text=_("A role, not a name. For example: focal person and lawyer."),
    )
    reviewed_on = models.DateField(
        _("reviewed on"),
        null=True,
        blank=True,
        help_text=_("As long as this is empty, a reference aid says that it is a concept."),
    )
    start = models.CharField(
        _("start"),
        max_length=50,
        blank=True,
        help_text=_("The moment with which it begins; the first one when nothing is chosen."),
    )
    nodes = StreamField(
        NodesBlock(),
        verbose_name=_("moments"),
        collapsed=True,
        help_text=_(
            "Each moment says which moment comes next; a decision leads on by its choices. "
            "All people in it are made up; never write about a real young person."
        ),
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="scenario")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="scenario",
        for_concrete_model=False,
    )

    base_form_class = ScenarioForm
    panels = [
        TitleFieldPanel("title", placeholder=_("Title")),
        FieldPanel("purpose"),
        FieldPanel("note"),
        OverviewPanel(heading=_("Check and drawing")),
        FieldPanel("nodes"),
        FieldPanel("start", widget=MomentSelect),
        MultiFieldPanel(
            [
                FieldPanel("slug", widget=SlugInput),
                FieldPanel("law_checked_on"),
                FieldPanel("reviewed_by_role"),
                FieldPanel("reviewed_on"),
            ],
            heading=_("Short name and review"),
        ),
    ]

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> Any:
        return self._revisions

    @cached_property
    def faults(self) -> Any:
        """What keeps this scenario, as it stands in this object, from being published."""
        from modules.compile import compile_scenario
        from modules.rules.scenario_faults import faults

        return faults(compile_scenario(self))

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return PREVIEW_MODES

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As Wagtail's own, but the address may say more: which choices were made in a preview."""
        extra = dict(extra_request_attrs or {})
        if original_request is not None:
            extra["GET"] = original_request.GET
        response: HttpResponse = super().make_preview_request(original_request, preview_mode, extra)
        return response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from modules.preview import scenario_preview

        return scenario_preview(request, self, mode_name)
