"""Files that people send in: kept apart until they are checked."""

from datetime import datetime, timedelta

from django.core.files.base import File
from django.db import transaction
from django.utils.crypto import get_random_string

from modules.models import H5PPackage, H5PUpload
from modules.packages import checking, store
from modules.packages.caps import caps
from modules.packages.errors import FileEmpty, FileTooLarge, TooManyWaiting
from modules.packages.texts import one_line
from modules.rules.h5p.caps import MB
from organisations.models import User

FOLDER = "uploads"
MOST_WAITING = 3  # of one person
PATIENCE = timedelta(seconds=30)
LONGEST = 255


def receive(
    *,
    file: "File[bytes]",
    filename: str = "",
    replaces: H5PPackage | None,
    by: User | None,
    at: datetime,
) -> H5PUpload:
    """Keep the file, and have it checked after the commit. The caller has checked that they may.

    `filename`: when it is not the name of the file. Raises FileTooLarge, FileEmpty or
    TooManyWaiting, with nothing kept.
    """
    size: int = file.size
    refuse_size(size)
    _refuse_too_many(by)
    stored_as = store.storage().save(f"{FOLDER}/{get_random_string(32)}.h5p", file)
    upload = H5PUpload(
        filename=one_line(filename or file.name or "", LONGEST),
        stored_as=stored_as,
        size=size,
        replaces=replaces,
        uploaded_by=by,
        uploaded_at=at,
    )
    try:
        _add(upload)
    except BaseException:
        store.storage().delete(stored_as)
        raise
    return upload


def refuse_size(size: int) -> None:
    """For views too: they know how much comes before they read it."""
    most = caps().archive_bytes
    if size > most:
        raise FileTooLarge(limit=most // MB)
    if size == 0:
        raise FileEmpty


def go_on(upload: H5PUpload, *, at: datetime) -> None:
    """See to it that a check goes on that was broken off, or never began. For who waits for it.

    A web process that stops takes its checks with it. Nothing where a job worker does them.
    """
    since = upload.began_at or upload.uploaded_at
    if since <= at - PATIENCE and checking.is_to_do(upload, at) and not checking.is_busy():
        checking.begin()


@transaction.atomic
def _add(upload: H5PUpload) -> None:
    """The person is locked, so that files sent at once are counted one after the other."""
    if upload.uploaded_by is not None:
        User.objects.select_for_update().get(pk=upload.uploaded_by.pk)
    _refuse_too_many(upload.uploaded_by)
    upload.save()
    transaction.on_commit(checking.begin)


def _refuse_too_many(by: User | None) -> None:
    if by is None:
        return
    states = [H5PUpload.State.WAITING, H5PUpload.State.CHECKING]
    if H5PUpload.objects.filter(uploaded_by=by, state__in=states).count() >= MOST_WAITING:
        if not checking.is_busy():
            checking.begin()  # they may have been broken off
        raise TooManyWaiting(count=MOST_WAITING)
