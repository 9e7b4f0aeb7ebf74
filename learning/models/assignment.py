from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.models.programme import Path, Programme
from learning.querysets import AssignmentQuerySet, CycleQuerySet
from organisations.identifiers import new_public_id
from organisations.models import Organisation


class AssignmentRule(models.Model):
    """That everybody who starts work at an organisation must follow a programme."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assignment_rules"
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    due_after_days = models.PositiveSmallIntegerField(
        _("days to finish after starting work"), default=90
    )
    starts_on = models.DateField(_("in force from"))

    class Meta:
        verbose_name = _("assignment rule")
        verbose_name_plural = _("assignment rules")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "programme"], name="one_rule_per_organisation_and_programme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.programme}"


class Assignment(models.Model):
    """That a person must follow a programme, why, and by when the first time."""

    class Reason(models.TextChoices):
        EMPLOYMENT = "employment", _("you started work at the organisation")
        RULE = "rule", _("the organisation started with this training")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assignments"
    )
    rule = models.ForeignKey(
        AssignmentRule, null=True, on_delete=models.PROTECT, related_name="assignments"
    )
    reason = models.CharField(max_length=20, choices=Reason.choices)
    counted_from = models.DateField(help_text="The day from which the due date was counted.")
    assigned_on = models.DateField()
    first_due_on = models.DateField()
    assigned_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["first_due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "programme"], name="one_assignment_per_person_and_programme"
            ),
            models.CheckConstraint(
                condition=Q(first_due_on__gte=F("assigned_on")),
                name="assignment_is_due_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker}: {self.programme}"


class Cycle(models.Model):
    """One period of a programme for one person. Closed once; never reopened, never reset."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    path = models.CharField(max_length=12, choices=Path.choices)
    window_opens_on = models.DateField(null=True)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["assignment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "number"], name="cycle_number_once_per_assignment"
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(closed_at__isnull=True),
                name="one_open_cycle_per_assignment",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="cycle_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.number}"
