"""Writing self-ratings."""

from datetime import datetime

from assessments.models import SelfRating
from organisations.models import User


def record_self_rating(
    *, user: User, occasion: str, recognising: int | None, acting: int | None, at: datetime
) -> SelfRating:
    """Add a self-rating; both None means that the person skipped it, which is counted.

    The caller runs this in a transaction and sees to it that an occasion is recorded once.
    """
    return SelfRating.objects.create(
        user=user,
        occasion=occasion,
        recognising=recognising,
        acting=acting,
        was_skipped=recognising is None and acting is None,
        rated_at=at,
    )
