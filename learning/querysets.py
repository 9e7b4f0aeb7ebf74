"""Reads of one model. A worker's own learning is theirs; others see validity, never answers."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisations.access import Access
from organisations.models import User
from organisations.querysets import AppendOnlyQuerySet, not_ended


class PolicyTermsQuerySet(AppendOnlyQuerySet):
    pass


class ProgrammeQuerySet(models.QuerySet[Any]):
    def usable_at(self, organisation: Any) -> Self:
        """Programmes that the organisation may give its people: shipped ones and its own."""
        return self.filter(Q(organisation__isnull=True) | Q(organisation=organisation))

    def kept_by(self, access: Access) -> Self:
        """Programmes that this person writes: those of the organisations they coordinate."""
        if access.is_administrator:
            return self
        return self.filter(organisation__in=access.coordinates)


class AssignmentRuleQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> Self:
        """In force on the day."""
        return self.filter(starts_on__lte=day).filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=day)
        )

    def not_ended(self, day: date) -> Self:
        """In force on the day or later; those that were withdrawn count as ended."""
        return self.filter(not_ended(day))

    def coordinated_by(self, access: Access) -> Self:
        """Rules of the organisations whose training this person keeps."""
        if access.is_administrator:
            return self
        return self.filter(organisation__in=access.coordinates)


class AssignmentQuerySet(models.QuerySet[Any]):
    def own(self, access: Access) -> Self:
        """What this person must do or did themselves."""
        return self.filter(worker=access.user_id)

    def visible_to(self, access: Access) -> Self:
        """Assignments of people in scope: their dates and validity."""
        people = User.objects.visible_to(access).filter(pk=OuterRef("worker"))
        return self.filter(Q(worker=access.user_id) | Exists(people))

    def coordinated_by(self, access: Access) -> Self:
        """Assignments of people whose training this person keeps."""
        if access.is_administrator:
            return self
        return self.filter(organisation__in=access.coordinates)


class AssignmentEventQuerySet(AppendOnlyQuerySet):
    pass


class ValidityQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Of people in scope."""
        people = User.objects.visible_to(access).filter(pk=OuterRef("worker"))
        return self.filter(Q(worker=access.user_id) | Exists(people))


class CycleQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Not closed yet."""
        return self.filter(closed_on__isnull=True)


class AttemptQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """One's own, whatever the role: what was answered is seen by nobody else."""
        return self.filter(worker=access.user_id)


class LearningEventQuerySet(AppendOnlyQuerySet):
    def visible_to(self, access: Access) -> Self:
        """One's own, whatever the role."""
        return self.filter(attempt__worker=access.user_id)


class ActivityRunQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """One's own tries only, as with attempts."""
        return self.filter(attempt__worker=access.user_id)

    def of_step(self, attempt: Any, step_id: str) -> Self:
        """All tries of one activity in one attempt, in order."""
        return self.filter(attempt=attempt, step_id=step_id).order_by("number")

    def ended(self) -> Self:
        return self.filter(ended_at__isnull=False)

    def open(self) -> Self:
        return self.filter(ended_at__isnull=True)


class ReplayQuerySet(AppendOnlyQuerySet):
    def visible_to(self, access: Access) -> Self:
        """One's own, whatever the role."""
        return self.filter(attempt__worker=access.user_id)


class CompletionQuerySet(AppendOnlyQuerySet):
    def own(self, access: Access) -> Self:
        """What this person completed themselves."""
        return self.filter(worker=access.user_id)

    def visible_to(self, access: Access) -> Self:
        """Completions of people in scope: day and validity."""
        people = User.objects.visible_to(access).filter(pk=OuterRef("worker"))
        return self.filter(Q(worker=access.user_id) | Exists(people))

    def with_certificate_for(self, access: Access) -> Self:
        """Those whose certificate this person may have: their own, and of people whose training
        they keep. A revoked certificate is handed to nobody."""
        standing = self.filter(revocation__isnull=True)
        if access.is_administrator:
            return standing
        return standing.filter(
            Q(worker=access.user_id) | Q(assignment__organisation__in=access.coordinates)
        )

    def counting(self) -> Self:
        """Those that changed a date; the others are history."""
        return self.filter(valid_through__isnull=False)


class ExceptionCaseQuerySet(models.QuerySet[Any]):
    def coordinated_by(self, access: Access) -> Self:
        """Cases of the organisations whose training this person keeps."""
        if access.is_administrator:
            return self
        return self.filter(organisation__in=access.coordinates)

    def open(self) -> Self:
        """Still to be decided."""
        return self.filter(decided_at__isnull=True)


class MailQuerySet(models.QuerySet[Any]):
    def own(self, access: Access) -> Self:
        """Mails to this person."""
        return self.filter(recipient=access.user_id)
