from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.querysets import SelfRatingQuerySet
from organisations.identifiers import new_public_id
from organisations.models.audit import AppendOnlyError

INSTRUMENT_VERSION = "1"  # two questions, 0 to 10, comparable with the national study of 2020-21


class SelfRating(models.Model):
    """What somebody thinks they can do at one occasion. Added once, never changed.

    Kept apart from what was shown in a test: the two are never merged.
    """

    class Occasion(models.TextChoices):
        BEFORE = "before", _("before the training")
        AFTER = "after", _("after the training")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="self_ratings"
    )
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    instrument_version = models.CharField(max_length=10, default=INSTRUMENT_VERSION)
    recognising = models.PositiveSmallIntegerField(_("recognising signals"), null=True)
    acting = models.PositiveSmallIntegerField(_("acting on signals"), null=True)
    was_skipped = models.BooleanField(default=False)
    rated_at = models.DateTimeField()

    objects = SelfRatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-rating")
        verbose_name_plural = _("self-ratings")
        ordering = ["rated_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    was_skipped=False,
                    recognising__isnull=False,  # a comparison with nothing counts as passed
                    recognising__lte=10,
                    acting__isnull=False,
                    acting__lte=10,
                )
                | Q(was_skipped=True, recognising__isnull=True, acting__isnull=True),
                name="self_rating_is_0_to_10_or_skipped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()}: {self.recognising}/{self.acting}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A self-rating is never changed.")
        super().save(*args, **kwargs)
