"""What may be written down as the count of a month, and what is asked about twice.

A blank is never a zero: every cell has a status, and only a counted number or a confirmed zero
has a value. Source: DESIGN 3.5.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from analytics.rules.indicators import EXPOSURE, NEVER_ABOVE, SELDOM_ABOVE, Indicator

HIGHEST = 999_999
LONGEST = 40  # characters; more is no count but a paste


class Status(StrEnum):
    """What is known about one number of one month."""

    COUNTED = "counted"
    CONFIRMED_ZERO = "confirmed_zero"
    NOT_COUNTED = "not_counted"
    NOT_YET_KNOWN = "not_yet_known"
    NOT_APPLICABLE = "not_applicable"


KNOWN = frozenset({Status.COUNTED, Status.CONFIRMED_ZERO})


@dataclass(frozen=True)
class Cell:
    """One indicator in one month. `value` is there if, and only if, the status says it is known."""

    status: Status
    value: int | None = None

    @property
    def is_settled(self) -> bool:
        """Nothing more is to be filled in."""
        return self.status is not Status.NOT_YET_KNOWN


class Fault(StrEnum):
    """Why a cell is refused."""

    TOO_LONG = "too_long"
    NEGATIVE = "negative"
    GROUPED = "grouped"
    FRACTION = "fraction"
    OTHER_DIGITS = "other_digits"
    NOT_A_NUMBER = "not_a_number"
    TOO_LARGE = "too_large"
    VALUE_MISSING = "value_missing"
    VALUE_WITHOUT_COUNT = "value_without_count"
    ZERO_NOT_CONFIRMED = "zero_not_confirmed"
    NOT_ZERO = "not_zero"
    STATUS_UNKNOWN = "status_unknown"
    STATUS_MISSING = "status_missing"
    ABOVE_CLIENTS = "above_clients"


class CountRefused(ValueError):
    """What was typed is no count; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


SHAPES = (
    (Fault.NEGATIVE, re.compile(r"[-−–]\s*[0-9][0-9.,]*", re.ASCII)),
    (Fault.GROUPED, re.compile(r"[0-9]{1,3}([., '’][0-9]{3})+", re.ASCII)),
    (Fault.FRACTION, re.compile(r"[0-9]*[.,][0-9]+", re.ASCII)),
)


def parse_count(text: str) -> int | None:
    """A whole number in the digits 0 to 9, or None for a blank. Raises CountRefused.

    `1.000` is refused, not guessed at: it is a thousand to one reader and one to another.
    """
    if len(text) > LONGEST:
        raise CountRefused(Fault.TOO_LONG)
    typed = text.strip(" \t\r\n\u00a0\u202f")
    if not typed:
        return None
    if not re.fullmatch(r"[0-9]+", typed, re.ASCII):
        raise CountRefused(_fault_of_text(typed))
    if int(typed) > HIGHEST:
        raise CountRefused(Fault.TOO_LARGE)
    return int(typed)


def _fault_of_text(typed: str) -> Fault:
    for fault, shape in SHAPES:
        if shape.fullmatch(typed):
            return fault
    if any(mark.isdigit() and not mark.isascii() for mark in typed):
        return Fault.OTHER_DIGITS
    return Fault.NOT_A_NUMBER


def read_cell(*, value: str, status: str) -> Cell | None:
    """What was typed and chosen for one indicator; None when both are blank.

    A number without a status is a count. Raises CountRefused.
    """
    number = parse_count(value)
    if status and status not in set(Status):
        raise CountRefused(Fault.STATUS_UNKNOWN)
    if not status and number is None:
        return None
    return _checked(Cell(Status(status or Status.COUNTED), number))


def _checked(cell: Cell) -> Cell:
    if cell.status is Status.CONFIRMED_ZERO:
        if cell.value:
            raise CountRefused(Fault.NOT_ZERO)
        return Cell(Status.CONFIRMED_ZERO, 0)
    if cell.status is Status.COUNTED:
        if cell.value is None:
            raise CountRefused(Fault.VALUE_MISSING)
        if cell.value == 0:
            raise CountRefused(Fault.ZERO_NOT_CONFIRMED)
    elif cell.value is not None:
        raise CountRefused(Fault.VALUE_WITHOUT_COUNT)
    return cell


def faults_between(cells: Mapping[Indicator, Cell]) -> dict[Indicator, Fault]:
    """Hard rules that hold between the numbers of one month; what is unknown breaks none."""
    return {
        part: Fault.ABOVE_CLIENTS
        for part, whole in NEVER_ABOVE
        if _is_above(cells.get(part), cells.get(whole))
    }


def _is_above(part: Cell | None, whole: Cell | None) -> bool:
    if part is None or whole is None or part.value is None or whole.value is None:
        return False
    return part.value > whole.value


@dataclass(frozen=True)
class Doubt:
    """Something that may be true but is worth a second look."""

    indicator: Indicator
    compared_with: Indicator
    value: int
    other: int

    @property
    def code(self) -> str:
        """What the person confirms: other numbers ask anew."""
        return f"{self.indicator}-{self.compared_with}-{self.value}-{self.other}"


def doubts_about(
    cells: Mapping[Indicator, Cell], *, month_before: Mapping[Indicator, Cell]
) -> tuple[Doubt, ...]:
    """What to ask about before saving. The numbers may well be right."""
    found = [
        Doubt(part, whole, cells[part].value or 0, cells[whole].value or 0)
        for part, whole in SELDOM_ABOVE
        if _is_above(cells.get(part), cells.get(whole))
    ]
    now, before = cells.get(EXPOSURE), month_before.get(EXPOSURE)
    if now and before and _differs_much(now.value, before.value):
        found.append(Doubt(EXPOSURE, EXPOSURE, now.value or 0, before.value or 0))
    return tuple(found)


def _differs_much(now: int | None, before: int | None) -> bool:
    """Twice or half of the month before, and by at least 20: more likely a slip of the keys."""
    if now is None or before is None:
        return False
    low, high = sorted((now, before))
    return high >= 2 * low and high - low >= 20
