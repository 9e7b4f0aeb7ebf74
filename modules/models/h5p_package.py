from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from modules.models.h5p_library import H5PLibrary
from modules.models.version import ModuleVersion
from modules.querysets import H5PPackageQuerySet, H5PUploadQuerySet, H5PVersionQuerySet
from organisations.identifiers import new_public_id
from organisations.models import User
from organisations.models.audit import AppendOnlyError


class H5PPackage(models.Model):
    """An H5P activity that editors can put into modules. What it holds stands in its versions."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("title"), max_length=255)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = H5PPackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("H5P activity")
        verbose_name_plural = _("H5P activities")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def current_version(self) -> "H5PVersion | None":
        """The newest one that can be played: all its libraries are approved. A query."""
        return self.versions.playable().order_by("-number").first()


class H5PVersion(models.Model):
    """A package as it came in: immutable. Attempts and published modules are pinned to one."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    package = models.ForeignKey(H5PPackage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    filename = models.CharField(max_length=255, blank=True)
    size = models.PositiveBigIntegerField()  # bytes, unpacked
    description = models.JSONField()  # h5p.json
    files = models.JSONField()  # path beside content.json -> [sha256, size in bytes]
    main_library = models.ForeignKey(H5PLibrary, on_delete=models.PROTECT, related_name="+")
    libraries = models.ManyToManyField(H5PLibrary, related_name="versions")
    load_order = models.JSONField()  # digests of libraries, dependencies first
    languages = models.JSONField(default=list)
    core_api = models.CharField(max_length=12, blank=True)
    reports_scores = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = H5PVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an H5P activity")
        verbose_name_plural = _("versions of H5P activities")
        ordering = ["package", "number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["package", "number"], name="h5p_version_number_once_per_package"
            ),
            models.UniqueConstraint(
                fields=["package", "digest"], name="h5p_content_once_per_package"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A version is never changed; upload a new one.")
        super().save(*args, **kwargs)


class H5PUse(models.Model):
    """That a published module holds a version. It keeps that version from being deleted."""

    version = models.ForeignKey(H5PVersion, on_delete=models.PROTECT, related_name="uses")
    module_version = models.ForeignKey(
        ModuleVersion, on_delete=models.PROTECT, related_name="h5p_uses"
    )

    class Meta:
        verbose_name = _("use of an H5P activity")
        verbose_name_plural = _("uses of H5P activities")
        ordering = ["module_version", "version"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["version", "module_version"], name="each_use_of_h5p_is_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.module_version}: {self.version}"


class H5PUpload(models.Model):
    """A file that somebody sent, and what became of it. The file goes when it was checked."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be checked")
        CHECKING = "checking", _("being checked")
        REFUSED = "refused", _("refused")
        TAKEN = "taken", _("taken in")
        FAILED = "failed", _("could not be checked")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    filename = models.CharField(max_length=255)
    stored_as = models.CharField(max_length=255)  # in storages["h5p"]; "" when it is gone
    size = models.PositiveBigIntegerField()
    replaces = models.ForeignKey(
        H5PPackage, null=True, on_delete=models.SET_NULL, related_name="replacements"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reasons = models.JSONField(default=list)  # [{"file", "code", "facts"}]
    title = models.CharField(max_length=255, blank=True)  # as far as it could be read
    version = models.ForeignKey(
        H5PVersion, null=True, on_delete=models.SET_NULL, related_name="uploads"
    )
    is_new = models.BooleanField(default=True)  # False: the same had been taken in before
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = H5PUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded H5P file")
        verbose_name_plural = _("uploaded H5P files")
        ordering = ["-uploaded_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.filename
