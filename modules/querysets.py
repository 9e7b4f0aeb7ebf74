"""Reads of one model."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

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


class H5PLibraryQuerySet(models.QuerySet[Any]):
    def with_decision(self) -> Self:
        """Each with `is_approved`: what was decided last; None when nobody decided yet."""
        from modules.models.h5p_library import LibraryDecision

        latest = LibraryDecision.objects.filter(library=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(is_approved=Subquery(latest.values("is_approved")[:1]))

    def approved(self) -> Self:
        return self.with_decision().filter(is_approved=True)

    def waiting(self) -> Self:
        """In quarantine: nobody decided yet."""
        return self.with_decision().filter(is_approved__isnull=True)

    def not_approved(self) -> Self:
        """In quarantine or refused."""
        undecided, refused = Q(is_approved__isnull=True), Q(is_approved=False)
        return self.with_decision().filter(undecided | refused)


class H5PPackageQuerySet(models.QuerySet[Any]):
    pass


class H5PVersionQuerySet(models.QuerySet[Any]):
    def playable(self) -> Self:
        """All their libraries are approved, as it stands now."""
        from modules.models.h5p_library import H5PLibrary

        barred = H5PLibrary.objects.not_approved().filter(versions=OuterRef("pk"))
        return self.filter(~Exists(barred))


class H5PUploadQuerySet(models.QuerySet[Any]):
    pass
