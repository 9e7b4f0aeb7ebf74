from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.models.programme import PathKind, Programme, ProgrammePath
from learning.models.rule import AssignmentRule
from learning.querysets import (
    AssignmentEventQuerySet,
    AssignmentQuerySet,
    CycleQuerySet,
    ValidityQuerySet,
)
from learning.rules.events import ClosedAs as ClosedAsRule
from learning.rules.status import Dates
from organisations.identifiers import new_public_id
from organisations.models import Organisation
from organisations.models.audit import AppendOnlyError


class Assignment(models.Model):
    """That a programme is or was somebody's. When, why and by when is in the events."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assignments"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "programme"], name="one_assignment_per_person_and_programme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker}: {self.programme}"


class AssignmentEvent(models.Model):
    """A dated fact about an assignment. Appended and never changed."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", _("assigned")
        UNASSIGNED = "unassigned", _("no longer assigned")
        DUE_CHANGED = "due_changed", _("due date moved later")
        EXTENDED = "extended", _("extended")

    class Reason(models.TextChoices):
        RULE = "rule", _("a rule of the organisation asks for it")
        RULE_AGAIN = "rule_again", _("a rule of the organisation asks for it again")
        NO_RULE = "no_rule", _("no rule of the organisation asks for it any more")
        LATEST_DUE = "latest_due", _("of several due dates the latest holds")
        CORRECTED_START = "corrected_start", _("the first working day was corrected")
        RULE_CHANGED = "rule_changed", _("a rule of the organisation gives more time")
        DECIDED = "decided", _("the training coordinator decided on the date")
        EXTENDED_ILLNESS = "ext_illness", _("long absence or adjusted work")
        EXTENDED_WORKLOAD = "ext_workload", _("not enough people on duty to free time")
        EXTENDED_CONTENT = "ext_content", _("the training could not be followed")
        EXTENDED_OTHER = "ext_other", _("agreed with the manager")
        EXEMPT_NO_CLIENTS = "ex_no_clients", _("exempt: no contact with young people")
        EXEMPT_ELSEWHERE = "ex_elsewhere", _("exempt: follows equal training elsewhere")
        EXEMPT_LEAVING = "ex_leaving", _("exempt: leaves before the due date")
        EXEMPT_OTHER = "ex_other", _("exempt: agreed with the manager")
        EXEMPTION_OVER = "ex_over", _("the exemption is over")

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField(
        help_text="The calendar day in Europe/Amsterdam on which it was recorded."
    )
    day = models.DateField(null=True, help_text="The due date, or the day extended to.")
    # Last covered day of an extension of a certification; null otherwise.
    covered_through = models.DateField(null=True)
    until = models.DateField(null=True, help_text="Last day of an exemption; null: not known.")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    rule = models.ForeignKey(AssignmentRule, null=True, on_delete=models.PROTECT, related_name="+")
    matched = models.JSONField(default=list)  # [{"rule": public_id, "due": ISO date}], all rules
    counted_from = models.DateField(null=True)
    waived = models.BooleanField(default=False)  # a near due date, taken by decision
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = AssignmentEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact about an assignment")
        verbose_name_plural = _("facts about assignments")
        ordering = ["on", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["assignment", "on"], name="assignment_event_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="extended") | Q(day__gte=F("on")),
                name="extension_is_not_to_the_past",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A fact about an assignment is never changed.")
        super().save(*args, **kwargs)

    @property
    def is_exemption(self) -> bool:
        return self.reason.startswith("ex_") and self.kind == self.Kind.UNASSIGNED


class Cycle(models.Model):
    """One period of a programme for one person. Closed once; never reopened, never reset.

    The due date of an open period follows the facts; a closed one stays as it was.
    """

    class ClosedAs(models.TextChoices):
        ON_TIME = ClosedAsRule.ON_TIME.value, _("finished in time")
        LATE = ClosedAsRule.LATE.value, _("finished late")
        LAPSED = ClosedAsRule.LAPSED.value, _("lapsed")
        UNASSIGNED = ClosedAsRule.UNASSIGNED.value, _("no longer assigned")

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    path = models.CharField(max_length=12, choices=PathKind.choices)
    # The list of modules, chosen when the first is begun.
    programme_path = models.ForeignKey(
        ProgrammePath, null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_on = models.DateField()
    window_opens_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_as = models.CharField(max_length=12, choices=ClosedAs.choices, blank=True, default="")

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["assignment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "number"], name="cycle_number_once_per_assignment"
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(closed_on__isnull=True),
                name="one_open_cycle_per_assignment",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_as="")
                | (Q(closed_on__isnull=False, closed_on__gte=F("opened_on")) & ~Q(closed_as="")),
                name="cycle_closes_after_it_opens_and_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.number}"


class Validity(models.Model):
    """The dates that hold now for an assignment: what replaying its facts gives.

    A projection, made anew whenever a fact comes in and on the day of `next_change_on`. Lists and
    mails read it; `advance_cycles --check` compares it with the facts.
    """

    assignment = models.OneToOneField(
        Assignment, primary_key=True, on_delete=models.PROTECT, related_name="validity"
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="validities"
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    is_assigned = models.BooleanField()
    is_exempt = models.BooleanField(default=False)
    certified_through = models.DateField(null=True)
    covered_through = models.DateField(null=True)
    window_opens_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    next_change_on = models.DateField(null=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("validity")
        verbose_name_plural = _("validities")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["next_change_on"], name="validity_by_next_change"),
            models.Index(fields=["programme", "due_on"], name="validity_by_due_date"),
            models.Index(fields=["worker", "programme"], name="validity_by_worker"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}"

    @property
    def dates(self) -> Dates:
        """The dates as the rules take them."""
        return Dates(
            is_assigned=self.is_assigned,
            certified_through=self.certified_through,
            covered_through=self.covered_through,
            window_opens_on=self.window_opens_on,
            due_on=self.due_on,
        )
