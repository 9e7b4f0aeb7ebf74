"""When a due date asks for a reminder: the rungs of a ladder, counted in days from that date.

Negative days lie before the due date, positive ones after it. Escalations are rungs of their own
for other people. Rules: docs/reminders.md.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

MANAGER = "manager"
FOCAL_PERSON = "focal_person"


@dataclass(frozen=True, slots=True)
class Ladder:
    """The days of a policy; no number of days for a role means: that role is never told."""

    days: tuple[int, ...]
    manager_after: int | None = None
    focal_person_after: int | None = None

    def after(self, role: str) -> int | None:
        return {MANAGER: self.manager_after, FOCAL_PERSON: self.focal_person_after}.get(role)


@dataclass(frozen=True, slots=True)
class Rung:
    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Reached:
    """The rung to mail, and the older ones whose place it takes."""

    rung: Rung
    superseded: tuple[Rung, ...] = ()


def name_of(days: int) -> str:
    """`-30`, `+0`, `+14`."""
    return f"{days:+d}"


def rungs(ladder: Ladder, due_on: date) -> list[Rung]:
    """Those of the person, in order of their day."""
    return [Rung(name_of(days), due_on + timedelta(days)) for days in sorted(set(ladder.days))]


def newly_reached(
    ladder: Ladder, *, due_on: date, day: date, since: date, done: Collection[str] = ()
) -> Reached | None:
    """What is to be mailed on the day: the latest rung, unless that was done.

    After an outage the older rungs are skipped. A rung from before `since`, when the due date did
    not exist yet, is never reached.
    """
    past = [rung for rung in rungs(ladder, due_on) if since <= rung.on <= day]
    if not past or past[-1].name in done:
        return None
    return Reached(past[-1], tuple(rung for rung in past[:-1] if rung.name not in done))


def escalated(ladder: Ladder, role: str, *, due_on: date, day: date, since: date) -> Rung | None:
    """The rung for another's role, if it is reached."""
    after = ladder.after(role)
    if after is None:
        return None
    rung = Rung(role, due_on + timedelta(after))
    return rung if since <= rung.on <= day else None


def latest_due_dates(ladder: Ladder, day: date) -> list[tuple[str, date]]:
    """Each rung with the last due date that has reached it on the day, the latest rung first.

    The latest rung of a due date is the first in the list that it has reached.
    """
    return [
        (name_of(days), day - timedelta(days)) for days in sorted(set(ladder.days), reverse=True)
    ]
