"""What holds for assignments today, without writing anything down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ObjectDoesNotExist

from learning.models import Assignment, PathKind, Validity
from learning.rules.status import Dates
from learning.selectors.facts import facts_of
from learning.selectors.rotation import Round


@dataclass(frozen=True)
class Now:
    """What holds for one assignment today."""

    dates: Dates
    is_exempt: bool
    kind: str
    can_train: bool


def now_of(
    assignments: Sequence[Assignment], rounds: Mapping[int, Round], today: date
) -> dict[int, Now]:
    """From the projection; from the facts where the daily run has still to come."""
    stale = [one.pk for one in assignments if not _is_current(one, today)]
    facts = facts_of(stale) if stale else {}
    found = {}
    for one in assignments:
        known = facts.get(one.pk)
        if known is not None:
            ledger = known.ledger_on(today)
            dates, exempt, line = ledger.dates, known.is_exempt, ledger.open_cycle
            kind, can_train = line.path if line else "", line is not None
        else:
            dates, exempt = one.validity.dates, one.validity.is_exempt
            cycle = rounds[one.pk].open
            kind, can_train = cycle.path if cycle else "", cycle is not None
        found[one.pk] = Now(dates, exempt, kind or PathKind.REFRESHER, can_train)
    return found


def _is_current(assignment: Assignment, today: date) -> bool:
    try:
        validity: Validity = assignment.validity
    except ObjectDoesNotExist:
        return False
    return validity.next_change_on is None or validity.next_change_on > today
