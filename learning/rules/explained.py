"""What each fact changed in the ledger, as a step of the explanation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from learning.rules.calendar import add_months
from learning.rules.certifying import Certification
from learning.rules.events import ClosedAs, Event, EventType, Refusal
from learning.rules.ledger import Ledger
from learning.rules.policy import Basis, Policy

# Of what happens to a person at work, only what came after the training was asked is told.
ABOUT_WORK = {EventType.LEAVE, EventType.DEACTIVATED, EventType.REACTIVATED}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, or will. `place` is that of the event; None: time passed.

    `on` is null for what comes on a day that is not known yet.
    """

    on: date | None
    code: str
    place: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Before:
    """What of the ledger is compared."""

    is_assigned: bool
    due_on: date | None
    valid_through: date | None
    current: Certification | None
    has_lapsed: bool
    anchored: bool
    cycles: int
    lapsed: int
    returns: int
    policy: Policy

    @classmethod
    def of(cls, ledger: Ledger) -> "Before":
        return cls(
            is_assigned=ledger.is_assigned,
            due_on=ledger.due_on,
            valid_through=ledger.valid_through,
            current=ledger.current,
            has_lapsed=ledger.has_lapsed,
            anchored=ledger.anchor is not None,
            cycles=len(ledger.cycles),
            lapsed=sum(line.closed_as is ClosedAs.LAPSED for line in ledger.cycles),
            returns=len(ledger.returns),
            policy=ledger.policy,
        )


def taken(
    before: Before, ledger: Ledger, event: Event, place: int, refusal: Refusal | None
) -> Iterator[Step]:
    if event.type in ABOUT_WORK and not before.cycles:
        return
    if event.type is EventType.POLICY:
        yield from _policy(before, ledger, event, place)
    elif refusal is not None and refusal is not Refusal.TOO_LITTLE_TIME:
        yield Step(event.on, "not_taken", place, {"reason": refusal.value})
    else:
        code, values = _told(before, ledger, event, place, refusal)
        yield Step(event.on, code, place, values)


def _policy(before: Before, ledger: Ledger, event: Event, place: int) -> Iterator[Step]:
    """Another policy, for who was assigned when it began."""
    if before.cycles and before.policy != ledger.policy:
        values = {
            "months": ledger.policy.active_months,
            "window_months": ledger.policy.window_months,
            "grace_days": ledger.policy.grace_days,
        }
        yield Step(event.on, "policy_changed", place, values)


def _told(
    before: Before, ledger: Ledger, event: Event, place: int, refusal: Refusal | None
) -> tuple[str, dict[str, Any]]:
    if event.type is EventType.ASSIGNED:
        return _assigned(before, ledger, event, refusal)
    if event.type in {EventType.COMPLETED, EventType.IMPORTED}:
        return _completed(before, ledger, event, place)
    due = {"due": ledger.due_on, "was": before.due_on}
    runs = before.current is not None and not before.has_lapsed
    through = ledger.valid_through
    told: dict[EventType, tuple[str, dict[str, Any]]] = {
        EventType.EXTENDED: ("extended", {"to": event.day, **due, "covers": runs}),
        EventType.LEAVE: ("leave", {"until": event.day}),
        EventType.UNASSIGNED: ("unassigned", {"through": through if runs else None}),
        EventType.DEACTIVATED: ("left_work", {}),
        EventType.REACTIVATED: ("came_back", moved(before, ledger)),
        EventType.REVOKED: ("revoked", {"completed_on": event.day, "through": through}),
    }
    return told.get(event.type, ("due_changed", due))


def _assigned(
    before: Before, ledger: Ledger, event: Event, refusal: Refusal | None
) -> tuple[str, dict[str, Any]]:
    values = {"due": ledger.due_on, "was": before.due_on, "asked": event.day}
    if refusal is not None:
        return "assigned_too_little_time", values
    if before.is_assigned:
        return ("due_changed" if ledger.due_on != before.due_on else "asked_once_more"), values
    if not before.cycles:
        return "assigned", values
    runs = before.current is not None and not before.has_lapsed
    if runs or (before.due_on is not None and ledger.due_on == before.due_on):
        return "dates_restored", {**values, "through": ledger.valid_through if runs else None}
    return "assigned_again", values


def _completed(
    before: Before, ledger: Ledger, event: Event, place: int
) -> tuple[str, dict[str, Any]]:
    imported = event.type is EventType.IMPORTED
    done = (event.day or event.on) if imported else event.on
    made = ledger.taken.get(place)
    if made is None:
        return "history", {"completed_on": done, "imported": imported}
    counts, basis = counted_from(before.current, before.due_on, made, before.policy, imported)
    if before.policy.basis is Basis.FIXED and before.anchored:
        counts, basis = "calendar", made.valid_through
    return "imported" if imported else "completed", {
        "completed_on": done,
        "through": made.valid_through,
        "covered_through": made.covered_through if made.grace_days else None,
        "counts": counts,
        "from": basis,
        "months": before.policy.active_months,
    }


def counted_from(
    current: Certification | None,
    due_on: date | None,
    made: Certification,
    policy: Policy,
    imported: bool,
) -> tuple[str, date | None]:
    """From which day validity was counted: (code, day), or ("stated", None).

    Checked by counting: what was frozen under other rules than these is not explained wrongly.
    """
    done = made.completed_on
    kept = current is not None and done <= current.valid_through
    candidates: list[tuple[str, date | None]] = []
    if policy.basis is Basis.EXPIRY and current is not None and kept:
        candidates.append(("anniversary", current.valid_through))
    in_time = due_on is not None and done <= due_on
    if policy.basis is Basis.EXPIRY and current is None and in_time and not imported:
        candidates.append(("due", due_on))
    candidates.append(("completion", done))
    for code, basis in candidates:
        if basis is not None and made.valid_through == add_months(
            basis, policy.active_months, remembered_day=made.remembered_day
        ):
            return code, basis
    return "stated", None


def moved(before: Before, ledger: Ledger) -> dict[str, Any]:
    """The due date after coming back, and the one before where that was another."""
    moved = ledger.due_on != before.due_on
    return {
        "due": ledger.due_on,
        "was": before.due_on if moved else None,
        "days": ledger.policy.leave_return_days if moved else None,
    }
