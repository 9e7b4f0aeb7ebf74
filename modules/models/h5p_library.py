from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from modules.querysets import H5PLibraryQuerySet
from modules.rules.h5p.found import LibraryRef
from organisations.models import User
from organisations.models.audit import AppendOnlyError
from organisations.querysets import AppendOnlyQuerySet


class H5PLibrary(models.Model):
    """Code that plays H5P, exactly as it came in. It plays only when somebody approved it.

    Known by its digest: another byte makes another library. Whether it is approved is what its
    latest `LibraryDecision` says; without one it waits in quarantine.
    """

    machine_name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    licence = models.CharField(max_length=40, blank=True)  # as it says itself
    digest = models.CharField(max_length=64, unique=True)
    files = models.JSONField()  # path -> [sha256, size in bytes]
    preloaded_js = models.JSONField(default=list)
    preloaded_css = models.JSONField(default=list)
    dependencies = models.JSONField(default=list)  # [machine name, major, minor]
    runnable = models.BooleanField(default=False)
    core_api = models.CharField(max_length=12, blank=True)
    reports_scores = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    objects = H5PLibraryQuerySet.as_manager()

    class Meta:
        verbose_name = _("H5P library")
        verbose_name_plural = _("H5P libraries")
        ordering = ["machine_name", "major", "minor", "patch", "pk"]
        default_permissions = ("view",)
        permissions = [("decide_h5plibrary", "Can approve and refuse H5P libraries")]
        indexes = [models.Index(fields=["machine_name", "major", "minor"], name="h5p_library_ref")]

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}.{self.patch}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A library is never changed; another byte is another library.")
        super().save(*args, **kwargs)

    @property
    def ref(self) -> LibraryRef:
        return LibraryRef(self.machine_name, self.major, self.minor)

    @property
    def requires(self) -> tuple[LibraryRef, ...]:
        return tuple(LibraryRef(name, major, minor) for name, major, minor in self.dependencies)


class LibraryDecision(models.Model):
    """That a library may play here, or may not. Appended; the latest one holds."""

    library = models.ForeignKey(H5PLibrary, on_delete=models.PROTECT, related_name="decisions")
    is_approved = models.BooleanField()
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    by = models.ForeignKey(  # nobody: it is ours, and comes with the platform
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about an H5P library")
        verbose_name_plural = _("decisions about H5P libraries")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.library}: {self.is_approved}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A decision is never changed; take a new one.")
        super().save(*args, **kwargs)
