"""Writing the audit trail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from organisations.models import AuditEvent, Organisation, User


def record(
    action: str,
    *,
    by: User | None,
    at: datetime,
    organisation: Organisation | None = None,
    subject: Any = None,
    **detail: Any,
) -> AuditEvent:
    """Add one line to the audit trail, in the transaction of what it tells about.

    `subject` is the object concerned; its public_id is kept, never its name. `detail` holds JSON
    values without personal data.
    """
    made = line(action, by=by, at=at, organisation=organisation, subject=subject, **detail)
    made.save()
    return made


def record_all(lines: Iterable[AuditEvent]) -> None:
    """Add many lines at once, each made by `line`."""
    AuditEvent.objects.bulk_create(lines, batch_size=1000)


def line(
    action: str,
    *,
    by: User | None,
    at: datetime,
    organisation: Organisation | None = None,
    subject: Any = None,
    **detail: Any,
) -> AuditEvent:
    """A line as `record` adds it, not saved."""
    return AuditEvent(
        at=at,
        actor=by,
        organisation=organisation,
        action=action,
        subject_type=type(subject).__name__ if subject is not None else "",
        subject_id=str(getattr(subject, "public_id", "")) if subject is not None else "",
        detail=detail,
    )
