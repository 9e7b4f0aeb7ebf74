from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.models.assignment import Assignment, Cycle
from learning.querysets import CompletionQuerySet
from learning.rules.recertification import Certification
from organisations.identifiers import new_public_id
from organisations.models.audit import AppendOnlyError


class Completion(models.Model):
    """That a person completed a programme's path, and through which day that is valid.

    One per cycle, added once and never changed; the policy's numbers of that day are kept with it.
    """

    class Source(models.TextChoices):
        ATTEMPT = "attempt", _("completed here")
        IMPORTED = "imported", _("completed elsewhere, taken over")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="completions"
    )
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="completions")
    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="completion")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.ATTEMPT)
    completed_at = models.DateTimeField()
    completed_on = models.DateField(help_text="The calendar day in Europe/Amsterdam.")
    valid_through = models.DateField()
    remembered_day = models.PositiveSmallIntegerField()
    active_months = models.PositiveSmallIntegerField()
    window_months = models.PositiveSmallIntegerField()

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        ordering = ["completed_on", "pk"]
        indexes = [
            models.Index(fields=["assignment", "completed_on"], name="completion_by_assignment")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_through__gte=F("completed_on")),
                name="completion_is_valid_from_its_day_on",
            ),
            models.CheckConstraint(
                condition=Q(remembered_day__gte=1, remembered_day__lte=31),
                name="completion_remembers_a_day_of_the_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker}: {self.completed_on} – {self.valid_through}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A completion is never changed.")
        super().save(*args, **kwargs)

    @property
    def facts(self) -> Certification:
        """The completion as the rules take it."""
        return Certification(
            completed_on=self.completed_on,
            valid_through=self.valid_through,
            remembered_day=self.remembered_day,
        )
