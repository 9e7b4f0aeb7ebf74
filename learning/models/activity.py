from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.models.attempt import Attempt
from learning.querysets import ActivityRunQuerySet
from modules.models import H5PVersion
from organisations.identifiers import new_code, new_public_id
from organisations.models.audit import AppendOnlyError
from organisations.querysets import AppendOnlyQuerySet


class ActivityRun(models.Model):
    """One try of an H5P activity in an attempt. Each further try is a row of its own.

    It ends once, at the first statement that decides, and is never changed after that. Somebody
    who goes on elsewhere goes on in the try that is open. Practice: it certifies nothing.
    """

    class Trust(models.TextChoices):
        SELF_REPORTED = "self_reported", _("reported by the activity itself")
        VERIFIED = "verified", _("scored again on the server")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="activity_runs")
    step_id = models.CharField(max_length=40)
    version = models.ForeignKey(H5PVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    nonce = models.CharField(max_length=20, default=new_code, editable=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    trust = models.CharField(max_length=13, choices=Trust.choices, default=Trust.SELF_REPORTED)
    raw = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    scaled = models.FloatField(null=True)  # 0 to 1
    success = models.BooleanField(null=True)  # None: the activity does not say
    report = models.JSONField(null=True)  # getXAPIData, with the path through a branching scenario

    objects = ActivityRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("try of an H5P activity")
        verbose_name_plural = _("tries of H5P activities")
        ordering = ["attempt", "step_id", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "step_id", "number"], name="tries_of_an_activity_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["attempt", "step_id"],
                condition=Q(ended_at__isnull=True),
                name="one_open_try_of_an_activity",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="try_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(raw__isnull=True) | Q(maximum__isnull=True) | Q(raw__lte=F("maximum")),
                name="points_of_a_try_are_within_the_maximum",
            ),
            models.CheckConstraint(
                condition=Q(scaled__isnull=True) | Q(scaled__gte=0, scaled__lte=1),
                name="share_of_a_try_is_between_0_and_1",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False)
                | Q(raw__isnull=True, maximum__isnull=True, scaled__isnull=True, success=None),
                name="only_an_ended_try_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.step_id} ({self.number})"


class ActivityStatement(models.Model):
    """What an activity told during a try. Appended and never changed.

    Actor, object, id and time are the server's: they are the try, this row and `at`.
    """

    run = models.ForeignKey(ActivityRun, on_delete=models.PROTECT, related_name="statements")
    sequence = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)  # SHA-256 of what was posted
    verb = models.CharField(max_length=20)
    sub_content_id = models.CharField(max_length=80, blank=True)  # "" is the whole
    is_child = models.BooleanField(default=False)
    raw = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    scaled = models.FloatField(null=True)
    success = models.BooleanField(null=True)
    completion = models.BooleanField(null=True)
    response = models.TextField(blank=True)
    duration = models.CharField(max_length=40, blank=True)  # ISO 8601, as told
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of an H5P activity")
        verbose_name_plural = _("statements of H5P activities")
        ordering = ["run", "sequence"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["run", "sequence"], name="statements_of_a_try_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.sequence} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A statement is never changed.")
        super().save(*args, **kwargs)


class ActivityState(models.Model):
    """Where somebody is in a try, in the words of the activity. Replaced as they go on."""

    run = models.OneToOneField(ActivityRun, on_delete=models.CASCADE, related_name="state")
    version = models.ForeignKey(H5PVersion, on_delete=models.PROTECT, related_name="+")
    state = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("place in an H5P activity")
        verbose_name_plural = _("places in H5P activities")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.run_id}"


class ActivityRefusal(models.Model):
    """How often something that was posted for an activity was refused. Says nothing of whom."""

    day = models.DateField()
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=12, blank=True)  # public identifier; "" if unknown
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("refused message of an H5P activity")
        verbose_name_plural = _("refused messages of H5P activities")
        ordering = ["-day", "code", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["day", "code", "version"], name="refusals_are_counted_per_day_and_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.code}"
