"""The moment at which the tests of this folder write, and what the trail says after."""

from datetime import UTC, date, datetime, timedelta

from organisations.models import AuditEvent

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)
FAR = date(2126, 12, 1)


def trail() -> list[str]:
    """The actions on record, the first one first."""
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
