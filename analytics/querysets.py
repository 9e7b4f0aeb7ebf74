"""Reads of one model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from organisations.access import Access
from organisations.querysets import AppendOnlyQuerySet, in_period


class MonthlyCountQuerySet(AppendOnlyQuerySet):
    def visible_to(self, access: Access) -> Self:
        """Counts of organisations whose counts this person keeps or whose whole they oversee."""
        return self.filter(organisation__in=access.oversees)

    def of(self, organisations: Iterable[int]) -> Self:
        return self.filter(organisation__in=list(organisations))

    def within(self, months: Sequence[date]) -> Self:
        """Of months from the first to the last one given."""
        if not months:
            return self.none()
        return self.filter(month__gte=min(months), month__lte=max(months))

    def current(self) -> Self:
        """What stands now: what no later row replaces."""
        return self.filter(superseded_by__isnull=True)


class StudyQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Approved studies in which this researcher takes part on the day. Nobody else sees any."""
        if not access.is_researcher:
            return self.none()
        from analytics.models import StudyResearcher

        taking_part = StudyResearcher.objects.filter(
            in_period(access.on), study=OuterRef("pk"), user=access.user_id
        )
        return self.filter(Exists(taking_part), approved_on__lte=access.on)
