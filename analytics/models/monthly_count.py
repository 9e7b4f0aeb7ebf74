from datetime import date
from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from analytics.querysets import MonthlyCountQuerySet
from analytics.rules.counts import HIGHEST, KNOWN, Cell, Status
from analytics.rules.indicators import Indicator
from organisations.models import Organisation, User
from organisations.models.audit import AppendOnlyError

CENTURY = date(2000, 1, 1)
WITHOUT_VALUE = [status.value for status in Status if status not in KNOWN]


class CountStatus(models.TextChoices):
    """The statuses of `analytics.rules.counts` in words."""

    COUNTED = Status.COUNTED.value, _("counted")
    CONFIRMED_ZERO = Status.CONFIRMED_ZERO.value, _("zero, checked")
    NOT_COUNTED = Status.NOT_COUNTED.value, _("not counted")
    NOT_YET_KNOWN = Status.NOT_YET_KNOWN.value, _("not yet known")
    NOT_APPLICABLE = Status.NOT_APPLICABLE.value, _("does not apply")


class CorrectionReason(models.TextChoices):
    """Why an earlier number was replaced. A fixed list: no free text stands beside counts."""

    BECAME_KNOWN = "became_known", _("was not yet known")
    LATE_INFORMATION = "late_information", _("information came in later")
    RECOUNTED = "recounted", _("counted again")
    TYPING_MISTAKE = "typing_mistake", _("typing mistake")
    DEFINITION = "definition", _("the definition was read differently")


class MonthlyCount(models.Model):
    """What one organisation wrote down for one indicator of one month. Rows are only added.

    A correction is a new row that supersedes the former. Never about a client: a number, a status
    and who wrote it down.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="counts")
    month = models.DateField(_("month"))  # its first day
    indicator = models.CharField(max_length=30, choices=[(i.value, i.value) for i in Indicator])
    status = models.CharField(_("status"), max_length=20, choices=CountStatus.choices)
    value = models.PositiveIntegerField(_("number"), null=True)
    definition_version = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(
        _("reason"), max_length=30, blank=True, choices=CorrectionReason.choices
    )
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    objects = MonthlyCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly count")
        verbose_name_plural = _("monthly counts")
        ordering = ["month", "indicator", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["organisation", "month"], name="counts_by_organisation")]
        constraints = [
            models.CheckConstraint(
                # Null is neither above 0 nor equal to it, and a check that is neither holds.
                condition=(
                    Q(status=Status.COUNTED.value, value__isnull=False)
                    & Q(value__gt=0, value__lte=HIGHEST)
                    | Q(status=Status.CONFIRMED_ZERO.value, value__isnull=False, value=0)
                    | Q(status__in=WITHOUT_VALUE, value__isnull=True)
                ),
                name="monthly_count_has_a_value_exactly_when_it_is_known",
            ),
            # By its text: SQLite's own tools know no function that takes the day from a date.
            models.CheckConstraint(
                condition=Q(month__endswith="-01") & Q(month__gte=CENTURY),
                name="counted_month_is_a_first_day_since_2000",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, reason="")
                | Q(supersedes__isnull=False, reason__in=CorrectionReason.values),
                name="replaced_count_has_a_reason_and_a_first_has_none",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                name="monthly_count_does_not_replace_itself",
            ),
            models.UniqueConstraint(
                fields=["organisation", "month", "indicator"],
                condition=Q(supersedes__isnull=True),
                name="one_first_count_per_organisation_month_and_indicator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.indicator}: {self.status} {self.value or ''}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A monthly count is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("A monthly count is never deleted.")

    @property
    def cell(self) -> Cell:
        return Cell(Status(self.status), self.value)
