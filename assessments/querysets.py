"""Reads of self-ratings. They are for the person alone."""

from typing import Self

from organisations.access import Access
from organisations.querysets import AppendOnlyQuerySet


class SelfRatingQuerySet(AppendOnlyQuerySet):
    def visible_to(self, access: Access) -> Self:
        """One's own; nobody else sees a single rating, whatever the role."""
        return self.filter(user=access.user_id)

    def given(self) -> Self:
        """Without those that were skipped."""
        return self.filter(was_skipped=False)
