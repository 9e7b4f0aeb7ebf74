from django.db import models

from modules.querysets import LoadedContentQuerySet


class LoadedContent(models.Model):
    """What `load_curriculum` last wrote, so that it never overwrites the work of an editor."""

    key = models.CharField(max_length=100, unique=True)
    source_hash = models.CharField(max_length=64)  # of the text in the file
    written_hash = models.CharField(max_length=64)  # of what was then in the database
    loaded_at = models.DateTimeField()

    objects = LoadedContentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
