"""One moment for every test: 15 January 2026, noon in Amsterdam. And coverage that tests state."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime

import pytest

from analytics.selectors import panels
from learning.selectors.coverage import Coverage

NOW = datetime(2026, 1, 15, 11, tzinfo=UTC)
TODAY = date(2026, 1, 15)
LAST = date(2025, 12, 1)  # the last month that has ended

CoverageOf = Callable[[int, date], tuple[int, int]]


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock of the site stands still."""
    monkeypatch.setattr("organisations.clock.timezone.now", lambda: NOW)
    return NOW


@pytest.fixture
def covered(monkeypatch: pytest.MonkeyPatch) -> Callable[[CoverageOf], None]:
    """Say what the coverage is, instead of making people with completions."""

    def state(coverage_of: CoverageOf) -> None:
        def stated(
            *, organisations: Iterable[int], months: Sequence[date], today: date
        ) -> dict[tuple[int, date], Coverage]:
            return {(o, m): Coverage(*coverage_of(o, m)) for o in organisations for m in months}

        monkeypatch.setattr(panels, "coverage_at_month_ends", stated)

    return state
