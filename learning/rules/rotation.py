"""Which refresher path comes next, so that nobody meets the same scenario again too soon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from learning.rules.calendar import add_months

UNSEEN_FOR_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Option:
    """A refresher path in use and what is met in it."""

    path: int
    number: int
    content: frozenset[str]  # modules and scenarios, by identifier


@dataclass(frozen=True, slots=True)
class Choice:
    """`seen_on` is set when the path was met within three years: the pool had nothing unseen."""

    path: int
    seen_on: date | None = None


def next_path(options: Sequence[Option], last_seen: Mapping[str, date], day: date) -> Choice | None:
    """Unseen for three years first: never seen, then longest ago; else the longest ago, and said.

    `last_seen` maps content to the last day on which the person met it. The same facts always
    give the same path; ties go by number.
    """
    if not options:
        return None

    def seen(option: Option) -> date | None:
        return max((last_seen[one] for one in option.content if one in last_seen), default=None)

    chosen = min(options, key=lambda one: (seen(one) or date.min, one.number))
    last = seen(chosen)
    if last is None or add_months(last, UNSEEN_FOR_MONTHS) <= day:
        return Choice(chosen.path)
    return Choice(chosen.path, seen_on=last)
