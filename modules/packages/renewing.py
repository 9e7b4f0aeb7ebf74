"""When another version of an H5P activity can be played, live modules that hold it get it."""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction

from modules.actions import publish_version
from modules.errors import ModuleFaulty
from modules.models import H5PPackage, ModulePage
from modules.packages.where_used import live_modules_with
from organisations.models import User
from organisations.trail import record

logger = logging.getLogger(__name__)


def renew_modules_after_commit(
    packages: Iterable[H5PPackage], *, by: User | None, at: datetime
) -> None:
    keys = {package.pk for package in packages}
    if keys:
        transaction.on_commit(partial(renew_modules, keys, by=by, at=at))


def renew_modules(packages: set[int], *, by: User | None, at: datetime) -> None:
    """Nothing changes where the same version is still the newest that plays.

    A module with a fault keeps the version that it has: the trail and the page of the activity
    say so.
    """
    for page in live_modules_with(packages):
        try:
            publish_version(module=page, by=by, at=at)
        except ModuleFaulty as refusal:
            _tell(page, refusal, by=by, at=at)


def _tell(page: ModulePage, refusal: ModuleFaulty, *, by: User | None, at: datetime) -> None:
    logger.warning("No version made of module %s: %s", page.public_id, refusal)
    record("h5p.module_not_renewed", by=by, at=at, subject=page)
