from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.models.assignment import Assignment, Cycle
from learning.querysets import CompletionQuerySet
from learning.rules.certifying import Certification
from organisations.identifiers import new_public_id
from organisations.models import Organisation
from organisations.models.audit import AppendOnlyError


class EvidenceImport(models.Model):
    """One file of earlier completions that was taken over. The file itself is not kept."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("import of earlier completions")
        verbose_name_plural = _("imports of earlier completions")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class Completion(models.Model):
    """That a person completed a programme's path, and through which day that is valid.

    Added once and never changed; the policy's numbers of that day are kept with it. Without a
    cycle and a last valid day it is history only: it changed no date.
    """

    class Source(models.TextChoices):
        ATTEMPT = "attempt", _("completed here")
        IMPORTED = "imported", _("completed elsewhere, taken over")

    class Evidence(models.TextChoices):
        CERTIFICATE = "certificate", _("certificate")
        ATTENDANCE = "attendance", _("attendance list")
        LMS = "lms", _("record of another learning system")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="completions"
    )
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="completions")
    cycle = models.OneToOneField(
        Cycle, null=True, on_delete=models.PROTECT, related_name="completion"
    )
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.ATTEMPT)
    evidence_import = models.ForeignKey(
        EvidenceImport, null=True, on_delete=models.PROTECT, related_name="completions"
    )
    evidence = models.CharField(max_length=12, choices=Evidence.choices, blank=True, default="")
    completed_on = models.DateField(help_text="The calendar day in Europe/Amsterdam.")
    valid_through = models.DateField(null=True)
    covered_through = models.DateField(null=True)  # with the days of grace
    remembered_day = models.PositiveSmallIntegerField(null=True)
    active_months = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(default=0)  # study load, for the certificate
    recorded_on = models.DateField(help_text="The calendar day in Europe/Amsterdam.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

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
                condition=Q(valid_through__isnull=True)
                | Q(valid_through__gte=F("completed_on"), covered_through__gte=F("valid_through")),
                name="completion_is_valid_from_its_day_on",
            ),
            models.CheckConstraint(
                condition=Q(valid_through__isnull=True, remembered_day__isnull=True)
                | Q(remembered_day__gte=1, remembered_day__lte=31),
                name="completion_remembers_a_day_of_the_month",
            ),
            models.UniqueConstraint(
                fields=["assignment", "completed_on"],
                condition=Q(source="imported"),
                name="evidence_is_taken_over_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker}: {self.completed_on} – {self.valid_through}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A completion is never changed.")
        super().save(*args, **kwargs)

    @property
    def certification(self) -> Certification | None:
        """The completion as the rules take it; None where it is history only."""
        if self.valid_through is None or self.covered_through is None:
            return None
        return Certification(
            completed_on=self.completed_on,
            valid_through=self.valid_through,
            remembered_day=self.remembered_day or self.valid_through.day,
            grace_days=(self.covered_through - self.valid_through).days,
        )


class Revocation(models.Model):
    """That a completion no longer counts, from a day on. What was before stays as it was."""

    class Reason(models.TextChoices):
        MISTAKE = "mistake", _("recorded by mistake")
        EVIDENCE = "evidence", _("the evidence turned out not to be right")
        OTHER_PERSON = "other_person", _("somebody else did the training")

    completion = models.OneToOneField(
        Completion, on_delete=models.PROTECT, related_name="revocation"
    )
    on = models.DateField()
    reason = models.CharField(max_length=12, choices=Reason.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")
        ordering = ["on", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.completion}: {self.on}"


class Certificate(models.Model):
    """What a certificate says, as it was when it was given. One for each completion.

    `code` is the address under which anybody who holds the certificate can verify it.
    """

    completion = models.OneToOneField(
        Completion, on_delete=models.PROTECT, related_name="certificate"
    )
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=160)
    programme = models.CharField(max_length=120)
    completed_on = models.DateField()
    valid_through = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["given_at", "pk"]

    def __str__(self) -> str:
        return f"{self.programme}: {self.code}"
