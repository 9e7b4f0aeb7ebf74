"""Reads of one model."""

from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Subquery

from organisations.querysets import AppendOnlyQuerySet


class ModuleVersionQuerySet(AppendOnlyQuerySet):
    def latest_per_module(self) -> Self:
        """Of each module the version with the highest number."""
        newest = self.model._default_manager.filter(module=OuterRef("module")).order_by("-number")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))


class LoadedContentQuerySet(models.QuerySet[Any]):
    def of(self, key: str) -> Any:
        """What was last loaded under the key, or None."""
        return self.filter(key=key).first()
