from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.policy import RecertificationPolicy
from learning.querysets import ProgrammeQuerySet
from organisations.identifiers import new_public_id
from organisations.models import Organisation


class Programme(models.Model):
    """A *leerlijn*: a path to start with, paths to refresh with, and a policy.

    One without an organisation is shipped with the site: everybody may use it, the administrator
    keeps it.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="programmes"
    )
    title = models.CharField(_("title"), max_length=120)
    reason = models.TextField(
        _("why people follow it"), help_text=_("Shown to workers under *Why must I do this?*")
    )
    policy = models.ForeignKey(RecertificationPolicy, on_delete=models.PROTECT, related_name="+")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title"],
                condition=Q(organisation__isnull=True),
                name="title_once_among_shipped_programmes",
            ),
            models.UniqueConstraint(
                fields=["organisation", "title"], name="programme_title_once_per_organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PathKind(models.TextChoices):
    """What a period asks for: starting, or refreshing."""

    ONBOARDING = "onboarding", _("onboarding")
    REFRESHER = "refresher", _("refresher")


class ProgrammePath(models.Model):
    """A list of modules. Never changed: another list is another path, and the old one retires.

    Who is halfway a retired path finishes it. A programme has one onboarding path in use, and
    one or more refresher paths that take turns.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="paths")
    kind = models.CharField(max_length=12, choices=PathKind.choices)
    number = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("path of a programme")
        verbose_name_plural = _("paths of a programme")
        ordering = ["programme", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "number"], name="path_number_once_per_kind"
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(kind="onboarding", retired_at__isnull=True),
                name="one_onboarding_path_in_use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.kind} {self.number}"


class ProgrammeModule(models.Model):
    """A module's place in a path."""

    path = models.ForeignKey(ProgrammePath, on_delete=models.PROTECT, related_name="entries")
    module = models.ForeignKey("modules.ModulePage", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["path", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["path", "module"], name="module_once_per_path"),
            models.UniqueConstraint(
                fields=["path", "position"], name="one_module_per_place_in_a_path"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.position}"
