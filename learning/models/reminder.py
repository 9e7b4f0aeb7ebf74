from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.assignment import Assignment, Cycle
from learning.querysets import MailQuerySet
from organisations.identifiers import new_public_id


class DailyRun(models.Model):
    """That the daily work was done through a day: the next run takes up what came after it."""

    as_of = models.DateField(unique=True)
    finished_at = models.DateTimeField()

    class Meta:
        verbose_name = _("daily run")
        verbose_name_plural = _("daily runs")
        ordering = ["as_of"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.as_of)


class Mail(models.Model):
    """The one digest that a person gets on a day: written once, sent once."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not accepted by the mail server")
        WITHDRAWN = "withdrawn", _("not sent in time; a later mail takes its place")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=160)
    text = models.TextField()
    html = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "on"], name="one_mail_per_person_per_day"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="sent_mail_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["on", "id"], condition=Q(state="queued"), name="mail_still_to_send"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.subject}"


class Reminder(models.Model):
    """One rung of the ladder for one due date and one recipient: reached once, mailed once."""

    class Outcome(models.TextChoices):
        MAILED = "mailed", _("in a mail")
        SUPERSEDED = "superseded", _("skipped: a later reminder took its place")
        PAUSED = "paused", _("skipped: on leave or not at work")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reminders")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reminders")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    rung = models.CharField(max_length=12)  # days from the due date ("-30", "+14"), "manager", …
    due_on = models.DateField()
    scheduled_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    mail = models.ForeignKey(Mail, null=True, on_delete=models.PROTECT, related_name="reminders")
    on = models.DateField()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["on", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "due_on", "rung", "recipient"], name="each_rung_is_reached_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="mailed", mail__isnull=False)
                | (~Q(outcome="mailed") & Q(mail__isnull=True)),
                name="reminder_is_in_a_mail_or_skipped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.rung}"
