"""Taking over training that people completed elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.utils import timezone

from learning.actions.upkeep import bring_up_to_date, write_cycles
from learning.errors import NotLive
from learning.models import Assignment, Completion, Cycle, EvidenceImport, ExceptionCase
from learning.rules.evidence import EvidenceRow
from learning.rules.judging import Judged, Verdict, take_in
from learning.rules.ledger import Ledger
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

KINDS = {
    Verdict.TOO_OLD: (ExceptionCase.Kind.EVIDENCE_TOO_OLD, "EVIDENCE_TOO_OLD"),
    Verdict.TOO_CLOSE: (ExceptionCase.Kind.CONFLICTING_FACTS, "IMPORTS_CLOSE"),
}


@dataclass(frozen=True)
class Source:
    """Who takes over, when, and from which file."""

    organisation: Organisation
    by: User | None
    at: datetime
    evidence_import: EvidenceImport | None

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)


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
    verdicts = [one for piece in pieces(wanted, AT_A_TIME) for one in _take_over(piece, source)]
    done = Imported(
        taken=verdicts.count(Verdict.TAKEN),
        history=verdicts.count(Verdict.HISTORY),
        to_decide=sum(one.is_to_decide for one in verdicts),
    )
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
    _write([keyed], Source(case.organisation, by, at, kept))
    found: Completion = assignment.completions.get(source="imported", completed_on=day)
    return found


def _take_over(piece: list[Keyed], source: Source) -> list[Verdict]:
    """Judge again with the assignments locked: another import may have come in between."""
    keys = [(keyed.worker, keyed.programme) for keyed in piece]
    Assignment.objects.bulk_create(
        (
            Assignment(
                worker_id=keyed.worker,
                programme_id=keyed.programme,
                organisation=source.organisation,
            )
            for keyed in piece
            if keyed.assignment is None
        ),
        ignore_conflicts=True,
    )
    bring_up_to_date(list(assignments_for(keys).values()), today=source.today)
    rows = [one.row for keyed in piece for one in keyed.rows]
    again = judgement_of(source.organisation, rows, source.today).keyed
    _write(again, source)
    return [one.verdict for keyed in again for one in keyed.rows if one.verdict.writes]


def _write(found: Sequence[Keyed], source: Source) -> None:
    """Periods first, as the ledgers have them now: a completion is added with its period."""
    ledgers: dict[int, Ledger] = {}
    for keyed in found:
        keyed.ledger.advance(source.today)
        if keyed.assignment is not None:
            ledgers[keyed.assignment] = keyed.ledger
    write_cycles(ledgers)
    cycles = {
        (assignment, number): pk
        for pk, assignment, number in Cycle.objects.filter(
            assignment__in=list(ledgers)
        ).values_list("pk", "assignment_id", "number")
    }
    judged = [(keyed, one) for keyed in found for one in keyed.rows]
    Completion.objects.bulk_create(
        (
            _completion(keyed, one, cycles, source)
            for keyed, one in judged
            if one.verdict in {Verdict.TAKEN, Verdict.HISTORY}
        ),
        batch_size=500,
    )
    ExceptionCase.objects.bulk_create(
        (_case(keyed, one, source) for keyed, one in judged if one.verdict.is_to_decide),
        ignore_conflicts=True,
        batch_size=500,
    )
    bring_up_to_date(list(ledgers), today=source.today)


def _completion(
    keyed: Keyed, judged: Judged, cycles: dict[tuple[int, int], int], source: Source
) -> Completion:
    made = judged.made
    assignment = cast(int, keyed.assignment)
    return Completion(
        worker_id=keyed.worker,
        assignment_id=assignment,
        cycle_id=cycles[assignment, judged.cycle] if judged.cycle is not None else None,
        source=Completion.Source.IMPORTED,
        evidence_import=source.evidence_import,
        evidence=judged.row.evidence,
        completed_on=judged.row.completed_on,
        valid_through=made.valid_through if made else None,
        covered_through=made.covered_through if made else None,
        remembered_day=made.remembered_day if made else None,
        active_months=keyed.ledger.policy.active_months,
        recorded_on=source.today,
        recorded_by=source.by,
        recorded_at=source.at,
    )


def _case(keyed: Keyed, judged: Judged, source: Source) -> ExceptionCase:
    """Codes and dates. The key says which evidence it is, so that it is asked once."""
    kind, reason = KINDS[judged.verdict]
    facts: dict[str, str | int] = {
        "reason": reason,
        "completed_on": judged.row.completed_on.isoformat(),
        "on": source.today.isoformat(),
        "evidence": judged.row.evidence,
    }
    if judged.other is not None:
        facts["other"] = judged.other.isoformat()
    else:
        facts["max_age_days"] = keyed.ledger.policy.evidence_max_age_days
    if source.evidence_import is not None:
        facts["import"] = source.evidence_import.public_id
    return ExceptionCase(
        organisation=source.organisation,
        assignment_id=cast(int, keyed.assignment),
        kind=kind,
        key=f"evidence {judged.row.completed_on.isoformat()}",
        facts=facts,
        opened_at=source.at,
    )
