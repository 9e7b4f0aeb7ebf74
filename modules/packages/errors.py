"""Why something with an H5P file was refused."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from modules.rules.h5p.found import Reason
from organisations.errors import Refused


class PackageRefused(Refused):
    """The file did not pass the check; nothing of it was kept."""

    message = _("This file cannot be used. Nothing of it was kept.")

    def __init__(self, reasons: Sequence[Reason], title: str = "") -> None:
        super().__init__()
        self.reasons = tuple(reasons)
        self.title = title  # as far as it could be read


class PackageGone(Refused):
    message = _("Somebody deleted this activity meanwhile. Nothing of the file was kept.")


class FileTooLarge(Refused):
    field = "file"
    message = _("This file is larger than %(limit)s MB. Make the pictures or films in it smaller.")


class FileEmpty(Refused):
    field = "file"
    message = _("There is nothing in this file. Save the activity again and choose that file.")


class TooManyWaiting(Refused):
    message = _(
        "Already %(count)s of your files are waiting to be checked. Wait until one is done."
    )


class ReasonMissing(Refused):
    field = "reason"
    message = _("Say why this library may not be used.")


class PackageInUse(Refused):
    message = _(
        "This activity stands in a module, or somebody has already made it. "
        "It cannot be deleted. Take it out of the modules, or replace it by another file."
    )


class VersionInUse(Refused):
    message = _(
        "This version stands in a module, or somebody has already made it. It cannot be deleted."
    )


class BlobBrokenError(Exception):
    """The bytes are not those that their hash tells of."""


class OvertakenError(Exception):
    """Another worker took this upload over meanwhile; what this one did is undone."""
