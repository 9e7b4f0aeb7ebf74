"""What the rules ask that is not so yet: for the run that carries it out and for a preview."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from learning.models import AssignmentEvent
from learning.rules.ledger import Ledger
from learning.rules.matching import Change, Match, Rule, changes, matches, not_over
from learning.selectors.rules import Asked, asked_of, rules_at
from organisations.models import Employment, Organisation
from organisations.querysets import not_ended

AT_A_TIME = 500  # people


@dataclass(frozen=True)
class Instead:
    """A change of the rules that is not saved: `without` no longer hold and a draft comes."""

    without: frozenset[int] = frozenset()
    draft: Rule | None = None

    def applied_to(self, rules: list[Rule]) -> list[Rule]:
        kept = [rule for rule in rules if rule.pk not in self.without]
        return kept if self.draft is None else [*kept, self.draft]


@dataclass(frozen=True)
class Plan:
    """What is to change for people, and what it follows from."""

    changes: tuple[tuple[int, Change], ...]  # worker and change
    asked: Asked
    matches: dict[int, list[Match]]  # per worker


def staff_of(organisation: Organisation, today: date) -> list[int]:
    """Everybody who works at the organisation now or later, in order."""
    here = Employment.objects.filter(not_ended(today), team__organisation=organisation)
    return list(here.order_by("user_id").values_list("user_id", flat=True).distinct())


def plan_for(
    workers: Collection[int],
    *,
    today: date,
    programmes: Collection[int] | None = None,
    instead: Instead | None = None,
) -> Plan:
    """What the rules of the day would change for these people. Nine queries at most.

    `programmes` narrows it to some of them.
    """
    asked = asked_of(workers, today, programmes)
    coming = {worker: not_over(works, today) for worker, works in asked.work.items()}
    organisations = {work.organisation for works in coming.values() for work in works}
    rules = rules_at(organisations, today, programmes)
    if instead is not None:
        rules = instead.applied_to(rules)
    found = {worker: matches(asked.work.get(worker, []), rules, today) for worker in workers}
    planned = [
        (worker, change)
        for worker in workers
        for change in changes(
            found[worker],
            asked.held.get(worker, {}),
            works=bool(coming.get(worker)),
            today=today,
        )
    ]
    return Plan(changes=tuple(_told_apart(planned, asked)), asked=asked, matches=found)


def _told_apart(planned: list[tuple[int, Change]], asked: Asked) -> list[tuple[int, Change]]:
    """More time because the first working day was corrected, or because the rule changed."""
    counted = _counted_from(
        [
            asked.held[worker][change.programme].assignment
            for worker, change in planned
            if change.reason == AssignmentEvent.Reason.CORRECTED_START
        ]
    )
    told = []
    for worker, change in planned:
        if change.reason == AssignmentEvent.Reason.CORRECTED_START and change.match is not None:
            before = counted.get(asked.held[worker][change.programme].assignment)
            if before is None or change.match.counted_from <= before:
                change = replace(change, reason=AssignmentEvent.Reason.RULE_CHANGED)  # noqa: PLW2901
        told.append((worker, change))
    return told


def _counted_from(assignments: Collection[int]) -> dict[int, date]:
    """From which day the date that holds was counted. One query, or none."""
    if not assignments:
        return {}
    rows = AssignmentEvent.objects.filter(
        assignment__in=assignments, counted_from__isnull=False
    ).order_by("on", "pk")
    return dict(rows.values_list("assignment_id", "counted_from"))


def is_to_decide(change: Change, ledger: Ledger) -> bool:
    """Whether the date that follows is too near to be given: the coordinator decides."""
    return change.kind == "assigned" and ledger.due_on is None and bool(ledger.refused)
