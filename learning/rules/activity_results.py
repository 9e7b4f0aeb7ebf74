"""The results of the tries of one activity. Practice: nothing here counts for a certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

MOST_TRIES = 50  # of one activity in one attempt
MOST_STATEMENTS = 1_000  # in one try; the last place is kept for the one that decides
MOST_A_MINUTE = 120
MOST_BYTES = 65_536  # of what is posted as a statement, and of a state
ALIKE = 0.005  # points; of sums of fractions that were rounded


@dataclass(frozen=True)
class Result:
    """What one try earned. None where the activity does not say."""

    public_id: str
    number: int
    ended_at: datetime
    raw: float | None = None
    maximum: float | None = None
    scaled: float | None = None
    success: bool | None = None
    is_verified: bool = False
    path: tuple[str, ...] = ()  # the choices in a branching scenario; read of the last try alone


@dataclass(frozen=True)
class Results:
    """Of all tries that ended. `best` is None when none of them told a share."""

    best: Result | None = None
    last: Result | None = None
    first: Result | None = None
    count: int = 0
    tries: tuple[Result, ...] = ()  # in order


def results_of(ended: Sequence[Result]) -> Results:
    """Whatever their order. A worse try never takes the place of a better one.

    What was scored here goes before what was only told, which could be anything. Best is then the
    highest share; of equal ones the earliest.
    """
    tries = tuple(sorted(ended, key=lambda one: one.number))
    if not tries:
        return Results()
    told = [one for one in tries if one.scaled is not None]
    best = max(told, key=_rank, default=None)
    return Results(best=best, last=tries[-1], first=tries[0], count=len(tries), tries=tries)


def _rank(one: Result) -> tuple[bool, float, int]:
    return (one.is_verified, one.scaled or 0.0, -one.number)


def disagrees(
    told: tuple[float | None, float | None], computed: tuple[float | None, float | None]
) -> bool:
    """Whether the points or the maximum that were told differ from what was computed here."""
    return any(
        one is not None and other is not None and abs(one - other) > ALIKE
        for one, other in zip(told, computed, strict=True)
    )
