"""Reads of one model. A worker's own learning is theirs; others see validity, never answers."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisations.access import Access
from organisations.models import User
from organisations.querysets import AppendOnlyQuerySet


class AssignmentQuerySet(models.QuerySet[Any]):
    def own(self, access: Access) -> Self:
        """What this person must do themselves."""
        return self.filter(worker=access.user_id)

    def visible_to(self, access: Access) -> Self:
        """Assignments of people in scope: their dates and validity."""
        people = User.objects.visible_to(access).filter(pk=OuterRef("worker"))
        return self.filter(Q(worker=access.user_id) | Exists(people))


class CycleQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Not yet completed."""
        return self.filter(closed_at__isnull=True)


class AttemptQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """One's own, whatever the role: what was answered is seen by nobody else."""
        return self.filter(worker=access.user_id)


class LearningEventQuerySet(AppendOnlyQuerySet):
    def visible_to(self, access: Access) -> Self:
        """One's own, whatever the role."""
        return self.filter(attempt__worker=access.user_id)


class CompletionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, access: Access) -> Self:
        """Completions of people in scope: day and validity."""
        people = User.objects.visible_to(access).filter(pk=OuterRef("worker"))
        return self.filter(Q(worker=access.user_id) | Exists(people))
