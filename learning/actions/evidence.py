"""Taking over training that people completed elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from learning.actions.evidence_rows import Source, write
from learning.actions.upkeep import bring_up_to_date
from learning.errors import NotLive
from learning.models import Assignment, Completion, EvidenceImport, ExceptionCase
from learning.rules.evidence import EvidenceRow
from learning.rules.judging import Verdict, take_in
from learning.selectors.evidence import (
    AT_A_TIME,
    Keyed,
    assignments_for,
    judgement_of,
    pieces,
)
from learning.selectors.facts import facts_of_one
from organisations.models import Organisation, User
from organisations.trail import record


@dataclass(frozen=True)
class Imported:
    """What one file added."""

    taken: int = 0
    history: int = 0
    to_decide: int = 0

    def __bool__(self) -> bool:
        return bool(self.taken or self.history or self.to_decide)


@transaction.atomic
def import_evidence(
    *,
    organisation: Organisation,
    rows: Sequence[EvidenceRow],
    file_name: str,
    sha256: str,
    by: User | None,
    at: datetime,
) -> Imported:
    """Take over a file, whole or not at all. The same file again adds nothing.

    What the rules cannot decide is put to the coordinator. No certificates: those are for what
    was completed here. Raises `NotLive` before the works council has agreed.
    """
    if not organisation.is_live_on(timezone.localdate(at)):
        raise NotLive
    wanted = [
        keyed
        for keyed in judgement_of(organisation, rows, timezone.localdate(at)).keyed
        if keyed.writes
    ]
    if not wanted:
        return Imported()
    kept = EvidenceImport.objects.create(
        organisation=organisation,
        file_name=file_name[:120],
        sha256=sha256,
        rows=len(rows),
        taken=0,
        made_by=by,
        made_at=at,
    )
    source = Source(organisation, by, at, kept)
    _lock(wanted, source)
    verdicts = [one for piece in pieces(wanted, AT_A_TIME) for one in _take_over(piece, source)]
    done = Imported(
        taken=verdicts.count(Verdict.TAKEN),
        history=verdicts.count(Verdict.HISTORY),
        to_decide=sum(one.is_to_decide for one in verdicts),
    )
    if not done:  # somebody else took it over at the same moment
        kept.delete()
        return done
    kept.taken = done.taken + done.history
    kept.save(update_fields=["taken"])
    record(
        "evidence_imported",
        by=by,
        at=at,
        organisation=organisation,
        subject=kept,
        rows=len(rows),
        taken=done.taken,
        history=done.history,
        to_decide=done.to_decide,
    )
    return done


@transaction.atomic
def accept_evidence(*, case: ExceptionCase, by: User | None, at: datetime) -> Completion:
    """Take the evidence that a case is about all the same; the caller closes the case.

    Evidence that was taken over already gives the completion that there is.
    """
    today = timezone.localdate(at)
    assignment = Assignment.objects.select_for_update().get(pk=case.assignment_id)
    bring_up_to_date([assignment.pk], today=today)
    day = date.fromisoformat(case.facts["completed_on"])
    known: Completion | None = Completion.objects.filter(
        assignment=assignment, source=Completion.Source.IMPORTED, completed_on=day
    ).first()
    if known is not None:
        return known
    row = EvidenceRow(0, "", "", day, case.facts.get("evidence", ""))
    ledger = facts_of_one(assignment).ledger_on(today)
    judged = take_in(row, ledger=ledger, today=today, waived=True)
    keyed = Keyed(assignment.worker_id, assignment.programme_id, assignment.pk, ledger, (judged,))
    kept = EvidenceImport.objects.filter(
        public_id=case.facts.get("import", ""), organisation=case.organisation_id
    ).first()
    write([keyed], Source(case.organisation, by, at, kept))
    found: Completion = assignment.completions.get(source="imported", completed_on=day)
    return found


def _lock(wanted: Sequence[Keyed], source: Source) -> None:
    """Give everybody an assignment and lock all of them at once, in the order that others keep."""
    Assignment.objects.bulk_create(
        (
            Assignment(
                worker_id=keyed.worker,
                programme_id=keyed.programme,
                organisation=source.organisation,
            )
            for keyed in wanted
            if keyed.assignment is None
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    held = assignments_for([(keyed.worker, keyed.programme) for keyed in wanted])
    rows = Assignment.objects.select_for_update().filter(pk__in=list(held.values()))
    list(rows.order_by("pk").values_list("pk"))


def _take_over(piece: list[Keyed], source: Source) -> list[Verdict]:
    """Judge again now that they are locked: another import may have come in between."""
    keys = [(keyed.worker, keyed.programme) for keyed in piece]
    bring_up_to_date(list(assignments_for(keys).values()), today=source.today)
    rows = [one.row for keyed in piece for one in keyed.rows]
    again = judgement_of(source.organisation, rows, source.today).keyed
    write(again, source)
    return [one.verdict for keyed in again for one in keyed.rows if one.verdict.writes]
