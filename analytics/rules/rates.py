"""Rates of events per 1,000 client-months with exact intervals.

The interval is Garwood's (1936), exact for a Poisson count: limits from the chi-squared
distribution. It takes months as independent; where events cluster it is too narrow.
"""

from dataclasses import dataclass

from scipy.stats import chi2

PER = 1_000  # client-months


@dataclass(frozen=True)
class Rate:
    """Events per 1,000 client-months with a 95% interval, and what it rests on."""

    events: int
    exposure: float  # client-months
    estimate: float
    lower: float
    upper: float


def rate(*, events: int | None, exposure: float | None, level: float = 0.95) -> Rate | None:
    """None ("unknown") when the count is unknown or nobody was in care: never 0, never infinite."""
    if events is None or exposure is None or exposure == 0:
        return None
    if events < 0 or exposure < 0:
        raise ValueError("events and exposure cannot be negative")
    tail = (1 - level) / 2
    lower = float(chi2.ppf(tail, 2 * events)) / 2 if events else 0.0
    upper = float(chi2.ppf(1 - tail, 2 * events + 2)) / 2
    per = PER / exposure
    return Rate(events, exposure, events * per, lower * per, upper * per)
