"""What becomes of evidence of training elsewhere, for one person and one programme."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from learning.rules.certifying import Certification
from learning.rules.events import Event, EventType, Refusal
from learning.rules.evidence import CLOSE, EvidenceRow
from learning.rules.ledger import Ledger
from learning.rules.taking import take


class Verdict(StrEnum):
    TAKEN = "taken"  # it makes something valid
    HISTORY = "history"  # kept, changes no date
    TOO_OLD = "too_old"  # the coordinator decides
    TOO_CLOSE = "too_close"  # likewise: near other evidence
    THERE_ALREADY = "there_already"
    DUPLICATE = "duplicate"  # twice in this file
    FUTURE = "future"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_PROGRAMME = "unknown_programme"

    @property
    def writes(self) -> bool:
        """Whether carrying the file over adds something for this row."""
        return self in {Verdict.TAKEN, Verdict.HISTORY} or self.is_to_decide

    @property
    def is_to_decide(self) -> bool:
        return self in {Verdict.TOO_OLD, Verdict.TOO_CLOSE}


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what becomes of it."""

    row: EvidenceRow
    verdict: Verdict
    made: Certification | None = None
    cycle: int | None = None  # number of the period that it closes
    other: date | None = None  # the evidence that it is near to


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Days of what came in before: imported, of those not revoked, and put to the coordinator."""

    imported: Collection[date] = ()
    counting: Collection[date] = ()
    asked: Collection[date] = ()


def judge(
    rows: Iterable[EvidenceRow], *, ledger: Ledger, before: OnRecord, today: date
) -> Iterator[Judged]:
    """By day of completion. Takes into the ledger, as of today, what can be taken."""
    days = set(before.counting)
    seen: set[date] = set()
    for row in sorted(rows, key=lambda one: (one.completed_on, one.number)):
        day = row.completed_on
        near = min((one for one in days if abs(one - day) <= CLOSE), default=None)
        if day in seen:
            yield Judged(row, Verdict.DUPLICATE)
        elif day in before.imported or day in before.asked:
            yield Judged(row, Verdict.THERE_ALREADY)
        elif day > today:
            yield Judged(row, Verdict.FUTURE)
        elif near is not None:
            yield Judged(row, Verdict.TOO_CLOSE, other=near)
        else:
            found = take_in(row, ledger=ledger, today=today)
            if not found.verdict.is_to_decide:
                days.add(day)
            yield found
        seen.add(day)


def take_in(row: EvidenceRow, *, ledger: Ledger, today: date, waived: bool = False) -> Judged:
    """Take one row into the ledger as of today. `waived`: the coordinator accepted it."""
    place = -1 - row.number  # apart from the places of the facts
    event = Event(today, EventType.IMPORTED, day=row.completed_on, waived=waived)
    if take(ledger, event, place) is Refusal.EVIDENCE_TOO_OLD:
        return Judged(row, Verdict.TOO_OLD)
    made = ledger.taken.get(place)
    if made is None:
        return Judged(row, Verdict.HISTORY)
    return Judged(row, Verdict.TAKEN, made=made, cycle=ledger.cycles[-1].number)
