from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.rules.recertification import Policy
from organisations.identifiers import new_public_id


class RecertificationPolicy(models.Model):
    """How long a certification is valid and how early it may be renewed.

    The basis is *expiry*: renewing in the window keeps the anniversary (DESIGN 3.4).
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    active_months = models.PositiveSmallIntegerField(_("months valid"), default=12)
    window_months = models.PositiveSmallIntegerField(_("months the window is open"), default=1)

    class Meta:
        verbose_name = _("recertification policy")
        verbose_name_plural = _("recertification policies")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_months__gte=1) & Q(window_months__lt=F("active_months")),
                name="policy_window_is_shorter_than_validity",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def facts(self) -> Policy:
        """The policy as the rules take it."""
        return Policy(active_months=self.active_months, window_months=self.window_months)


class Programme(models.Model):
    """Training that belongs together, with a path for starting and one for refreshing."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("title"), max_length=120, unique=True)
    reason = models.TextField(
        _("why people follow it"), help_text=_("Shown to workers under *Why must I do this?*")
    )
    policy = models.ForeignKey(RecertificationPolicy, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class Path(models.TextChoices):
    """Which modules of a programme a period asks for."""

    ONBOARDING = "onboarding", _("onboarding")
    REFRESHER = "refresher", _("refresher")


class ProgrammeModule(models.Model):
    """A module's place in a path of a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="entries")
    module = models.ForeignKey("modules.ModulePage", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=12, choices=Path.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["path", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "path", "module"], name="module_once_per_path"
            ),
            models.UniqueConstraint(
                fields=["programme", "path", "position"], name="one_module_per_place_in_a_path"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.path} {self.position}"
