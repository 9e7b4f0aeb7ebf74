from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisations.identifiers import new_public_id
from organisations.models.organisation import Team
from organisations.models.user import User
from organisations.querysets import EmploymentQuerySet, LeaveQuerySet


class Employment(models.Model):
    """That a person works in a team, from a day until before another.

    A move to another team ends one row and begins the next: past team coverage never changes.
    A row that ends on the day it starts was withdrawn: it was never in force, but is kept.
    """

    class JobFunction(models.TextChoices):
        RESIDENTIAL_WORKER = "residential", _("residential youth worker")
        OUTPATIENT_WORKER = "outpatient", _("outpatient youth worker")
        BEHAVIOURAL_SCIENTIST = "behavioural", _("behavioural scientist")
        FOSTER_CARE_WORKER = "foster", _("foster care worker")
        TEAM_LEAD = "lead", _("team lead")
        OTHER = "other", _("other")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="employments")
    team = models.ForeignKey(
        Team, verbose_name=_("team"), on_delete=models.PROTECT, related_name="employments"
    )
    job_function = models.CharField(
        _("job function"),
        max_length=20,
        choices=JobFunction.choices,
        default=JobFunction.RESIDENTIAL_WORKER,
    )
    hours_per_week = models.DecimalField(
        _("hours a week"), max_digits=4, decimal_places=1, default=32
    )
    starts_on = models.DateField(_("first working day"))
    ends_before = models.DateField(
        _("no longer works here from"),
        null=True,
        blank=True,
        help_text=_("The first day on which the person no longer works in this team."),
    )

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
                name="employment_does_not_end_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gt=0) & Q(hours_per_week__lte=60),
                name="employment_hours_between_0_and_60",
            ),
            models.UniqueConstraint(
                fields=["user", "team"],
                condition=Q(ends_before__isnull=True),
                name="one_open_employment_per_person_and_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.team})"


class Leave(models.Model):
    """A period in which somebody is away: no reminders, and outside the coverage denominator.

    It belongs to the person, not to one employer: somebody who is away is not trained at all.
    Withdrawn when it ends on the day it starts.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="leaves")
    starts_on = models.DateField(_("first day of leave"))
    ends_before = models.DateField(
        _("back at work on"), null=True, blank=True, help_text=_("Leave empty if not yet known.")
    )

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leave")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
                name="leave_does_not_end_before_it_starts",
            ),
            models.UniqueConstraint(
                fields=["user", "starts_on"],
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="one_leave_per_person_and_first_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.starts_on}"
