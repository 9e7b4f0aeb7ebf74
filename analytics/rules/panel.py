"""Institutions by months: what was counted, and who was covered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from analytics.rules.counts import Cell
from analytics.rules.indicators import EXPOSURE, Indicator
from analytics.rules.rates import Rate, rate

NOTHING: Mapping[Indicator, Cell] = {}


@dataclass(frozen=True)
class Observation:
    """One institution in one month. Unknown numbers are None, never 0."""

    institution: str
    month: date
    cells: Mapping[Indicator, Cell]
    covered: int | None = None  # workers with valid training at month end
    eligible: int | None = None  # workers who count at month end

    def value(self, indicator: Indicator) -> int | None:
        cell = self.cells.get(indicator)
        return cell.value if cell else None

    def is_known(self, outcome: Indicator) -> bool:
        """Both the count and the clients in care are known, also when nobody was in care."""
        return self.value(outcome) is not None and self.value(EXPOSURE) is not None

    def is_reported(self, outcome: Indicator) -> bool:
        """Both the count and the clients in care are known, and somebody was in care."""
        return self.value(outcome) is not None and bool(self.value(EXPOSURE))

    @property
    def coverage(self) -> float | None:
        """Share of workers with valid training, 0 to 1; None when nobody counts."""
        if not self.eligible or self.covered is None:
            return None
        return self.covered / self.eligible


@dataclass(frozen=True)
class Panel:
    """Every institution in every month: also what was not reported has its place."""

    institutions: tuple[str, ...]
    months: tuple[date, ...]
    observations: tuple[Observation, ...]  # by institution, then month

    @cached_property
    def by_institution(self) -> dict[str, list[Observation]]:
        found: dict[str, list[Observation]] = {name: [] for name in self.institutions}
        for observation in self.observations:
            found[observation.institution].append(observation)
        return found

    @cached_property
    def by_month(self) -> dict[date, list[Observation]]:
        found: dict[date, list[Observation]] = {month: [] for month in self.months}
        for observation in self.observations:
            found[observation.month].append(observation)
        return found

    @cached_property
    def snapshot(self) -> str:
        """SHA-256 over everything in the panel: the same data, the same mark."""
        lines = sorted(
            f"{o.institution};{o.month};{o.covered};{o.eligible};"
            + ";".join(f"{i}={c.status}:{c.value}" for i, c in sorted(o.cells.items()))
            for o in self.observations
        )
        return sha256("\n".join(lines).encode()).hexdigest()


def pooled_rate(observations: Iterable[Observation], outcome: Indicator) -> Rate | None:
    """Events over exposure of all observations in which both are known; None without any."""
    reported = [o for o in observations if o.is_reported(outcome)]
    if not reported:
        return None
    return rate(
        events=sum(o.value(outcome) or 0 for o in reported),
        exposure=sum(o.value(EXPOSURE) or 0 for o in reported),
    )


def pooled_coverage(observations: Iterable[Observation]) -> float | None:
    """Covered workers over all workers that count, 0 to 1; None when nobody counts."""
    known = [o for o in observations if o.coverage is not None]
    eligible = sum(o.eligible or 0 for o in known)
    return sum(o.covered or 0 for o in known) / eligible if eligible else None


def mean_coverage(observations: Iterable[Observation]) -> float | None:
    """Mean of the coverage at month ends, each month counting once; None without any."""
    shares = [o.coverage for o in observations if o.coverage is not None]
    return sum(shares) / len(shares) if shares else None
