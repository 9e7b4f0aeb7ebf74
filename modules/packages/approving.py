"""Deciding about libraries: which code of others may play here."""

from datetime import datetime

from django.db import transaction

from modules.models import H5PLibrary, H5PPackage, H5PVersion, LibraryDecision
from modules.packages.errors import ReasonMissing
from modules.packages.renewing import renew_modules_after_commit
from organisations.models import User
from organisations.trail import record

ACTIONS = {True: "h5p.library_approved", False: "h5p.library_refused"}


@transaction.atomic
def decide(
    library: H5PLibrary, *, approve: bool, reason: str, by: User | None, at: datetime
) -> LibraryDecision:
    """Let it play, or not. What was decided before stays on record.

    The caller has checked `access.decides_libraries`. A refusal needs a reason, else ReasonMissing.
    Deciding the same again adds nothing. Versions that can be played from now on go into the live
    modules that hold them. After a refusal nothing is published: published modules keep their
    version, which is not shown until the library is approved again.
    """
    library = H5PLibrary.objects.select_for_update().get(pk=library.pk)
    latest: LibraryDecision | None = library.decisions.order_by("-at", "-pk").first()
    reason = reason.strip()
    if not approve and not reason:
        raise ReasonMissing
    if latest is not None and latest.is_approved == approve:
        return latest
    made: LibraryDecision = library.decisions.create(
        is_approved=approve, reason=reason, by=by, at=at
    )
    record(
        ACTIONS[approve], by=by, at=at, subject=library, library=str(library), digest=library.digest
    )
    if approve:
        renew_modules_after_commit(_packages_that_play(library), by=by, at=at)
    return made


def _packages_that_play(library: H5PLibrary) -> list[H5PPackage]:
    """Not those that wait for another library too: its approval brings them further."""
    plays = H5PVersion.objects.playable().filter(libraries=library)
    return list(H5PPackage.objects.filter(versions__in=plays).distinct().order_by("pk"))
