"""Deleting an H5P activity, or a version of it, that nobody uses.

Libraries stay: what was decided about them is history. Files that nothing refers to any more are
taken away by `clean_h5p`.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from modules.models import H5PPackage, H5PVersion
from modules.packages.errors import PackageGone, PackageInUse, VersionInUse
from modules.packages.where_used import modules_written_with
from organisations.models import User
from organisations.trail import record


@transaction.atomic
def delete_package(package: H5PPackage, *, by: User | None, at: datetime) -> None:
    """With all its versions. Raises PackageInUse. The caller has checked that the person may."""
    package = _locked(package.pk)
    if modules_written_with({package.pk}):
        raise PackageInUse
    try:
        for version in package.versions.select_for_update().order_by("pk"):
            version.delete()
        record("h5p.package_deleted", by=by, at=at, subject=package)
        package.delete()
    except ProtectedError as used:  # by a published module, or by somebody's try
        raise PackageInUse from used


@transaction.atomic
def delete_version(version: H5PVersion, *, by: User | None, at: datetime) -> None:
    """Raises VersionInUse, also for what a module gets when it is published next.

    The caller has checked that the person may.
    """
    package = _locked(version.package_id)
    found = package.versions.select_for_update().filter(pk=version.pk).first()
    if found is None:
        raise PackageGone
    if found == package.current_version and modules_written_with({package.pk}):
        raise VersionInUse
    try:
        found.delete()
    except ProtectedError as used:
        raise VersionInUse from used
    record("h5p.version_deleted", by=by, at=at, subject=package, number=version.number)


def _locked(package: int) -> H5PPackage:
    found: H5PPackage | None = H5PPackage.objects.select_for_update().filter(pk=package).first()
    if found is None:
        raise PackageGone
    return found
