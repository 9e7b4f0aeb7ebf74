"""What may leave an organisation: rounding, bands and small cells.

Sources: DESIGN 3.5 and ANALYTICS (functions 2, 7 and 14). Those who keep the counts of an
organisation see them as they are; these rules are for everybody else.
"""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from analytics.rules.rates import Rate, rate

BASE = 5  # counts that leave are rounded to a multiple of this
SMALL_CELL = 5  # 1 to 4 events are not told
LOW_EXPOSURE = 100  # client-months below which a rate says too little and too much
MINIMUM_INSTITUTIONS = 3  # under one figure, so that none can subtract itself and see the other
MINIMUM_STAFF = 5  # workers under a coverage

EXPOSURE_EDGES = (1, 50, 100, 200, 400, 800)  # first client-month of bands 1, 2, …; band 0 is none
COVERAGE_EDGES = (0.1, 0.4, 0.7)  # first share of bands 2, 3 and 4


def rounded(count: int, base: int = BASE) -> int:
    """To the nearest multiple of the base. The same count gives the same answer at every asking."""
    return (count + base // 2) // base * base


def exposure_band(clients: int | None) -> int | None:
    """0 for nobody in care, else 1 to 6; None when unknown."""
    return None if clients is None else bisect_right(EXPOSURE_EDGES, clients)


def coverage_band(*, covered: int | None, eligible: int | None) -> int | None:
    """1 to 4; None when unknown or when it is about fewer than five workers."""
    if covered is None or eligible is None or eligible < MINIMUM_STAFF:
        return None
    return bisect_right(COVERAGE_EDGES, covered / eligible) + 1


class Showing(StrEnum):
    """How much of a rate is told."""

    SHOWN = "shown"
    SMALL = "small"
    LOW_EXPOSURE = "low_exposure"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ProtectedRate:
    """A rate as it may leave. `rate` is there only when it is shown."""

    showing: Showing
    rate: Rate | None = None


def showing_of(found: Rate | None) -> Showing:
    """Whether a rate may be told at all."""
    if found is None:
        return Showing.UNKNOWN
    if found.exposure < LOW_EXPOSURE:
        return Showing.LOW_EXPOSURE
    return Showing.SMALL if 0 < found.events < SMALL_CELL else Showing.SHOWN


def protected(found: Rate | None) -> ProtectedRate:
    """The rate computed anew from rounded numbers.

    An exact interval gives its count away: upper over lower depends on the count alone, and the
    count over the rate is then the number of clients.
    """
    showing = showing_of(found)
    if found is None or showing is not Showing.SHOWN:
        return ProtectedRate(showing)
    exposure = rounded(round(found.exposure), 100)
    return ProtectedRate(showing, rate(events=rounded(found.events), exposure=exposure))


def protected_pool(found: Rate | None, *, institutions: int) -> ProtectedRate:
    """A rate over several institutions, exact; unknown when there are too few under it."""
    if found is None or institutions < MINIMUM_INSTITUTIONS:
        return ProtectedRate(Showing.UNKNOWN)
    showing = showing_of(found)
    return ProtectedRate(showing, found if showing is Showing.SHOWN else None)
