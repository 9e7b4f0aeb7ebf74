from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.models.programme import Programme
from learning.querysets import AssignmentRuleQuerySet
from organisations.identifiers import new_public_id
from organisations.models import Organisation, Team


class AssignmentRule(models.Model):
    """Who at an organisation must follow a programme, and by when the first time.

    A rule is not changed: another one replaces it and this one ends, so that *why then?* can
    always be answered with the rule as it was. Without teams it holds for everybody, without
    functions for every function.
    """

    class DueFrom(models.TextChoices):
        EMPLOYMENT = "employment", _("so many days after the first working day")
        RULE = "rule", _("so many days after this rule begins")
        DATE = "date", _("on a date")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assignment_rules"
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rules")
    job_functions = models.JSONField(default=list, blank=True)
    due_from = models.CharField(max_length=12, choices=DueFrom.choices, default=DueFrom.EMPLOYMENT)
    due_after_days = models.PositiveSmallIntegerField(null=True, default=90)
    due_on = models.DateField(null=True)
    # The day that days are counted from: the start of the first rule in a row of replacements.
    counts_from = models.DateField()
    starts_on = models.DateField(_("in force from"))
    ends_before = models.DateField(_("no longer in force from"), null=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = AssignmentRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment rule")
        verbose_name_plural = _("assignment rules")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_from="date", due_on__isnull=False, due_after_days__isnull=True)
                | (~Q(due_from="date") & Q(due_on__isnull=True, due_after_days__isnull=False)),
                name="rule_has_the_due_date_or_days_that_it_says",
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
                name="rule_does_not_end_before_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.programme}"


class RuleTeam(models.Model):
    """A team that a rule holds for, with or without the teams below it."""

    rule = models.ForeignKey(AssignmentRule, on_delete=models.PROTECT, related_name="teams")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    with_subteams = models.BooleanField(default=True)

    class Meta:
        ordering = ["rule", "team"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "team"], name="team_once_per_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.team}"
