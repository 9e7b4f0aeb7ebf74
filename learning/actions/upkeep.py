"""Keeping cycles and validity in step with the facts."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from learning.models import Assignment, Cycle, Validity
from learning.rules.events import CycleLine
from learning.rules.ledger import Ledger
from learning.selectors.facts import Facts, facts_of

DATES = [
    "worker",
    "programme",
    "is_assigned",
    "is_exempt",
    "certified_through",
    "covered_through",
    "window_opens_on",
    "due_on",
    "next_change_on",
]


@transaction.atomic
def bring_up_to_date(assignments: Collection[int], *, today: date) -> dict[int, Ledger]:
    """Replay the facts through today and write down what follows; a second time changes nothing.

    Windows that opened since become history rows with their own dates, lapsed periods are
    closed. Locks the assignments, in order. About ten queries, however many there are.
    """
    locked = Assignment.objects.select_for_update().filter(pk__in=assignments).order_by("pk")
    facts = facts_of([assignment.pk for assignment in locked])
    ledgers = {pk: known.ledger_on(today) for pk, known in facts.items()}
    write_cycles(ledgers)
    _write_validity(facts, ledgers, today)
    return ledgers


def write_cycles(ledgers: dict[int, Ledger]) -> None:
    """Rows that are closed stay as they are; closing comes before opening the next."""
    rows = Cycle.objects.filter(assignment__in=list(ledgers))
    closed = set(rows.filter(closed_on__isnull=False).values_list("assignment_id", "number"))
    known = {(row.assignment_id, row.number): row for row in rows.open()}
    changed, added = [], []
    for pk, ledger in ledgers.items():
        for line in ledger.cycles:
            row = known.get((pk, line.number))
            if row is not None and not _same(row, line):
                changed.append(_filled(row, line))
            elif row is None and (pk, line.number) not in closed:
                added.append(_filled(Cycle(assignment_id=pk, number=line.number), line))
    Cycle.objects.bulk_create(
        changed,  # an upsert of rows that are there: several times as fast as `bulk_update`
        update_conflicts=True,
        unique_fields=["assignment", "number"],
        update_fields=["due_on", "closed_on", "closed_as"],
    )
    Cycle.objects.bulk_create(added)


def _same(row: Cycle, line: CycleLine) -> bool:
    return row.due_on == line.due_on and row.closed_on == line.closed_on


def _filled(row: Cycle, line: CycleLine) -> Cycle:
    if row.pk is None:
        row.path = line.path
        row.opened_on = line.assigned_on
        row.window_opens_on = line.window_opens_on
    row.due_on = line.due_on
    row.closed_on = line.closed_on
    row.closed_as = line.closed_as or ""
    return row


def _write_validity(facts: dict[int, Facts], ledgers: dict[int, Ledger], today: date) -> None:
    Validity.objects.bulk_create(
        [validity_row(facts[pk], ledger, today) for pk, ledger in ledgers.items()],
        update_conflicts=True,
        unique_fields=["assignment"],
        update_fields=DATES,
    )


def validity_row(facts: Facts, ledger: Ledger, today: date) -> Validity:
    """The projection of one assignment's facts through today; not saved."""
    dates = ledger.dates
    coming = [day for day in (ledger.next_change(), facts.next_fact_after(today)) if day]
    return Validity(
        assignment_id=facts.assignment,
        worker_id=facts.worker,
        programme_id=facts.programme,
        is_assigned=dates.is_assigned,
        is_exempt=facts.is_exempt,
        certified_through=dates.certified_through,
        covered_through=dates.covered_through,
        window_opens_on=dates.window_opens_on,
        due_on=dates.due_on,
        next_change_on=min(coming, default=None),
    )
