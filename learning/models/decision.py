from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.assignment import Assignment
from learning.querysets import ExceptionCaseQuerySet
from organisations.identifiers import new_public_id
from organisations.models import Organisation


class ExceptionCase(models.Model):
    """Something that the engine cannot decide and the training coordinator must.

    Stays in the queue until decided; decided once.
    """

    class Kind(models.TextChoices):
        TOO_LITTLE_TIME = "too_little_time", _("too little time")
        CONFLICTING_FACTS = "conflicting_facts", _("facts that do not fit together")
        EVIDENCE_TOO_OLD = "evidence_too_old", _("evidence too old")

    class Decision(models.TextChoices):
        SET_DUE_DATE = "set_due", _("a due date was set")
        KEEP_DUE_DATE = "keep_due", _("the near date was kept")
        EXEMPT = "exempt", _("exempt")
        ACCEPT_EVIDENCE = "accept", _("the evidence was accepted")
        REFUSE_EVIDENCE = "refuse", _("the evidence was refused")
        KEEP_AS_IS = "keep", _("everything stays as it is")
        OVERTAKEN = "overtaken", _("solved by what happened since")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="exceptions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=80)  # what it is about, so that it is asked once
    facts = models.JSONField(default=dict)  # codes and ISO dates; no names, no free text
    opened_at = models.DateTimeField()
    decision = models.CharField(max_length=12, choices=Decision.choices, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = ExceptionCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception to decide")
        verbose_name_plural = _("exceptions to decide")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "kind", "key"], name="exception_is_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decision="")
                | (Q(decided_at__isnull=False) & ~Q(decision="")),
                name="exception_is_decided_with_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.assignment}"
