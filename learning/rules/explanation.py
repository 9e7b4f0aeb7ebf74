"""Why training is due when it is: the facts replayed, with a dated step for all that followed.

The ledger itself is asked before and after every fact, and on every day on which something
happens by itself: what is told here cannot differ from the dates that hold.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from learning.rules.events import DAY, LEAST_DAYS_TO_FINISH, ClosedAs, Event
from learning.rules.explained import Before, Step, moved, taken
from learning.rules.ledger import Ledger
from learning.rules.policy import Policy
from learning.rules.replay import in_order
from learning.rules.taking import take


def explain(
    events: Sequence[Event],
    *,
    policy: Policy,
    until: date,
    least_days_to_finish: int = LEAST_DAYS_TO_FINISH,
) -> tuple[list[Step], list[Step]]:
    """What happened through the day, and what will if nothing more happens; both in order."""
    ledger = Ledger(policy, least_days_to_finish=least_days_to_finish)
    steps: list[Step] = []
    for place, event in in_order(events):
        if event.on > until:
            break
        steps += _passing(ledger, event.on)
        before = Before.of(ledger)
        refusal = take(ledger, event, place)
        steps += taken(before, ledger, event, place, refusal)
    steps += _passing(ledger, until)
    return steps, list(_coming(ledger))


# Time passes


def _passing(ledger: Ledger, day: date) -> Iterator[Step]:
    """The same changes as `Ledger.advance` makes, one day at a time."""
    while True:
        coming = ledger.next_change()
        mark = _mark(ledger)
        if mark is not None and mark[0] <= day and (coming is None or mark[0] < coming):
            ledger.advance(mark[0])
            yield Step(mark[0], mark[1], values=mark[2])
        elif coming is not None and coming <= day:
            before = Before.of(ledger)
            ledger.advance(coming)
            yield from _changed(before, ledger, coming)
        else:
            ledger.advance(day)
            return


def _mark(ledger: Ledger) -> tuple[date, str, dict[str, Any]] | None:
    """The next day on which the status turns without anything changing in the ledger."""
    if not ledger.is_assigned or not ledger.is_active:
        return None
    through = ledger.valid_through
    if through is None:
        last, code = ledger.due_on, "overdue"
    else:
        last, code = (through if ledger.covered_through != through else None), "grace_began"
    if last is None or last < ledger.today or ledger.on_leave(last + DAY):
        return None
    return last + DAY, code, {"through": last, "covered_through": ledger.covered_through}


def _changed(before: Before, ledger: Ledger, day: date) -> Iterator[Step]:
    is_back = len(ledger.returns) < before.returns and not ledger.on_leave(day)
    if is_back and ledger.is_active and before.cycles:
        yield Step(day, "back", values=moved(before, ledger))
    lapsed = sum(line.closed_as is ClosedAs.LAPSED for line in ledger.cycles)
    if lapsed > before.lapsed:
        yield Step(day, "lapsed", values={"through": before.valid_through})
    elif len(ledger.cycles) > before.cycles and ledger.cycles[-1].window_opens_on is not None:
        yield Step(day, "window_opened", values={"through": ledger.valid_through})


# What is still to come


def _coming(ledger: Ledger) -> Iterator[Step]:
    found = [*_away(ledger), *_dates(ledger)]
    yield from sorted(found, key=lambda step: (step.on is not None, step.on or date.min))


def _away(ledger: Ledger) -> Iterator[Step]:
    if not ledger.cycles:
        return
    for back in ledger.returns:
        yield Step(back, "back", values={"days": ledger.policy.leave_return_days})
    if any(start <= ledger.today and end is None for start, end in ledger.leaves):
        yield Step(None, "back", values={"days": ledger.policy.leave_return_days})


def _dates(ledger: Ledger) -> Iterator[Step]:
    dates, today = ledger.dates, ledger.today
    through, covered, due = dates.certified_through, dates.covered_through, dates.due_on
    if through is not None and through >= today:
        yield Step(through, "expires", values={"through": through})
    if covered is not None and through is not None and covered >= today and covered > through:
        yield Step(covered, "grace_ends", values={"through": covered})
    if not ledger.is_assigned:
        return
    opens = dates.window_opens_on
    if opens is not None and opens > today:
        yield Step(opens, "window_opens", values={"basis": ledger.policy.basis.value})
    if due is None and through is None:
        yield Step(None, "due_undecided")
    elif due is not None and due >= today and due != through:
        yield Step(due, "due", values={"due": due})
