"""Reading a file of training that was completed elsewhere, and telling what is wrong with it.

Plain and whole: the same bytes give the same rows and faults. Who and what the rows are about is
looked up later.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from io import StringIO

CLOSE = timedelta(days=14)  # two imports within so many days: one may be a mistake
LONGEST_EMAIL, LONGEST_TITLE = 254, 120
DUTCH_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class Column(StrEnum):
    EMAIL = "email"
    PROGRAMME = "programme"
    COMPLETED_ON = "completed_on"
    EVIDENCE = "evidence"


class Fault(StrEnum):
    """What is wrong with a row, and with which column."""

    EMAIL_MISSING = "email_missing"
    EMAIL_INVALID = "email_invalid"
    PROGRAMME_MISSING = "programme_missing"
    DAY_MISSING = "day_missing"
    DAY_INVALID = "day_invalid"
    DAY_NOT_THERE = "day_not_there"
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_UNKNOWN = "evidence_unknown"


class Unusable(StrEnum):
    """Why a file cannot be read at all."""

    EMPTY = "empty"
    NOT_TEXT = "not_text"
    NO_HEADER = "no_header"
    TOO_MANY_ROWS = "too_many_rows"
    BROKEN_QUOTES = "broken_quotes"


class UnusableFile(Exception):
    def __init__(self, reason: Unusable, columns: tuple[Column, ...] = ()) -> None:
        self.reason, self.columns = reason, columns
        super().__init__(str(reason))


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One line. `number` is the line as a spreadsheet counts it, the header being 1."""

    number: int
    email: str
    programme: str
    completed_on: date
    evidence: str


@dataclass(frozen=True, slots=True)
class FaultyRow:
    number: int
    fault: Fault
    email: str = ""
    programme: str = ""


@dataclass(frozen=True)
class EvidenceFile:
    rows: tuple[EvidenceRow, ...]
    faulty: tuple[FaultyRow, ...]


NAMES = {
    Column.EMAIL: {"email", "emailadres", "emailaddress", "mail", "mailadres"},
    Column.PROGRAMME: {"programme", "program", "programma", "leerlijn", "opleiding", "titel"}
    | {"programmetitle", "titelvandeleerlijn"},
    Column.COMPLETED_ON: {"completedon", "completed", "afgerondop", "afgerond", "datum", "date"},
    Column.EVIDENCE: {"evidence", "bewijs", "bewijsstuk"},
}
KINDS = {
    "certificaat": "certificate",
    "certificate": "certificate",
    "presentielijst": "attendance",
    "attendance": "attendance",
    "attendancelist": "attendance",
    "lms": "lms",
}


def read(content: bytes, *, most_rows: int) -> EvidenceFile:
    """Raises `UnusableFile` where nothing in it can be used."""
    lines = _lines(_decoded(content))
    header = next(lines, None)
    if header is None:
        raise UnusableFile(Unusable.EMPTY)
    places = _places(header[1])
    rows: list[EvidenceRow] = []
    faulty: list[FaultyRow] = []
    for number, cells in lines:
        if len(rows) + len(faulty) == most_rows:
            raise UnusableFile(Unusable.TOO_MANY_ROWS)
        found = _row(number, {column: _cell(cells, place) for column, place in places.items()})
        if isinstance(found, EvidenceRow):
            rows.append(found)
        else:
            faulty.append(found)
    if not rows and not faulty:
        raise UnusableFile(Unusable.EMPTY)
    return EvidenceFile(tuple(rows), tuple(faulty))


def day_of(text: str) -> date | None:
    """`2026-05-03` or `3-5-2026`; None for anything else, two-digit years included."""
    if match := ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := DUTCH_DAY.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_written(text: str) -> bool:
    """Whether a day is written as we ask, also one that does not exist, like 29-2-2026."""
    return bool(ISO_DAY.fullmatch(text) or DUTCH_DAY.fullmatch(text))


def _decoded(content: bytes) -> str:
    """UTF-8, with or without its mark, or what Excel in the Netherlands writes otherwise."""
    if b"\x00" in content:
        raise UnusableFile(Unusable.NOT_TEXT)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnusableFile(Unusable.NOT_TEXT)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines with their number; empty ones are left out. `sep=;` is Excel's own, not ours."""
    begun = text.lstrip("\r\n ")
    first = begun.splitlines()[0] if begun else ""
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("sep="):
                yield reader.line_num, cells
    except csv.Error as broken:
        raise UnusableFile(Unusable.BROKEN_QUOTES) from broken


def _places(header: list[str]) -> dict[Column, int]:
    plain = [re.sub(r"[^a-z]", "", cell.lower()) for cell in header]
    places = {
        column: place
        for column, names in NAMES.items()
        for place, cell in reversed(list(enumerate(plain)))
        if cell in names
    }
    missing = tuple(column for column in Column if column not in places)
    if missing:
        raise UnusableFile(Unusable.NO_HEADER, missing)
    return places


def _cell(cells: list[str], place: int) -> str:
    return " ".join(cells[place].split()) if place < len(cells) else ""


def _row(number: int, cells: dict[Column, str]) -> EvidenceRow | FaultyRow:
    email, programme = cells[Column.EMAIL].lower(), cells[Column.PROGRAMME]
    day = day_of(cells[Column.COMPLETED_ON])
    kind = KINDS.get(re.sub(r"[^a-z]", "", cells[Column.EVIDENCE].lower()))
    fault = _fault(cells, day, kind)
    if fault is not None or day is None or kind is None:
        shown = email[:LONGEST_EMAIL], programme[:LONGEST_TITLE]
        return FaultyRow(number, fault or Fault.DAY_INVALID, *shown)
    return EvidenceRow(number, email, programme, day, kind)


def _fault(cells: dict[Column, str], day: date | None, kind: str | None) -> Fault | None:
    """The first in the order of the columns."""
    email = cells[Column.EMAIL]
    found = {
        Fault.EMAIL_MISSING: not email,
        Fault.EMAIL_INVALID: "@" not in email or " " in email or len(email) > LONGEST_EMAIL,
        Fault.PROGRAMME_MISSING: not cells[Column.PROGRAMME],
        Fault.DAY_MISSING: not cells[Column.COMPLETED_ON],
        Fault.DAY_INVALID: day is None and not _is_written(cells[Column.COMPLETED_ON]),
        Fault.DAY_NOT_THERE: day is None,
        Fault.EVIDENCE_MISSING: not cells[Column.EVIDENCE],
        Fault.EVIDENCE_UNKNOWN: kind is None,
    }
    return next((fault for fault, holds in found.items() if holds), None)
