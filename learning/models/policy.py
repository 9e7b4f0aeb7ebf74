from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.querysets import PolicyTermsQuerySet
from learning.rules.policy import Basis as BasisRule
from learning.rules.policy import Policy, PolicyPeriod

LADDER = [-30, -14, -3, 1, 14]
MANAGER_AFTER, FOCAL_PERSON_AFTER = 21, 35


class RecertificationPolicy(models.Model):
    """The name of a policy. Its numbers are in the terms, one row for each time they changed."""

    name = models.CharField(_("name"), max_length=140, unique=True)

    class Meta:
        verbose_name = _("recertification policy")
        verbose_name_plural = _("recertification policies")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def terms_on(self, day: date) -> "PolicyTerms":
        """The terms that hold on the day. Reads all terms once (prefetched or one query)."""
        rows: list[PolicyTerms] = sorted(self.terms.all(), key=lambda row: (row.starts_on, row.pk))
        return next((row for row in reversed(rows) if row.starts_on <= day), rows[0])

    @property
    def periods(self) -> list[PolicyPeriod]:
        """All terms in order, as the rules take them."""
        rows = sorted(self.terms.all(), key=lambda row: (row.starts_on, row.pk))
        return [PolicyPeriod(row.starts_on, row.facts) for row in rows]


class PolicyTerms(models.Model):
    """How long a certification is valid and how early it may be renewed, from a day on.

    Appended and never changed; a change holds from its own day, so that what was certified
    before keeps its dates.
    """

    class Basis(models.TextChoices):
        EXPIRY = BasisRule.EXPIRY.value, _("from the expiry: who renews in time keeps the date")
        FIXED = BasisRule.FIXED.value, _("fixed: everybody on the dates of a calendar")
        COMPLETION = BasisRule.COMPLETION.value, _("from the day of completion")

    policy = models.ForeignKey(
        RecertificationPolicy, on_delete=models.PROTECT, related_name="terms"
    )
    starts_on = models.DateField()
    basis = models.CharField(max_length=12, choices=Basis.choices, default=Basis.EXPIRY)
    active_months = models.PositiveSmallIntegerField(default=12)
    window_months = models.PositiveSmallIntegerField(default=1)
    minimum_months = models.PositiveSmallIntegerField(default=6)
    grace_days = models.PositiveSmallIntegerField(default=0)
    evidence_max_age_days = models.PositiveSmallIntegerField(default=180)
    leave_return_days = models.PositiveSmallIntegerField(default=30)
    # Days from the due date on which the worker is mailed: negative before, positive after.
    ladder = models.JSONField(default=list)
    manager_after_days = models.PositiveSmallIntegerField(null=True, default=MANAGER_AFTER)
    focal_person_after_days = models.PositiveSmallIntegerField(
        null=True, default=FOCAL_PERSON_AFTER
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = PolicyTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy terms")
        verbose_name_plural = _("policy terms")
        ordering = ["policy", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_months__gte=1) & Q(window_months__lte=F("active_months")),
                name="policy_window_is_no_longer_than_validity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy}: {self.starts_on}"

    @property
    def facts(self) -> Policy:
        """The numbers as the rules take them."""
        return Policy(
            basis=BasisRule(self.basis),
            active_months=self.active_months,
            window_months=self.window_months,
            minimum_months=self.minimum_months,
            grace_days=self.grace_days,
            evidence_max_age_days=self.evidence_max_age_days,
            leave_return_days=self.leave_return_days,
        )
