"""The rows that evidence of training elsewhere leaves behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.utils import timezone

from learning.actions.upkeep import bring_up_to_date, write_cycles
from learning.models import Completion, Cycle, EvidenceImport, ExceptionCase
from learning.rules.judging import Judged, Verdict
from learning.rules.ledger import Ledger
from learning.selectors.evidence import Keyed
from organisations.models import Organisation, User

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


def write(found: Sequence[Keyed], source: Source) -> None:
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
