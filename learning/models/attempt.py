from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models import SelfRating
from learning.models.assignment import Cycle
from learning.querysets import AttemptQuerySet, LearningEventQuerySet
from organisations.identifiers import new_public_id
from organisations.models.audit import AppendOnlyError


class Attempt(models.Model):
    """One person's way through one module in one cycle.

    Pinned to the version that it began with: publishing a new one disturbs nobody. Closed once,
    never reopened.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts"
    )
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="attempts")
    module = models.ForeignKey("modules.ModulePage", on_delete=models.PROTECT, related_name="+")
    module_version = models.ForeignKey(
        "modules.ModuleVersion", on_delete=models.PROTECT, related_name="attempts"
    )
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "module"], name="one_attempt_per_cycle_and_module"
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(completed_at__gte=F("started_at")),
                name="attempt_completes_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker}: {self.module_version}"


class LearningEvent(models.Model):
    """Something that happened in an attempt: a step done, a choice, an answer, a self-rating.

    Appended and never changed. `slot` names the place in the module that it fills; a place is
    filled once, so a double click or a second browser changes nothing.
    """

    class Kind(models.TextChoices):
        STEP_DONE = "step_done", _("step done")
        CHOICE = "choice", _("choice in a scenario")
        ANSWER = "answer", _("answer to a question")
        ACTIVITY = "activity", _("try of an H5P activity ended")
        SELF_RATING = "self_rating", _("self-rating")
        COMPLETED = "completed", _("module completed")

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="events")
    module_version = models.ForeignKey(
        "modules.ModuleVersion", on_delete=models.PROTECT, related_name="+"
    )
    slot = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    step_id = models.CharField(max_length=40, blank=True)
    part_id = models.CharField(max_length=80, blank=True)  # scenario node or question
    choice_id = models.CharField(max_length=80, blank=True)
    visit = models.PositiveSmallIntegerField(default=1)  # of a decision that one can come back to
    shown = models.JSONField(default=list)  # the order in which the choices stood
    seconds = models.FloatField(null=True)  # the choices in view, until one was sent
    self_rating = models.OneToOneField(
        SelfRating, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = LearningEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning event")
        verbose_name_plural = _("learning events")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "slot"], name="each_place_in_an_attempt_is_filled_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slot}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A learning event is never changed.")
        super().save(*args, **kwargs)
