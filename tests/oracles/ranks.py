"""Spearman's rho as the Pearson correlation of mid-ranks, by counting pairs, in exact fractions."""

from collections.abc import Sequence
from fractions import Fraction
from math import erf, log, sqrt


def mid_rank(value: float, values: Sequence[float]) -> Fraction:
    """One, plus those below, plus half of the others that are equal."""
    below = sum(other < value for other in values)
    equal = sum(other == value for other in values)
    return Fraction(2 * below + equal + 1, 2)


def rho(xs: Sequence[float], ys: Sequence[float]) -> float:
    a, b = [mid_rank(x, xs) for x in xs], [mid_rank(y, ys) for y in ys]
    mean = Fraction(len(xs) + 1, 2)
    together = sum((i - mean) * (j - mean) for i, j in zip(a, b, strict=True))
    spread = sum((i - mean) ** 2 for i in a) * sum((j - mean) ** 2 for j in b)
    return float(together) / sqrt(spread)


def normal_quantile(p: float) -> float:
    """By bisection of the distribution function."""
    low, high = -10.0, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        below = (1 + erf(middle / sqrt(2))) / 2 < p
        low, high = (middle, high) if below else (low, middle)
    return (low + high) / 2


def bonett_wright(r: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """Written out by logarithms instead of hyperbolic functions."""
    z = log((1 + r) / (1 - r)) / 2
    width = normal_quantile((1 + level) / 2) * ((1 + r**2 / 2) / (n - 3)) ** 0.5

    def back(value: float) -> float:
        grown = 2.718281828459045 ** (2 * value)
        return (grown - 1) / (grown + 1)

    return back(z - width), back(z + width)
