"""Garwood's interval by bisection of the Poisson tail, in plain Python: slow and without scipy."""

from collections.abc import Callable
from math import exp, lgamma, log


def probability(events: int, mean: float) -> float:
    """Of exactly so many events."""
    if mean == 0:
        return 1.0 if events == 0 else 0.0
    return exp(events * log(mean) - mean - lgamma(events + 1))


def at_most(events: int, mean: float) -> float:
    return sum(probability(k, mean) for k in range(events + 1))


def _falls_to(target: float, tail: Callable[[float], float], high: float) -> float:
    """Where a falling function passes the target, between 0 and `high`."""
    low = 0.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle) > target else (low, middle)
    return (low + high) / 2


def interval(events: int, level: float = 0.95) -> tuple[float, float]:
    """Means at which the observed number, or one as extreme, has half of what is left out."""
    tail = (1 - level) / 2
    high = 10.0 + 3 * events + 10 * (events + 1) ** 0.5
    upper = _falls_to(tail, lambda mean: at_most(events, mean), high)
    if events == 0:
        return 0.0, upper
    return _falls_to(1 - tail, lambda mean: at_most(events - 1, mean), high), upper
