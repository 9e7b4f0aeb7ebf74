from functools import cached_property
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin

from modules.blocks.nodes import NodesBlock
from modules.forms import ScenarioForm
from modules.panels import ScenarioFaultsPanel


class Scenario(PreviewableMixin, LockableMixin, DraftStateMixin, RevisionMixin, models.Model):  # type: ignore[misc]
    """A branching conversation or situation that steps of modules use.

    What is published stands in this row, what is being written in its revisions. Learners get
    neither: they get the copy in a `ModuleVersion`.
    """

    slug = models.SlugField(
        _("short name"),
        unique=True,
        max_length=60,
        help_text=_("Fixed once the scenario is in use: results are kept under this name."),
    )
    title = models.CharField(_("title"), max_length=120)
    start = models.CharField(
        _("start"),
        max_length=50,
        help_text=_("The name of the moment with which the scenario starts."),
    )
    nodes = StreamField(
        NodesBlock(),
        verbose_name=_("moments"),
        collapsed=True,
        help_text=_(
            "Each moment has a name and says which moment follows. A decision leads on by its "
            "choices. All people in it are made up; never write about a real young person."
        ),
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="scenario")

    base_form_class = ScenarioForm
    panels = [
        ScenarioFaultsPanel(heading=_("Check of the scenario")),
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("start"),
        FieldPanel("nodes"),
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

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from modules.preview import scenario_preview

        return scenario_preview(request, self)
