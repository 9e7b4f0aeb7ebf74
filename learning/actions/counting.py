"""How often something of an H5P activity was refused; never whose it was."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from learning.models import ActivityRefusal


def count_refusal(*, code: str, version: str, at: datetime) -> None:
    """One more on the day. `version` is a public identifier, "" where it is not known."""
    today = timezone.localdate(at)
    rows = ActivityRefusal.objects.filter(day=today, code=code, version=version)
    if not rows.update(count=F("count") + 1):
        row = ActivityRefusal(day=today, code=code, version=version)
        ActivityRefusal.objects.bulk_create([row], ignore_conflicts=True)
        rows.update(count=F("count") + 1)
