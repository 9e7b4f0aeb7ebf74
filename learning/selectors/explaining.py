"""The facts about one assignment with the rows they come from, explained as of a day."""

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from learning.models import (
    Assignment,
    AssignmentEvent,
    AssignmentRule,
    Completion,
    ExceptionCase,
    Revocation,
)
from learning.rules.events import Event, EventType
from learning.rules.explained import Step
from learning.rules.explanation import explain
from learning.rules.replay import with_policies
from learning.rules.status import Standing
from learning.selectors.facts import facts_of_one

Row = AssignmentEvent | Completion | Revocation
Rules = dict[str, AssignmentRule]
# Decisions that leave no other fact behind; the others are told by what they changed.
DECISIONS = {ExceptionCase.Decision.REFUSE_EVIDENCE, ExceptionCase.Decision.KEEP_AS_IS}


@dataclass(frozen=True)
class Told:
    """A step and the row that it comes from, if any."""

    step: Step
    row: Row | None = None


@dataclass(frozen=True)
class Explanation:
    """Why one assignment is due when it is, as it was known on a day."""

    assignment: Assignment
    day: date
    standing: Standing
    on_leave: bool
    facts: tuple[Told, ...]
    coming: tuple[Step, ...]
    rules: Rules  # the rules that matched, by public identifier, teams prefetched


def explanation_of(assignment: Assignment, day: date) -> Explanation:
    """Everything recorded through the day, in order. About twelve queries."""
    known = facts_of_one(assignment)
    events = with_policies(known.events, known.policies)
    facts, coming = explain(
        events,
        policy=known.policies[0].policy,
        until=day,
        least_days_to_finish=settings.LEAST_DAYS_TO_FINISH,
    )
    recorded = list(assignment.events.order_by("on", "pk"))
    completions = list(
        assignment.completions.select_related("revocation").order_by("completed_on", "pk")
    )
    rows = _rows_of(events, recorded, completions)
    told = [Told(step, rows.get(step.place)) for step in facts]
    told = _with_steps(told, [*_history(completions, day), *_cases(assignment, day)])
    standing = known.standing_on(day)
    return Explanation(
        assignment=assignment,
        day=day,
        standing=standing,
        on_leave=standing.status == "on_leave",
        facts=tuple(told),
        coming=(*_end_of_exemption(recorded, day), *coming),
        rules=_rules(recorded),
    )


def _rows_of(
    events: Sequence[Event],
    recorded: Sequence[AssignmentEvent],
    completions: Sequence[Completion],
) -> dict[int | None, Row]:
    """The row of each event by its place: per kind both are in the order of `selectors.facts`."""
    done = [row for row in completions if row.valid_through is not None]
    here = [row for row in done if row.source != Completion.Source.IMPORTED]
    elsewhere = [row for row in done if row.source == Completion.Source.IMPORTED]
    revoked: list[Revocation] = [row.revocation for row in done if hasattr(row, "revocation")]
    here.sort(key=lambda row: (row.completed_on, row.recorded_at))
    elsewhere.sort(key=lambda row: (row.recorded_on, row.recorded_at))
    revoked.sort(key=lambda row: (row.on, row.at))
    waiting: dict[EventType, deque[Row]] = defaultdict(deque)
    waiting[EventType.COMPLETED].extend(here)
    waiting[EventType.IMPORTED].extend(elsewhere)
    waiting[EventType.REVOKED].extend(revoked)
    for recorded_row in sorted(recorded, key=lambda row: (row.on, row.at)):
        waiting[EventType(recorded_row.kind)].append(recorded_row)
    found: dict[int | None, Row] = {}
    for place, event in enumerate(events):
        if waiting[event.type]:
            found[place] = waiting[event.type].popleft()
    return found


def _with_steps(told: list[Told], more: list[Told]) -> list[Told]:
    """Steps put behind those of the same day."""
    for one in sorted(more, key=lambda one: one.step.on or date.max):
        days = [known.step.on or date.max for known in told]
        told.insert(bisect_right(days, one.step.on or date.max), one)
    return told


def _history(completions: Sequence[Completion], day: date) -> list[Told]:
    """What was done before the window: it changed no date."""
    return [
        Told(
            Step(
                row.recorded_on,
                "history",
                values={
                    "completed_on": row.completed_on,
                    "imported": row.source == Completion.Source.IMPORTED,
                },
            ),
            row,
        )
        for row in completions
        if row.valid_through is None and row.recorded_on <= day
    ]


def _cases(assignment: Assignment, day: date) -> list[Told]:
    """What lay with the coordinator, and what was decided where nothing else tells it."""
    found = []
    for case in assignment.exceptions.order_by("opened_at", "pk"):
        opened = timezone.localdate(case.opened_at)
        if case.kind != ExceptionCase.Kind.TOO_LITTLE_TIME and opened <= day:
            found.append(Told(Step(opened, "to_be_decided", values={"kind": case.kind})))
        decided = timezone.localdate(case.decided_at) if case.decided_at else None
        if decided is not None and decided <= day and case.decision in DECISIONS:
            found.append(Told(Step(decided, "decided", values={"decision": case.decision})))
    return found


def _end_of_exemption(recorded: Sequence[AssignmentEvent], day: date) -> list[Step]:
    kinds = {AssignmentEvent.Kind.ASSIGNED, AssignmentEvent.Kind.UNASSIGNED}
    known = [row for row in recorded if row.on <= day and row.kind in kinds]
    last = known[-1] if known else None
    if last is None or not last.is_exemption or last.until is None or last.until < day:
        return []
    return [Step(last.until, "exemption_ends")]


def _rules(recorded: Sequence[AssignmentEvent]) -> Rules:
    wanted = {one["rule"] for event in recorded for one in event.matched}
    rows: Any = AssignmentRule.objects.filter(public_id__in=wanted).select_related("organisation")
    return {row.public_id: row for row in rows.prefetch_related("teams__team")}
