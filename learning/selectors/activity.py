"""When somebody did something of the training at an organisation."""

from datetime import date

from django.utils import timezone

from learning.models import Attempt, Completion


def active_days(worker: int, organisation: int, *, before: date) -> list[date]:
    """Days before the one given on which something was begun or completed here. Two queries."""
    begun = Attempt.objects.filter(
        worker=worker, cycle__assignment__organisation=organisation
    ).values_list("started_at", flat=True)
    completed = Completion.objects.filter(
        worker=worker, assignment__organisation=organisation, source=Completion.Source.ATTEMPT
    ).values_list("completed_on", flat=True)
    days = {timezone.localdate(moment) for moment in begun.order_by()} | set(completed.order_by())
    return sorted(day for day in days if day < before)
