"""What other numbers of a policy do to people, from the same facts replayed under both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from learning.rules.certifying import window_opens_on
from learning.rules.events import LEAST_DAYS_TO_FINISH, Event, EventType
from learning.rules.ledger import Ledger
from learning.rules.policy import Policy, PolicyPeriod
from learning.rules.replay import in_order, with_policies
from learning.rules.status import Dates
from learning.rules.taking import take

WELL_IN_TIME = timedelta(days=14)


class Effect(StrEnum):
    """What changes for somebody. The worst come first."""

    ENDS_EARLIER = "ends_earlier"
    DUE_EARLIER = "due_earlier"
    OPENS_LATER = "opens_later"
    RENEWAL_SHORTER = "renewal_shorter"
    OPENS_EARLIER = "opens_earlier"
    DUE_LATER = "due_later"
    ENDS_LATER = "ends_later"
    RENEWAL_LONGER = "renewal_longer"


@dataclass(frozen=True, slots=True)
class Change:
    """One effect on one person: the date under the numbers of now, and under the others."""

    effect: Effect
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Course:
    """How one person goes on under some numbers, on each of the days asked."""

    dates: tuple[Dates, ...]
    can_renew: bool  # on the first of the days: a period is open
    opens_on: date | None  # when the next window opens, if none is open


def course(
    events: Sequence[Event],
    periods: Sequence[PolicyPeriod],
    days: Sequence[date],
    *,
    least_days_to_finish: int = LEAST_DAYS_TO_FINISH,
) -> Course:
    """The dates on the days, which must be in order. One replay, however many days."""
    ledger = Ledger(periods[0].policy, least_days_to_finish=least_days_to_finish)
    waiting = in_order(with_policies(events, periods))
    found: list[Dates] = []
    opens_on, can_renew = None, False
    for day in days:
        while waiting and waiting[0][1].on <= day:
            place, event = waiting.pop(0)
            take(ledger, event, place)
        ledger.advance(day)
        if not found:
            can_renew = ledger.open_cycle is not None
            opens_on = ledger.dates.window_opens_on
        found.append(ledger.dates)
    return Course(tuple(found), can_renew, opens_on)


def renewed_through(
    events: Sequence[Event],
    periods: Sequence[PolicyPeriod],
    done_on: date,
    *,
    least_days_to_finish: int = LEAST_DAYS_TO_FINISH,
) -> date | None:
    """Through which day somebody would be valid who finishes on the day."""
    ledger = Ledger(periods[0].policy, least_days_to_finish=least_days_to_finish)
    for place, event in in_order(with_policies(events, periods)):
        if event.on > done_on:
            break
        take(ledger, event, place)
    take(ledger, Event(done_on, EventType.COMPLETED), -1)
    return ledger.valid_through


def changes(now: Course, then: Course, *, starts_on: date) -> list[Change]:
    """What differs in the dates. The day of a window counts only where none is open already."""
    found = [*_window(now, then, starts_on)]
    found += _moved(
        [(one.due_on, other.due_on) for one, other in zip(now.dates, then.dates, strict=True)],
        earlier=Effect.DUE_EARLIER,
        later=Effect.DUE_LATER,
    )
    found += _moved(
        [
            (one.covered_through, other.covered_through)
            for one, other in zip(now.dates, then.dates, strict=True)
        ],
        earlier=Effect.ENDS_EARLIER,
        later=Effect.ENDS_LATER,
    )
    return found


def renewal_change(now: date | None, then: date | None) -> list[Change]:
    """What the next renewal gives, under both."""
    return _moved([(now, then)], earlier=Effect.RENEWAL_SHORTER, later=Effect.RENEWAL_LONGER)


def day_of_renewal(
    dates: Dates, periods: Sequence[Sequence[PolicyPeriod]], *, starts_on: date
) -> date:
    """Two weeks before the last day, but not before either window opens nor before the change."""
    last = dates.due_on or starts_on
    days = [starts_on, last - WELL_IN_TIME]
    if dates.certified_through is not None and dates.certified_through >= starts_on:
        held = [policy_on(one, starts_on) for one in periods]
        days += [window_opens_on(dates.certified_through, policy) for policy in held]
    return max(days)


def policy_on(periods: Sequence[PolicyPeriod], day: date) -> Policy:
    """The numbers that hold on the day; before the first period those of the first."""
    known = [one.policy for one in periods if one.starts_on <= day]
    return known[-1] if known else periods[0].policy


def _window(now: Course, then: Course, starts_on: date) -> list[Change]:
    if now.can_renew or now.opens_on is None or then.opens_on is None:
        return []
    if not now.dates[0].is_assigned:
        return []
    before, after = max(now.opens_on, starts_on), max(then.opens_on, starts_on)
    return _moved([(before, after)], earlier=Effect.OPENS_EARLIER, later=Effect.OPENS_LATER)


def _moved(
    pairs: Sequence[tuple[date | None, date | None]], *, earlier: Effect, later: Effect
) -> list[Change]:
    """The first pair of days that differs."""
    for before, after in pairs:
        if before is not None and after is not None and before != after:
            return [Change(earlier if after < before else later, before, after)]
    return []
