from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from analytics.querysets import StudyQuerySet
from organisations.identifiers import new_public_id
from organisations.models import Organisation, User


class Study(models.Model):
    """An approved question over some institutions and a period of whole months."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("title"), max_length=200)
    question = models.TextField(_("question"))
    organisations = models.ManyToManyField(Organisation, related_name="studies")
    starts_month = models.DateField(_("first month"))
    ends_month = models.DateField(_("last month"))
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    agreement = models.CharField(_("reference of the agreement"), max_length=120)
    created_at = models.DateTimeField(editable=False)

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_month__endswith="-01") & Q(ends_month__endswith="-01"),
                name="study_begins_and_ends_with_a_first_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_month__gte=F("starts_month")),
                name="study_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(agreement=""), name="study_has_a_reference_to_an_agreement"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_approved_on(self, day: date) -> bool:
        return self.approved_on is not None and self.approved_on <= day


class StudyResearcher(models.Model):
    """That somebody takes part in a study for a period. It is ended, never deleted."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="researchers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="studies")
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until (not including)"), null=True, blank=True)

    class Meta:
        verbose_name = _("researcher of a study")
        verbose_name_plural = _("researchers of a study")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="part_in_a_study_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["study", "user"],
                condition=Q(ends_before__isnull=True),
                name="one_open_part_per_researcher_and_study",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.study}"
