"""What each fact does to the ledger: taken, taken in part, or refused by name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from learning.rules.certifying import (
    Anchor,
    Certification,
    first_certification,
    renewal,
    window_opens_on,
)
from learning.rules.events import DAY, ClosedAs, CycleLine, Event, EventType, Refusal, Refused
from learning.rules.ledger import Ledger


def take(ledger: Ledger, event: Event, place: int = 0) -> Refusal | None:
    """Let the days until the event pass and take it in; why not, where it is refused."""
    ledger.advance(event.on)
    reason = HANDLERS[event.type](ledger, event, place)
    if reason is not None:
        ledger.refused.append(Refused(place, reason))
    return reason


def _assign(ledger: Ledger, event: Event, _place: int) -> Refusal | None:
    if ledger.is_assigned:
        return _assign_once_more(ledger, event)
    ledger.is_assigned = True
    if _dates_run(ledger):
        if ledger.current is None or ledger.has_lapsed:
            ledger.open("refresher" if ledger.current else "onboarding", None)
        return None  # a window that is open opens by itself
    ledger.due_on, reason = _due_or_exception(ledger, event)
    ledger.anchor = ledger.anchor or _anchor(event.day)
    ledger.open("refresher" if ledger.certifications else "onboarding", None)
    return reason


def _assign_once_more(ledger: Ledger, event: Event) -> Refusal | None:
    """Several rules: the latest due date."""
    if ledger.current is not None or event.day is None:
        return None
    if ledger.due_on is not None:
        _move_first_due(ledger, max(ledger.due_on, event.day))
        return None
    due_on, reason = _due_or_exception(ledger, event)
    if due_on is not None:
        _move_first_due(ledger, due_on)
    return reason


def _dates_run(ledger: Ledger) -> bool:
    """Whether the dates of before still hold: being assigned again restores them."""
    if ledger.current is not None and not ledger.has_lapsed:
        return True
    return ledger.due_on is not None and ledger.today <= ledger.due_on


def _due_or_exception(ledger: Ledger, event: Event) -> tuple[date | None, Refusal | None]:
    if event.day is None or event.waived or event.day - event.on >= ledger.least_days:
        return event.day, None
    return None, Refusal.TOO_LITTLE_TIME


def _complete(ledger: Ledger, event: Event, place: int) -> Refusal | None:
    _certify(ledger, event, event.on, place, is_import=False)
    return None


def _certify(ledger: Ledger, event: Event, day: date, place: int, *, is_import: bool) -> None:
    current = ledger.current
    is_new = event.certification is None
    if is_new and current and _is_history(ledger, current, day, is_import=is_import):
        return
    made = event.certification or _certification(ledger, day, is_import=is_import)
    ledger.certifications.append(made)
    ledger.certifications.sort(key=lambda one: (one.valid_through, one.completed_on))
    ledger.taken[place] = made
    ledger.anchor = ledger.anchor or made.anchor
    cycle = _cycle_to_close(ledger, day)
    in_time = cycle.due_on is None or day <= cycle.due_on
    ledger.cycles[-1] = replace(
        cycle,
        completed_on=day,
        valid_through=made.valid_through,
        closed_as=ClosedAs.ON_TIME if in_time else ClosedAs.LATE,
        closed_on=ledger.today,
    )
    ledger.due_on = _next_due(ledger)


def _next_due(ledger: Ledger) -> date | None:
    """When what counts now ends; evidence that is over takes no time away from anybody."""
    through = ledger.valid_through
    if through is None or ledger.due_on is None or through >= ledger.today:
        return through
    return max(through, ledger.due_on)


def _is_history(ledger: Ledger, current: Certification, day: date, *, is_import: bool) -> bool:
    """Before the window it changes no date; in a period that is open it counts."""
    if not is_import and ledger.open_cycle is not None:
        return False
    return day < window_opens_on(current.valid_through, ledger.policy)


def _certification(ledger: Ledger, day: date, *, is_import: bool) -> Certification:
    """Being unassigned changes no date: assigned again, it is as if it had not been."""
    if ledger.current is not None:
        return renewal(day, current=ledger.current, anchor=ledger.anchor, policy=ledger.policy)
    return first_certification(
        day,
        due_on=ledger.due_on,
        anchor=ledger.anchor,
        policy=ledger.policy,
        is_import=is_import,
    )


def _cycle_to_close(ledger: Ledger, day: date) -> CycleLine:
    """The open period; who is not assigned gets a line for what they did all the same."""
    if ledger.open_cycle is None:
        renews = len(ledger.certifications) > 1
        ledger.open("refresher" if renews else "onboarding", None)
        due_on = ledger.due_on if ledger.is_assigned else None
        ledger.cycles[-1] = replace(ledger.cycles[-1], assigned_on=day, due_on=due_on)
    return ledger.cycles[-1]


def _import(ledger: Ledger, event: Event, place: int) -> Refusal | None:
    day = event.day or event.on
    if event.certification is not None:
        _certify(ledger, event, day, place, is_import=True)
        return None
    if day > event.on:
        return Refusal.COMPLETED_IN_THE_FUTURE
    age = (event.on - day).days
    if age > ledger.policy.evidence_max_age_days and not event.waived:
        return Refusal.EVIDENCE_TOO_OLD
    if any(day <= one.completed_on for one in ledger.certifications):
        return None
    _certify(ledger, event, day, place, is_import=True)
    return None


def _extend(ledger: Ledger, event: Event, _place: int) -> Refusal | None:
    if not ledger.is_assigned:
        return Refusal.NOT_ASSIGNED
    if event.day is None or event.day < event.on:
        return Refusal.EXTENSION_IN_THE_PAST
    if ledger.due_on is not None and event.day < ledger.due_on:
        return Refusal.EXTENSION_BEFORE_DUE
    if ledger.certifications:
        ledger.extended_to = max(event.day, ledger.extended_to or event.day)
    ledger.set_due(event.day)
    return None


def _go_on_leave(ledger: Ledger, event: Event, _place: int) -> Refusal | None:
    if event.day is not None and event.day < event.on:
        return Refusal.LEAVE_ENDS_BEFORE_IT_STARTS
    ledger.leaves.append((event.on, event.day))
    if event.day is not None:
        ledger.returns = sorted([*ledger.returns, event.day + DAY])
    return None


def _unassign(ledger: Ledger, _event: Event, _place: int) -> Refusal | None:
    if not ledger.is_assigned:
        return Refusal.NOT_ASSIGNED
    ledger.is_assigned = False
    ledger.close(ClosedAs.UNASSIGNED)
    return None


def _deactivate(ledger: Ledger, _event: Event, _place: int) -> Refusal | None:
    ledger.is_active = False
    return None


def _reactivate(ledger: Ledger, _event: Event, _place: int) -> Refusal | None:
    if not ledger.is_active:
        ledger.is_active = True
        if not ledger.on_leave(ledger.today):
            ledger.give_time_from(ledger.today)
    return None


def _follow_policy(ledger: Ledger, event: Event, _place: int) -> Refusal | None:
    ledger.policy = event.policy or ledger.policy
    return None


def _change_due(ledger: Ledger, event: Event, _place: int) -> Refusal | None:
    if not ledger.is_assigned:
        return Refusal.NOT_ASSIGNED
    if event.day is None or (ledger.due_on is not None and event.day < ledger.due_on):
        return Refusal.DUE_DATE_EARLIER
    if ledger.due_on is None and event.day < event.on and not event.waived:
        return Refusal.TOO_LITTLE_TIME
    if ledger.current is None:
        _move_first_due(ledger, event.day)
    else:
        ledger.set_due(event.day)
    return None


def _move_first_due(ledger: Ledger, due_on: date) -> None:
    """The calendar of *fixed* stays: somebody's own date moves nobody off the campaign."""
    ledger.anchor = ledger.anchor or _anchor(due_on)
    ledger.set_due(due_on)


def _anchor(due_on: date | None) -> Anchor | None:
    return None if due_on is None else Anchor(due_on, due_on.day)


def _revoke(ledger: Ledger, event: Event, _place: int) -> Refusal | None:
    """A completion no longer counts from this day on; what was before stays as it was."""
    kept = [one for one in ledger.certifications if one.completed_on != event.day]
    if len(kept) == len(ledger.certifications):
        return Refusal.NOTHING_TO_REVOKE
    was_current = not kept or kept[-1] != ledger.current
    ledger.certifications = kept
    if was_current:
        ledger.close(ClosedAs.LAPSED)
        ledger.extended_to = None
        ledger.due_on = kept[-1].valid_through if kept else None
        if ledger.is_assigned and (not kept or ledger.has_lapsed):
            ledger.open("refresher" if kept else "onboarding", None)
    return None


Handler = Callable[[Ledger, Event, int], Refusal | None]
HANDLERS: dict[EventType, Handler] = {
    EventType.ASSIGNED: _assign,
    EventType.COMPLETED: _complete,
    EventType.IMPORTED: _import,
    EventType.EXTENDED: _extend,
    EventType.LEAVE: _go_on_leave,
    EventType.UNASSIGNED: _unassign,
    EventType.DEACTIVATED: _deactivate,
    EventType.REACTIVATED: _reactivate,
    EventType.DUE_CHANGED: _change_due,
    EventType.REVOKED: _revoke,
    EventType.POLICY: _follow_policy,
}
