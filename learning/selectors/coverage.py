"""Who is covered, as of any date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Coverage:
    """Workers with a valid completion among those who count, on one day."""

    covered: int
    eligible: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when nobody counts."""
        return self.covered / self.eligible if self.eligible else None


def coverage_at_month_ends(
    *, organisations: Iterable[int], months: Sequence[date], today: date
) -> dict[tuple[int, date], Coverage]:
    """Coverage per organisation at the end of each month (given by its first day)."""
    return {}
