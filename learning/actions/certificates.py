"""Giving certificates, and taking back what should not have been given."""

from datetime import datetime

from learning.models import Certificate, Completion
from organisations.identifiers import new_code


def give_certificate(completion: Completion, *, at: datetime) -> Certificate | None:
    """The certificate of a completion, once, with name and programme as they are now.

    None for a completion that is history only: it made nothing valid.
    """
    if completion.valid_through is None:
        return None
    known = Certificate.objects.filter(completion=completion).first()
    if known is not None:
        return known
    return Certificate.objects.create(
        completion=completion,
        code=new_code(),
        name=completion.worker.get_full_name(),
        programme=completion.assignment.programme.title,
        completed_on=completion.completed_on,
        valid_through=completion.valid_through,
        minutes=completion.minutes,
        given_at=at,
    )
