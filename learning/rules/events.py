"""The dated facts that decide when training is due, and the periods that follow from them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from learning.rules.certifying import Certification
from learning.rules.policy import Policy

DAY = timedelta(days=1)
LEAST_DAYS_TO_FINISH = 14


class EventType(StrEnum):
    """What may happen. `Event.day` is in brackets."""

    ASSIGNED = "assigned"  # (due on; null: no due date)
    COMPLETED = "completed"
    IMPORTED = "imported"  # (completed on)
    EXTENDED = "extended"  # (to)
    LEAVE = "leave"  # (until, the last day; null: not known yet)
    UNASSIGNED = "unassigned"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    DUE_CHANGED = "due_changed"  # (due on)
    REVOKED = "revoked"  # (the day of the completion that no longer counts)
    POLICY = "policy"  # from this day another policy holds; never in a file


class Refusal(StrEnum):
    """Why an event changed nothing, or not all that it asked."""

    TOO_LITTLE_TIME = "TOO_LITTLE_TIME"
    EVIDENCE_TOO_OLD = "EVIDENCE_TOO_OLD"
    COMPLETED_IN_THE_FUTURE = "COMPLETED_IN_THE_FUTURE"
    EXTENSION_IN_THE_PAST = "EXTENSION_IN_THE_PAST"
    EXTENSION_BEFORE_DUE = "EXTENSION_BEFORE_DUE"
    DUE_DATE_EARLIER = "DUE_DATE_EARLIER"
    NOT_ASSIGNED = "NOT_ASSIGNED"
    LEAVE_ENDS_BEFORE_IT_STARTS = "LEAVE_ENDS_BEFORE_IT_STARTS"
    NOTHING_TO_REVOKE = "NOTHING_TO_REVOKE"


@dataclass(frozen=True, slots=True)
class Event:
    """One dated fact. `certification` is what was frozen when a completion was recorded.

    `waived` says that a coordinator decided to take evidence that is too old, or a due date that
    is near.
    """

    on: date
    type: EventType
    day: date | None = None
    certification: Certification | None = None
    waived: bool = False
    policy: Policy | None = None


class ClosedAs(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"
    LAPSED = "lapsed"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class CycleLine:
    """One period. Closed once; what comes after is a new line."""

    number: int
    path: str  # onboarding or refresher
    assigned_on: date
    window_opens_on: date | None
    due_on: date | None
    completed_on: date | None = None
    valid_through: date | None = None
    closed_as: ClosedAs | None = None
    closed_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_as is None


@dataclass(frozen=True, slots=True)
class Refused:
    event: int  # its place in the events that were given
    reason: Refusal
