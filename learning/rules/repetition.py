"""Whether the paths of a programme make people meet the same again too soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from learning.rules.calendar import add_months
from learning.rules.rotation import UNSEEN_FOR_MONTHS, Option, next_path

BEGIN = date(2001, 1, 1)  # any first of a month: the answer is a number of months


@dataclass(frozen=True, slots=True)
class Again:
    """Somebody who renews in time meets this again after so many months."""

    content: frozenset[str]
    after_months: int
    begun_in_onboarding: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """Two paths to refresh with, by their places from 1, and what is in both."""

    first: int
    second: int
    content: frozenset[str]


def shared_between(refreshers: Sequence[frozenset[str]]) -> list[Shared]:
    """Every pair of paths that have something in common."""
    pairs = combinations(enumerate(refreshers, start=1), 2)
    return [Shared(a, b, one & other) for (a, one), (b, other) in pairs if one & other]


def paths_needed(active_months: int) -> int:
    """How many paths without anything in common keep three years between two meetings."""
    return -(-UNSEEN_FOR_MONTHS // active_months)


def first_repetition(
    onboarding: frozenset[str], refreshers: Sequence[frozenset[str]], *, active_months: int
) -> Again | None:
    """What somebody meets a second time within three years, by the rotation as it is applied.

    Somebody begins, and refreshes each time that the active period is over.
    """
    options = [Option(place, place, content) for place, content in enumerate(refreshers)]
    seen = dict.fromkeys(onboarding, BEGIN)
    later: set[str] = set()
    for turn in range(1, 2 * paths_needed(active_months) + len(options) + 1):
        day = add_months(BEGIN, turn * active_months)
        choice = next_path(options, seen, day)
        if choice is None:
            return None
        content = refreshers[choice.path]
        if choice.seen_on is not None:
            met = frozenset(one for one in content if seen.get(one) == choice.seen_on)
            months = (day.year - choice.seen_on.year) * 12 + day.month - choice.seen_on.month
            return Again(met, months, begun_in_onboarding=not met & later)
        seen |= dict.fromkeys(content, day)
        later |= content
    return None
