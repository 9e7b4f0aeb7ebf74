from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.attempt import Attempt
from learning.querysets import ReplayQuerySet
from organisations.identifiers import new_public_id
from organisations.models.audit import AppendOnlyError


class Replay(models.Model):
    """Going through a scenario once more, from a decision on. It never counts.

    What was chosen before that decision stays as it was in the run that the worker looked back on,
    and stands in `before`. Plays the same version as the attempt.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="replays")
    step_id = models.CharField(max_length=40)
    before = models.JSONField()  # decision to choices made there, one for each visit
    started_at = models.DateTimeField()

    objects = ReplayQuerySet.as_manager()

    class Meta:
        verbose_name = _("replay")
        verbose_name_plural = _("replays")
        ordering = ["started_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.attempt}: {self.step_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A replay is never changed.")
        super().save(*args, **kwargs)


class ReplayChoice(models.Model):
    """A choice made in a replay. Appended and never changed; each visit of a decision once."""

    replay = models.ForeignKey(Replay, on_delete=models.PROTECT, related_name="choices")
    node_id = models.CharField(max_length=80)
    visit = models.PositiveSmallIntegerField(default=1)
    choice_id = models.CharField(max_length=80)
    shown = models.JSONField(default=list)  # the order in which the choices stood
    seconds = models.FloatField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("choice in a replay")
        verbose_name_plural = _("choices in replays")
        ordering = ["replay", "at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["replay", "node_id", "visit"],
                name="each_visit_in_a_replay_has_one_choice",
            ),
            models.CheckConstraint(condition=Q(visit__gte=1), name="visits_are_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.node_id}: {self.choice_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A choice is never changed.")
        super().save(*args, **kwargs)
