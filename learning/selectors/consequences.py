"""What would hold for somebody if a coordinator decided something today."""

from dataclasses import dataclass
from datetime import date

from learning.models import Assignment
from learning.rules.events import Event, EventType
from learning.rules.status import Standing, standing_on
from learning.rules.taking import take
from learning.selectors.facts import any_covers, facts_of_one


@dataclass(frozen=True)
class Consequence:
    """Standings today: as it is, and as it would be."""

    before: Standing
    after: Standing


def if_happened(
    assignment: Assignment, kind: EventType, day: date | None, today: date, *, waived: bool = False
) -> Consequence:
    """Computed and not saved. What the rules refuse changes nothing. About seven queries."""
    facts = facts_of_one(assignment)
    ledger = facts.ledger_on(today)
    employed, on_leave = any_covers(facts.employed, today), any_covers(facts.leaves, today)
    before = standing_on(ledger.dates, today, employed=employed, on_leave=on_leave)
    take(ledger, Event(today, kind, day=day, waived=waived), place=-1)
    ledger.advance(today)
    after = standing_on(ledger.dates, today, employed=employed, on_leave=on_leave)
    return Consequence(before, after)
