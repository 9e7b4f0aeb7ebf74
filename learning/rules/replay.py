"""Replaying facts: what holds on a day, from everything that is known."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import date

from learning.rules.events import LEAST_DAYS_TO_FINISH, Event, EventType
from learning.rules.ledger import Ledger
from learning.rules.policy import Policy, PolicyPeriod
from learning.rules.status import Standing
from learning.rules.taking import take


def in_order(events: Sequence[Event]) -> list[tuple[int, Event]]:
    """The events with their places, by day and then as they were given."""
    return sorted(enumerate(events), key=lambda pair: (pair[1].on, pair[0]))


def with_policies(events: Sequence[Event], periods: Sequence[PolicyPeriod]) -> list[Event]:
    """Facts with the days on which another policy began put before the facts of those days."""
    changes = [Event(one.starts_on, EventType.POLICY, policy=one.policy) for one in periods]
    return [*changes, *events]


def replay(
    events: Sequence[Event],
    *,
    policy: Policy,
    until: date,
    least_days_to_finish: int = LEAST_DAYS_TO_FINISH,
) -> Ledger:
    """Everything that happened through the day, and what followed from it."""
    ledger = Ledger(policy, least_days_to_finish=least_days_to_finish)
    for place, event in in_order(events):
        if event.on > until:
            break
        take(ledger, event, place)
    ledger.advance(until)
    return ledger


def states(
    events: Sequence[Event],
    *,
    policy: Policy,
    days: Iterable[date],
    least_days_to_finish: int = LEAST_DAYS_TO_FINISH,
) -> Iterator[tuple[date, Standing]]:
    """The standing on each of the days, as it is known now.

    What was completed elsewhere counts from the day it was completed, also on days before it was
    taken over; nothing else that came later plays a part.
    """
    days = list(days)
    wanted = set(days)
    ledger = Ledger(policy, least_days_to_finish=least_days_to_finish)
    coming = deque(in_order(events))
    known: dict[date, Ledger] = {}
    for day in sorted({*wanted, *(event.on for event in events)}):
        while coming and coming[0][1].on == day:
            place, event = coming.popleft()
            take(ledger, event, place)
        ledger.advance(day)
        if day in wanted:
            known[day] = _as_it_is(ledger)
    later = [(events[place].on, made) for place, made in sorted(ledger.taken.items())]
    for day in days:
        then = _as_it_is(known[day])
        then.certifications += [made for on, made in later if on > day >= made.completed_on]
        then.certifications.sort(key=lambda one: (one.valid_through, one.completed_on))
        yield day, then.standing()


def _as_it_is(ledger: Ledger) -> Ledger:
    """What its standing rests on, which later facts then leave alone."""
    kept = copy(ledger)
    kept.certifications, kept.leaves = list(ledger.certifications), list(ledger.leaves)
    return kept
