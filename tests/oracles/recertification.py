"""Recertification once more: every calendar day in turn, one person, plain dictionaries.

Written from the text of the rules (docs/recertification.md), not from `learning.rules`; slow and
simple on purpose. Takes and gives what `simulate_policy` takes and gives; expects usable input.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

SHORTEST_NOTICE = 14  # days
DAY = timedelta(days=1)


def months_on(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def local_day(text: str) -> date:
    if len(text) == len("2026-01-01"):
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).astimezone(ZoneInfo("Europe/Amsterdam")).date()


def covered_through(certificate: dict[str, Any]) -> date:
    through: date = certificate["through"] + timedelta(days=certificate["grace_days"])
    return through


class Person:
    def __init__(self, policy: dict[str, Any]) -> None:
        self.policy = policy
        self.assigned = False
        self.employed = True
        self.leaves: list[tuple[date, date]] = []
        self.due: date | None = None  # remembered while not assigned
        self.today = date.min
        self.first_due: date | None = None  # where the calendar of *fixed* begins
        self.certificate: dict[str, Any] | None = None
        self.lines: list[dict[str, Any]] = []
        self.refused: list[dict[str, Any]] = []
        self.imports: list[dict[str, Any]] = []

    # What holds

    @property
    def line(self) -> dict[str, Any] | None:
        return self.lines[-1] if self.lines and self.lines[-1]["closed_as"] is None else None

    def on_leave(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.leaves)

    def is_over(self, day: date) -> bool:
        """Certification, extension and grace have all passed."""
        return self.certificate is not None and day > covered_through(self.certificate)

    # Lines

    def open_line(self, day: date, opens: date | None, path: str) -> None:
        self.lines.append(
            {"number": len(self.lines) + 1, "path": path, "assigned_on": day}
            | {"window_opens": opens, "due": self.due}
            | {"completed_on": None, "valid_through": None, "closed_as": None}
        )

    def move_due(self, day: date) -> None:
        """Later only."""
        if self.due is None or day > self.due:
            self.due = day
            if self.line:
                self.line["due"] = day

    def move_first_due(self, day: date) -> None:
        self.first_due = self.first_due or day
        self.move_due(day)

    def live(self, day: date, events: list[tuple[int, dict[str, Any]]]) -> None:
        self.today = day
        self.come_back_from_leave(day)
        self.lapse(day)
        self.open_window(day)
        for index, event in events:
            reason = getattr(self, "take_" + event["type"])(day, event)
            if reason:
                self.refused.append({"event": index, "reason": reason})
            self.open_window(day)  # one that is open already shows at once

    def come_back_from_leave(self, day: date) -> None:
        if self.on_leave(day - DAY) and not self.on_leave(day) and self.employed:
            self.give_time_after_return(day)

    def give_time_after_return(self, day: date) -> None:
        if self.due is not None:
            self.move_due(day + timedelta(days=self.policy["leave_return_days"]))

    def lapse(self, day: date) -> None:
        if self.line and self.line["window_opens"] and self.is_over(day):
            self.line["closed_as"] = "lapsed"
            self.open_line(day, None, "refresher")

    def open_window(self, day: date) -> None:
        if self.assigned and self.certificate and not self.line:
            opens = self.certificate["window_opens"]
            if day >= opens:
                self.open_line(day, None if self.is_over(day) else opens, "refresher")

    # Events: each returns why it was refused

    def take_assigned(  # noqa: PLR0911 - one way out for each sentence of the rule
        self, day: date, event: dict[str, Any]
    ) -> str | None:
        due = local_day(event["due"]) if event.get("due") else None
        is_near = due is not None and (due - day).days < SHORTEST_NOTICE
        if self.assigned:
            if self.certificate or due is None:
                return None
            if self.due is None and is_near:
                return "TOO_LITTLE_TIME"
            self.move_first_due(due)
            return None
        self.assigned = True
        if self.certificate:
            if not self.is_over(day):
                return None
            if self.due is not None and day <= self.due:
                self.open_line(day, None, "refresher")
                return None
        elif self.due is not None and day <= self.due:
            self.open_line(day, None, "onboarding")
            return None
        self.due = None if is_near else due
        self.first_due = self.first_due or due
        self.open_line(day, None, "refresher" if self.certificate else "onboarding")
        return "TOO_LITTLE_TIME" if is_near else None

    def take_unassigned(self, day: date, event: dict[str, Any]) -> str | None:
        if not self.assigned:
            return "NOT_ASSIGNED"
        if self.line:
            self.line["closed_as"] = "unassigned"
        self.assigned = False
        return None

    def take_completed(self, day: date, event: dict[str, Any]) -> str | None:
        if self.certificate is None or day >= self.certificate["window_opens"]:
            self.certify(day, imported=False)
        return None

    def take_imported(self, day: date, event: dict[str, Any]) -> str | None:
        done, current = local_day(event["completed_on"]), self.certificate
        if done > day:
            return "COMPLETED_IN_THE_FUTURE"
        if (day - done).days > self.policy["evidence_max_age_days"]:
            return "EVIDENCE_TOO_OLD"
        if current and (done < current["window_opens"] or done <= current["completed_on"]):
            return None
        self.certify(done, imported=True)
        made = dict(self.certificate or {})
        made["through"] = made["valid_through"]  # without extensions, which count from their day
        self.imports.append({"from": done, "on": day, "certificate": made})
        return None

    def take_extended(self, day: date, event: dict[str, Any]) -> str | None:
        to = local_day(event["to"])
        if not self.assigned:
            return "NOT_ASSIGNED"
        if to < day:
            return "EXTENSION_IN_THE_PAST"
        if self.due is not None and to < self.due:
            return "EXTENSION_BEFORE_DUE"
        self.move_due(to)
        if self.certificate:
            self.certificate["through"] = max(to, self.certificate["through"])
        return None

    def take_leave(self, day: date, event: dict[str, Any]) -> str | None:
        until = local_day(event["until"])
        if until < day:
            return "LEAVE_ENDS_BEFORE_IT_STARTS"
        self.leaves.append((day, until))
        return None

    def take_deactivated(self, day: date, event: dict[str, Any]) -> str | None:
        self.employed = False
        return None

    def take_reactivated(self, day: date, event: dict[str, Any]) -> str | None:
        if not self.employed:
            self.employed = True
            if not self.on_leave(day):
                self.give_time_after_return(day)
        return None

    def take_due_changed(self, day: date, event: dict[str, Any]) -> str | None:
        due = local_day(event["due"])
        if not self.assigned:
            return "NOT_ASSIGNED"
        if self.due is not None and due < self.due:
            return "DUE_DATE_EARLIER"
        if self.due is None and due < day:
            return "TOO_LITTLE_TIME"
        if self.certificate:
            self.move_due(due)
        else:
            self.move_first_due(due)
        return None

    # Certification

    def certify(self, done: date, *, imported: bool) -> None:
        current = self.certificate
        base, months = self.counted_from(done, imported)
        valid = months_on(base, months)
        self.certificate = {
            "completed_on": done,
            "base": base,
            "months": months,
            "valid_through": valid,
            "through": max(valid, current["through"]) if current else valid,
            "grace_days": self.policy["grace_days"],
            "window_opens": months_on(valid, -self.policy["window_months"]),
        }
        if self.line is None:  # not assigned: nothing was asked, so nothing is late
            self.open_line(done, None, "refresher" if current else "onboarding")
            self.lines[-1]["due"] = None
        due = self.lines[-1]["due"]
        closed_as = "late" if due is not None and done > due else "on_time"
        self.lines[-1] |= {"completed_on": done, "valid_through": valid, "closed_as": closed_as}
        through = self.certificate["through"]
        is_over = through < self.today
        self.due = max(through, self.due) if is_over and self.due is not None else through

    def counted_from(self, done: date, imported: bool) -> tuple[date, int]:
        """A day and the months to add to it; from the same day each time, so that it comes back."""
        current, active = self.certificate, self.policy["active_months"]
        if self.policy["basis"] == "fixed":
            return self.on_the_calendar(done)
        if self.policy["basis"] == "completion":
            return done, active
        if current:
            is_in_time = done <= current["valid_through"]
            return (current["base"], current["months"] + active) if is_in_time else (done, active)
        if self.due is not None and done <= self.due and not imported:
            return self.due, active
        return done, active

    def on_the_calendar(self, done: date) -> tuple[date, int]:
        active, current = self.policy["active_months"], self.certificate
        if self.first_due is None:
            self.first_due = done  # one period before the expiry with which the calendar begins
            return done, active
        months = 0
        while True:
            day = months_on(self.first_due, months)
            is_enough = day >= months_on(done, self.policy["minimum_months"])
            if is_enough and (current is None or day > current["valid_through"]):
                return self.first_due, months
            months += active

    # Questions

    def state(self, day: date) -> dict[str, Any]:
        certificate = self.certificate
        covered = certificate is not None and day <= covered_through(certificate)
        counts = self.assigned and self.employed and not self.on_leave(day)
        return {
            "on": day.isoformat(),
            "status": self.status(day),
            "covered": covered,
            "in_denominator": counts,
        }

    def status(self, day: date) -> str:
        if not self.employed:
            return "inactive"
        if not self.assigned:
            return "unassigned"
        if self.on_leave(day):
            return "on_leave"
        return self.standing(day)

    def standing(self, day: date) -> str:
        if self.certificate is None:
            return "overdue" if self.due is not None and day > self.due else "assigned"
        if self.is_over(day):
            return "expired"
        if day > self.certificate["through"]:
            return "overdue"
        return "window_open" if day >= self.certificate["window_opens"] else "certified"


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _live_through(data: dict[str, Any], first: date, last: date) -> Person:
    of_day: dict[date, list[tuple[int, dict[str, Any]]]] = {}
    for index, event in enumerate(data["events"]):
        of_day.setdefault(local_day(event["on"]), []).append((index, event))
    person, day = Person(data["policy"]), first
    while day <= last:
        person.live(day, of_day.get(day, []))
        day += DAY
    return person


def simulate(data: dict[str, Any]) -> dict[str, Any]:
    asked = [local_day(day) for day in data["ask"]]
    days = [*(local_day(event["on"]) for event in data["events"]), *asked]
    first, last = min(days), max(days)
    person = _live_through(data, first, last)
    assigned, certificate = person.assigned, person.certificate
    return {
        "certified_through": _iso(certificate["through"]) if certificate else None,
        "window_opens": _iso(certificate["window_opens"]) if certificate and assigned else None,
        "due": _iso(person.due) if assigned else None,
        "refused": sorted(person.refused, key=lambda one: one["event"]),
        "cycles": [{key: _iso(value) for key, value in line.items()} for line in person.lines],
        "states": [_state(data, first, day, person.imports) for day in asked],
    }


def _state(
    data: dict[str, Any], first: date, day: date, imports: list[dict[str, Any]]
) -> dict[str, Any]:
    """As it was, knowing also what was imported later."""
    then = _live_through(data, first, day)
    for late in imports:
        if late["from"] <= day < late["on"]:
            known = then.certificate
            then.certificate = dict(late["certificate"])
            if known:
                through = max(then.certificate["through"], known["through"])
                then.certificate["through"] = through
    return then.state(day)
