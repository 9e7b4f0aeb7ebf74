from dataclasses import dataclass, replace
from datetime import date

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
    # The day that days are counted from; for people whom a replaced rule asked already, that of
    # the first such rule.
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


@dataclass(frozen=True)
class RuleDraft:
    """A rule as a coordinator writes it. No teams: everybody; no functions: every function."""

    due_from: str = AssignmentRule.DueFrom.EMPLOYMENT
    due_after_days: int | None = 90
    due_on: date | None = None
    starts_on: date | None = None  # None: today
    teams: tuple[tuple[int, bool], ...] = ()  # team and whether its subteams are meant
    job_functions: tuple[str, ...] = ()


def made_from(
    draft: RuleDraft,
    *,
    organisation: Organisation,
    programme: Programme,
    replaces: AssignmentRule | None = None,
    today: date,
) -> AssignmentRule:
    """The rule of a draft, not saved and without its teams."""
    starts_on = draft.starts_on or today
    return AssignmentRule(
        organisation=organisation,
        programme=programme,
        job_functions=sorted(draft.job_functions),
        due_from=draft.due_from,
        due_after_days=draft.due_after_days,
        due_on=draft.due_on,
        counts_from=starts_on,
        starts_on=starts_on,
        replaces=replaces,
    )


def drafted(rule: AssignmentRule) -> RuleDraft:
    """What the rule says, without the day it began. The caller prefetched `teams`."""
    teams = [(one.team_id, one.with_subteams) for one in rule.teams.all()]
    return comparable(
        RuleDraft(
            due_from=rule.due_from,
            due_after_days=rule.due_after_days,
            due_on=rule.due_on,
            teams=tuple(teams),
            job_functions=tuple(rule.job_functions),
        )
    )


def comparable(draft: RuleDraft) -> RuleDraft:
    """In one order and without the day it begins, so that the same says the same."""
    return replace(
        draft,
        starts_on=None,
        teams=tuple(sorted(draft.teams)),
        job_functions=tuple(sorted(draft.job_functions)),
    )
