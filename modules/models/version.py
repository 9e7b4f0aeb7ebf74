from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from modules.querysets import ModuleVersionQuerySet
from modules.rules.content import ModuleContent
from organisations.identifiers import new_public_id
from organisations.models import User
from organisations.models.audit import AppendOnlyError

MOST_PARSED = 128
_parsed: dict[str, ModuleContent] = {}


class ModuleVersion(models.Model):
    """A module as it was published: everything that a learner gets, copied and fixed.

    Attempts are pinned to a version. Rows are added and never changed.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    module = models.ForeignKey(
        "modules.ModulePage", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ModuleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a module")
        verbose_name_plural = _("versions of modules")
        ordering = ["module", "number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["module", "number"], name="version_number_once_per_module"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="version_numbers_start_at_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_id}: {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A version is never changed; publish a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("A version is never deleted: attempts rest on it.")

    @property
    def parsed(self) -> ModuleContent:
        """The content in plain facts. Kept in this process by its hash, as it never changes."""
        content = _parsed.get(self.content_hash)
        if content is None:
            content = ModuleContent.from_json(self.content)
            if len(_parsed) >= MOST_PARSED:
                _parsed.clear()
            _parsed[self.content_hash] = content
        return content
