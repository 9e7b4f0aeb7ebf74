"""Playing a list of events through `simulate_policy`, and asking one thing of the answer.

Unless a test says otherwise: basis expiry, a year valid, a month's window, no grace.
"""

from typing import Any

from learning.rules.what_if import simulate

POLICY = {
    "basis": "expiry",
    "active_months": 12,
    "window_months": 1,
    "minimum_months": 6,
    "grace_days": 0,
    "evidence_max_age_days": 180,
    "leave_return_days": 30,
}
ASSIGNED = ("2026-01-05", "assigned", {"due": "2026-05-03"})
IN_TIME = ("2026-04-20", "completed", {})  # with ASSIGNED: valid through 2027-05-03
Given = tuple[str, str, dict[str, Any]]


def played(*events: Given, ask: str | list[str] = (), **policy: Any) -> dict[str, Any]:
    rows = [{"on": on, "type": kind} | more for on, kind, more in events]
    asked = [ask] if isinstance(ask, str) else list(ask)
    return simulate({"policy": POLICY | policy, "events": rows, "ask": asked})


def statuses(*events: Given, ask: list[str], **policy: Any) -> list[str]:
    return [state["status"] for state in played(*events, ask=ask, **policy)["states"]]


def covered(*events: Given, ask: list[str], **policy: Any) -> list[bool]:
    return [state["covered"] for state in played(*events, ask=ask, **policy)["states"]]


def state(*events: Given, ask: str, **policy: Any) -> tuple[str, bool, bool]:
    [found] = played(*events, ask=ask, **policy)["states"]
    return found["status"], found["covered"], found["in_denominator"]


def reasons(*events: Given, **policy: Any) -> list[tuple[int, str]]:
    return [(one["event"], one["reason"]) for one in played(*events, **policy)["refused"]]


def lines(*events: Given, ask: str | list[str] = (), **policy: Any) -> list[tuple[Any, ...]]:
    return [
        (line["path"], line["assigned_on"], line["window_opens"], line["due"], line["closed_as"])
        for line in played(*events, ask=ask, **policy)["cycles"]
    ]


def through(*events: Given, **policy: Any) -> str | None:
    found: str | None = played(*events, **policy)["certified_through"]
    return found
