"""A policy and a list of events in, dates and states out: what `simulate_policy` answers.

Plain dictionaries, so that a file, a page and a test all ask the same. Touches no data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from reprlib import Repr
from typing import Any
from zoneinfo import ZoneInfo

from learning.rules.events import LEAST_DAYS_TO_FINISH, CycleLine, Event, EventType
from learning.rules.policy import Basis, Policy
from learning.rules.replay import replay, states

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SHORTLY = Repr()  # what was typed, for a message
SHORTLY.maxstring = 60
# The key that holds an event's day, and whether it may be absent or null.
DAY_OF: dict[EventType, tuple[str, bool]] = {
    EventType.ASSIGNED: ("due", True),
    EventType.IMPORTED: ("completed_on", False),
    EventType.EXTENDED: ("to", False),
    EventType.LEAVE: ("until", True),
    EventType.DUE_CHANGED: ("due", False),
    EventType.REVOKED: ("completed_on", False),
}


class UnusableError(ValueError):
    """The question cannot be read; the text says where and what to do."""


def simulate(
    question: object, *, least_days_to_finish: int = LEAST_DAYS_TO_FINISH
) -> dict[str, Any]:
    """Answer a question of the form in docs/recertification.md. Raises `UnusableError`."""
    asked = _mapping(question, "the file")
    if missing := [key for key in ("policy", "events") if key not in asked]:
        raise UnusableError(f"{' and '.join(missing)} missing: see docs/recertification.md.")
    policy = _policy(asked["policy"])
    events = [_event(row, place) for place, row in enumerate(_list(asked, "events"))]
    days = [_day(value, f"ask[{place}]") for place, value in enumerate(_list(asked, "ask"))]
    last = max([event.on for event in events] + days, default=None)
    if last is None:
        raise UnusableError("Nothing to answer: give at least one event or one day to ask.")
    ledger = replay(events, policy=policy, until=last, least_days_to_finish=least_days_to_finish)
    dates = ledger.dates
    return {
        "certified_through": _iso(dates.certified_through),
        "window_opens": _iso(dates.window_opens_on if dates.is_assigned else None),
        "due": _iso(dates.due_on if dates.is_assigned else None),
        "refused": [
            {"event": one.event, "reason": str(one.reason)}
            for one in sorted(ledger.refused, key=lambda one: one.event)
        ],
        "cycles": [_cycle(line) for line in ledger.cycles],
        "states": [
            {
                "on": day.isoformat(),
                "status": str(standing.status),
                "covered": standing.covered,
                "in_denominator": standing.in_denominator,
            }
            for day, standing in states(
                events, policy=policy, days=days, least_days_to_finish=least_days_to_finish
            )
        ],
    }


def policy_as_json(policy: Policy) -> dict[str, Any]:
    return {
        name: str(value) if name == "basis" else value for name, value in asdict(policy).items()
    }


def _policy(given: object) -> Policy:
    numbers = dict(_mapping(given, "policy"))
    known = {field.name for field in fields(Policy)}
    if unknown := sorted(set(numbers) - known):
        raise UnusableError(f"policy: unknown {SHORTLY.repr(unknown)}; known are {sorted(known)}.")
    for name, value in numbers.items():
        if name != "basis" and (not isinstance(value, int) or isinstance(value, bool)):
            raise UnusableError(f"policy.{name} must be a whole number.")
    try:
        numbers["basis"] = Basis(numbers.get("basis", Basis.EXPIRY))
        return Policy(**numbers)
    except ValueError as fault:
        raise UnusableError(f"policy: {fault}.") from None


def _event(given: object, place: int) -> Event:
    where = f"events[{place}]"
    row = _mapping(given, where)
    try:
        type_ = EventType(str(row.get("type")))
    except ValueError:
        type_ = EventType.POLICY
    if type_ is EventType.POLICY:
        raise UnusableError(f"{where}.type: unknown type {SHORTLY.repr(row.get('type'))}.")
    if "on" not in row:
        raise UnusableError(f"{where}.on is missing: give a date, such as 2026-05-03.")
    key, may_be_absent = DAY_OF.get(type_, ("", True))
    value = row.get(key)
    if value is None and not may_be_absent:
        raise UnusableError(f"{where}.{key} is missing: an event of type {type_} needs it.")
    day = None if value is None else _day(value, f"{where}.{key}")
    return Event(on=_day(row["on"], f"{where}.on"), type=type_, day=day)


def _day(value: object, where: str) -> date:
    """A date, or a moment with an offset read as the calendar day in Amsterdam."""
    if not isinstance(value, str):
        raise UnusableError(f"{where}: give a date as text, such as 2026-05-03.")
    try:
        day = _read_day(value)
    except (ValueError, OverflowError):
        raise UnusableError(
            f"{where}: {SHORTLY.repr(value)} is not a date (2026-05-03) or a moment with an offset "
            "(2026-05-03T23:30:00+02:00)."
        ) from None
    if not 1900 <= day.year <= 2200:
        raise UnusableError(f"{where}: {value!r} is not between 1900 and 2200.")
    return day


def _read_day(value: str) -> date:
    if len(value) == 10:
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment.astimezone(AMSTERDAM).date()


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise UnusableError(f"{where} must be an object with names and values.")
    return value


def _list(asked: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = asked.get(key, [])
    if not isinstance(value, list):
        raise UnusableError(f"{key} must be a list.")
    return value


def _cycle(line: CycleLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "path": line.path,
        "assigned_on": line.assigned_on.isoformat(),
        "window_opens": _iso(line.window_opens_on),
        "due": _iso(line.due_on),
        "completed_on": _iso(line.completed_on),
        "valid_through": _iso(line.valid_through),
        "closed_as": line.closed_as and str(line.closed_as),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
