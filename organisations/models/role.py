from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisations.identifiers import new_public_id
from organisations.models.organisation import Organisation, Team
from organisations.models.user import User
from organisations.querysets import RoleGrantQuerySet


class Role(models.TextChoices):
    """What somebody does here besides being trained. Each has a scope; see `RoleGrant`."""

    MANAGER = "manager", _("manager")
    FOCAL_PERSON = "focal_person", _("focal person")
    COORDINATOR = "coordinator", _("training coordinator")
    RESEARCHER = "researcher", _("researcher")
    EDITOR = "editor", _("editor")
    LIBRARIES = "libraries", _("approver of H5P libraries")
    ADMINISTRATOR = "administrator", _("administrator")


TEAM_ROLES = [Role.MANAGER]
ORGANISATION_ROLES = [Role.MANAGER, Role.FOCAL_PERSON, Role.COORDINATOR]
PLATFORM_ROLES = [Role.RESEARCHER, Role.EDITOR, Role.LIBRARIES, Role.ADMINISTRATOR]


class RoleGrant(models.Model):
    """A role given to a person for a period, within an organisation, a team, or the platform.

    A grant is ended, never deleted: who could see what, and when, stays on record. One that is
    taken back on its first day ends on that day, and was never in force.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="role_grants",
    )
    team = models.ForeignKey(
        Team,
        verbose_name=_("team"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="role_grants",
    )
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until (not including)"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(role__in=PLATFORM_ROLES, organisation__isnull=True, team__isnull=True)
                    | Q(role__in=ORGANISATION_ROLES, organisation__isnull=False)
                ),
                name="role_has_the_scope_that_fits_it",
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=True) | Q(role__in=TEAM_ROLES),
                name="only_managers_are_limited_to_a_team",
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
                name="role_does_not_end_before_it_starts",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(organisation__isnull=True, ends_before__isnull=True),
                name="one_open_platform_role_per_person",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(team__isnull=True, ends_before__isnull=True),
                name="one_open_role_per_person_and_organisation",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "team"],
                condition=Q(team__isnull=False, ends_before__isnull=True),
                name="one_open_role_per_person_and_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
