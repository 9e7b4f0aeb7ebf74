"""The title by which editors know an H5P activity."""

from datetime import datetime

from django.db import transaction

from modules.models import H5PPackage
from modules.packages.errors import PackageGone
from organisations.models import User
from organisations.trail import record


@transaction.atomic
def rename(package: H5PPackage, *, title: str, by: User | None, at: datetime) -> None:
    """From now on it no longer follows the title in its files. Raises PackageGone.

    The caller has checked the title, and that the person may. The same title changes nothing.
    """
    found: H5PPackage | None = H5PPackage.objects.select_for_update().filter(pk=package.pk).first()
    if found is None:
        raise PackageGone
    if found.title == title:
        return
    found.title = title
    found.save(update_fields=["title"])
    record("h5p.renamed", by=by, at=at, subject=found)
