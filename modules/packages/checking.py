"""The check of files that were sent in: in the web process, or by a job worker."""

import logging
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from threading import Lock, Thread
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from modules.models import H5PUpload
from modules.packages import store
from modules.packages.errors import OvertakenError, PackageRefused
from modules.packages.importing import Taken, take_in
from modules.packages.texts import storable
from organisations.trail import record

logger = logging.getLogger(__name__)
State = H5PUpload.State
BROKEN_OFF = timedelta(minutes=10)  # a check takes seconds; this one ended with its process
GIVEN_UP = timedelta(hours=1)  # after which the file may be what ends the process
_one_at_a_time = Lock()


def begin() -> None:
    """Check what waits beside the pages, unless a job worker does (`H5P_CHECKS_IN_PROCESS`)."""
    if settings.H5P_CHECKS_IN_PROCESS:
        Thread(target=_run, name="check of H5P", daemon=True).start()


def is_busy() -> bool:
    """Whether this process checks at the moment."""
    return _one_at_a_time.locked()


def _run() -> None:
    """One file after the other: two large ones at once would take twice the memory."""
    with _one_at_a_time:
        try:
            check_waiting()
        except Exception:
            logger.exception("Checking H5P files was broken off; it is done again later.")
        finally:
            connections.close_all()


def check_waiting() -> int:
    """Check all that waits. Returns the number of files. Several processes may do so at once."""
    done = 0
    give_up(at=timezone.now())
    while (upload := _next(timezone.now())) is not None:
        done += work(upload, at=timezone.now())
    return done


def work(upload: H5PUpload, *, at: datetime) -> bool:
    """Check one file, then take it in or refuse it. False when another worker does.

    Raises nothing for what the file holds, nor for a fault of ours: that is logged, and the upload
    has failed. When the process ends halfway, the file is checked again after ten minutes.
    """
    if not _to_do(at).filter(pk=upload.pk).update(state=State.CHECKING, began_at=at):
        return False
    upload.refresh_from_db()
    try:
        _check(upload, at)
    except OvertakenError:
        return False
    except Exception:
        logger.exception("H5P file %s could not be checked", upload.public_id)
        if not _end(upload, state=State.FAILED, finished_at=timezone.now()):
            return False
    store.storage().delete(upload.stored_as)
    return True


def give_up(*, at: datetime) -> None:
    """On files whose checks keep ending halfway."""
    broken_off = H5PUpload.objects.filter(state=State.CHECKING, began_at__lte=at - BROKEN_OFF)
    for upload in broken_off.filter(uploaded_at__lte=at - GIVEN_UP).order_by("pk"):
        if _end(upload, state=State.FAILED, finished_at=at):
            store.storage().delete(upload.stored_as)


def is_to_do(upload: H5PUpload, at: datetime) -> bool:
    """Whether it waits, or was broken off: to be checked again, or given up."""
    return _to_do(at).filter(pk=upload.pk).exists()


def _next(at: datetime) -> H5PUpload | None:
    return _to_do(at).order_by("uploaded_at", "pk").first()


def _to_do(at: datetime) -> QuerySet[H5PUpload]:
    broken_off = Q(state=State.CHECKING, began_at__lte=at - BROKEN_OFF)
    return H5PUpload.objects.filter(Q(state=State.WAITING) | broken_off)


def _check(upload: H5PUpload, at: datetime) -> None:
    with store.storage().open(upload.stored_as) as file:
        try:
            take_in(
                cast(BinaryIO, file),
                filename=upload.filename,
                replaces=upload.replaces,
                by=upload.uploaded_by,
                at=at,
                then=partial(_taken, upload),
            )
        except PackageRefused as refusal:
            _refused(upload, refusal, at)


def _taken(upload: H5PUpload, taken: Taken) -> None:
    """In the transaction of the rows: a file is never taken in twice."""
    facts = {"version": taken.version, "is_new": taken.is_new, "title": taken.version.title}
    if not _end(upload, state=State.TAKEN, finished_at=timezone.now(), **facts):
        raise OvertakenError


@transaction.atomic
def _refused(upload: H5PUpload, refusal: PackageRefused, at: datetime) -> None:
    reasons = [storable(asdict(reason)) for reason in refusal.reasons]
    facts = {"reasons": reasons, "title": refusal.title}
    if not _end(upload, state=State.REFUSED, finished_at=timezone.now(), **facts):
        raise OvertakenError
    codes = sorted({reason.code for reason in refusal.reasons})
    record("h5p.refused", by=upload.uploaded_by, at=at, subject=upload, codes=codes)


def _end(upload: H5PUpload, **facts: Any) -> bool:
    """Unless another worker took it over. The file can go from now on."""
    ours = H5PUpload.objects.filter(pk=upload.pk, state=State.CHECKING, began_at=upload.began_at)
    return bool(ours.update(stored_as="", **facts))
