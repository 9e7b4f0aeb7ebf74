"""Whether coverage and rates change together over institutions: Spearman, change on change.

Per institution, over the first and the last twelve months of the study: the rate (events over
client-months of the reported months) and the coverage (mean of the same month ends). The change
is last minus first. Both changes are ranked over institutions. ANALYTICS, function 3: no p-value,
refused below eight institutions and when one of the two does not vary. The interval is that of
Bonett and Wright (2000), z-transformed with standard error sqrt((1 + rho²/2) / (n - 3)).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import atanh, sqrt, tanh

from scipy.stats import norm, spearmanr

from analytics.rules.disclosure import Showing, showing_of
from analytics.rules.indicators import Indicator
from analytics.rules.panel import Observation, Panel, mean_coverage, pooled_rate
from analytics.rules.rates import Rate

METHOD = "spearman-change-on-change-bonett-wright"
ENGINE_VERSION = "1"
MINIMUM_INSTITUTIONS = 8
SPAN = 12  # months at either end
MINIMUM_REPORTED = 6  # of those twelve
UNTRAINED_BELOW = 0.1  # coverage
TRAINED_FROM = 0.3  # coverage


class Code(StrEnum):
    """Why there is no result."""

    OK = "OK"
    TOO_FEW_MONTHS = "TOO_FEW_MONTHS"
    TOO_FEW_INSTITUTIONS = "TOO_FEW_INSTITUTIONS"
    CONSTANT_INPUT = "CONSTANT_INPUT"


@dataclass(frozen=True)
class Correlation:
    """Spearman's rho with a 95% interval."""

    rho: float
    lower: float
    upper: float
    n: int


class NoVariationError(ValueError):
    """All values of one of the two are equal: there is nothing to rank."""


def spearman(xs: Sequence[float], ys: Sequence[float], *, level: float = 0.95) -> Correlation:
    """Needs at least four pairs. Raises NoVariationError.

    Differences below 1e-9 are ties: they come from the arithmetic. At a perfect ranking the
    interval would have no width; it is then taken at the nearest rho that is not perfect.
    """
    xs, ys = [round(x, 9) for x in xs], [round(y, 9) for y in ys]
    if len(xs) != len(ys) or len(xs) < 4:
        raise ValueError("at least four pairs are needed")
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        raise NoVariationError
    rho = max(-1.0, min(1.0, float(spearmanr(xs, ys).statistic)))
    lower, upper = bonett_wright(rho, len(xs), level=level)
    return Correlation(rho, lower, upper, len(xs))


def bonett_wright(rho: float, n: int, *, level: float = 0.95) -> tuple[float, float]:
    """Interval of a rank correlation over n pairs."""
    nearest = 1 - 12 / (n * (n * n - 1))
    if abs(rho) > nearest:
        low, _high = bonett_wright(nearest, n, level=level)
        return (low, 1.0) if rho > 0 else (-1.0, -low)
    width = float(norm.ppf((1 + level) / 2)) * sqrt((1 + rho * rho / 2) / (n - 3))
    return tanh(atanh(rho) - width), tanh(atanh(rho) + width)


@dataclass(frozen=True)
class Change:
    """One institution: the last twelve months of the study against the first."""

    institution: str
    first: Rate
    last: Rate
    first_coverage: float
    last_coverage: float

    @property
    def of_rate(self) -> float:
        return self.last.estimate - self.first.estimate

    @property
    def of_coverage(self) -> float:
        """In shares: 0.1 is ten percentage points."""
        return self.last_coverage - self.first_coverage

    @property
    def may_be_shown(self) -> bool:
        """Neither end rests on 1 to 4 events or on little care."""
        return {showing_of(self.first), showing_of(self.last)} == {Showing.SHOWN}


@dataclass(frozen=True)
class Association:
    """The result, or why there is none, and what it rests on."""

    status: str  # "ok" or "refused"
    code: Code
    n_institutions: int
    n_informative: int
    n_months: int
    n_missing: int  # institution-months without both numbers
    n_events: int
    n_events_untrained: int  # at a coverage below 0.1
    n_events_trained: int  # at a coverage of 0.3 or more
    data_snapshot_sha256: str
    correlation: Correlation | None = None
    changes: tuple[Change, ...] = ()
    method_id: str = METHOD
    engine_version: str = ENGINE_VERSION
    seed: None = None  # nothing is drawn by lot
    warnings: tuple[str, ...] = field(default=())


def change_of(observations: Sequence[Observation], outcome: Indicator) -> Change | None:
    """None when either end has fewer than six months with rate and coverage both known.

    `observations` are those of one institution, by month, over the whole study.
    """
    ends = []
    for span in (observations[:SPAN], observations[-SPAN:]):
        used = [o for o in span if o.is_reported(outcome) and o.coverage is not None]
        found, coverage = pooled_rate(used, outcome), mean_coverage(used)
        if len(used) < MINIMUM_REPORTED or found is None or coverage is None:
            return None
        ends.append((found, coverage))
    (first, first_coverage), (last, last_coverage) = ends
    return Change(observations[0].institution, first, last, first_coverage, last_coverage)


def change_on_change(panel: Panel, outcome: Indicator) -> Association:
    """The association over the institutions that have both ends, or why there is none."""
    if len(panel.months) < 2 * SPAN:
        return _result(panel, outcome, code=Code.TOO_FEW_MONTHS)
    found = [change_of(rows, outcome) for rows in panel.by_institution.values()]
    changes = tuple(change for change in found if change is not None)
    if len(changes) < MINIMUM_INSTITUTIONS:
        return _result(panel, outcome, code=Code.TOO_FEW_INSTITUTIONS, changes=changes)
    try:
        correlation = spearman([c.of_coverage for c in changes], [c.of_rate for c in changes])
    except NoVariationError:
        return _result(panel, outcome, code=Code.CONSTANT_INPUT, changes=changes)
    return _result(panel, outcome, changes=changes, correlation=correlation)


def _result(
    panel: Panel,
    outcome: Indicator,
    *,
    code: Code = Code.OK,
    changes: tuple[Change, ...] = (),
    correlation: Correlation | None = None,
) -> Association:
    reported = [o for o in panel.observations if o.is_reported(outcome)]
    with_coverage = [(o.coverage, o.value(outcome) or 0) for o in reported]
    return Association(
        status="ok" if code is Code.OK else "refused",
        code=code,
        n_institutions=len(panel.institutions),
        n_informative=len(changes),
        n_months=len(panel.months),
        n_missing=len(panel.observations) - len(reported),
        n_events=sum(events for _share, events in with_coverage),
        n_events_untrained=sum(
            e for s, e in with_coverage if s is not None and s < UNTRAINED_BELOW
        ),
        n_events_trained=sum(e for s, e in with_coverage if s is not None and s >= TRAINED_FROM),
        data_snapshot_sha256=panel.snapshot,
        correlation=correlation,
        changes=changes,
    )
