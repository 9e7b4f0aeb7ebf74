from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisations.identifiers import new_public_id
from organisations.querysets import OrganisationQuerySet, TeamQuerySet


class Organisation(models.Model):
    """An institution for youth care, and the border of what its people can see."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    works_council_agreed_on = models.DateField(
        _("works council agreed on"),
        null=True,
        blank=True,
        help_text=_(
            "Training records are staff data: article 27 of the Works Councils Act asks for "
            "consent. Without this date nobody here can start training."
        ),
    )
    retention_months = models.PositiveSmallIntegerField(
        _("months that data is kept after somebody leaves"), default=24
    )
    shows_tree_without_sign_in = models.BooleanField(
        _("shows the decision tree without signing in"), default=False
    )
    is_fictional = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def is_live_on(self, day: date) -> bool:
        """Whether people of this organisation may be trained: the works council has agreed."""
        return self.works_council_agreed_on is not None and self.works_council_agreed_on <= day


class Team(models.Model):
    """A group of workers, possibly part of a larger team of the same organisation."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    name = models.CharField(_("name"), max_length=120)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="team_name_once_per_organisation"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="team_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name
