"""Reading a file of training that was completed elsewhere, and judging its rows."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.events import Event, EventType
from learning.rules.evidence import (
    CLOSE,
    Column,
    EvidenceFile,
    EvidenceRow,
    Fault,
    Unusable,
    UnusableFile,
    day_of,
    read,
)
from learning.rules.judging import OnRecord, Verdict, judge
from learning.rules.ledger import Ledger
from learning.rules.policy import Policy
from learning.rules.taking import take

TODAY = date(2026, 6, 1)
HEADER = "e-mail;programma;afgerond op;bewijs\n"
LINE = "anna@zorg.example;Herkennen;2026-05-03;certificaat\n"
ANNA = EvidenceRow(2, "anna@zorg.example", "Herkennen", date(2026, 5, 3), "certificate")


def reading(text: str | bytes, most_rows: int = 100) -> EvidenceFile:
    return read(text.encode() if isinstance(text, str) else text, most_rows=most_rows)


def refused(text: str | bytes, most_rows: int = 100) -> UnusableFile:
    with pytest.raises(UnusableFile) as found:
        reading(text, most_rows)
    return found.value


@pytest.mark.parametrize(
    "text",
    [
        HEADER + LINE,
        (HEADER + LINE).replace(";", ","),
        (HEADER + LINE).replace("\n", "\r\n"),
        "\ufeff" + HEADER + LINE,
        "E-mail;Programme title;Completed on;Evidence\n" + LINE,
        "bewijs;afgerond op;programma;e-mail\ncertificaat;3-5-2026;Herkennen;ANNA@zorg.example\n",
        HEADER + "  anna@zorg.example ; Herkennen ;03-05-2026; Certificaat \n",
        HEADER + '"anna@zorg.example";"Herkennen";"2026-05-03";"certificaat"',
    ],
)
def test_every_spelling_of_the_same_line_gives_the_same_row(text: str) -> None:
    assert reading(text) == EvidenceFile((ANNA,), ())


def test_windows_1252_keeps_its_accents() -> None:
    found = reading((HEADER + LINE.replace("Herkennen", "Café é")).encode("cp1252"))
    assert found.rows[0].programme == "Café é"


@pytest.mark.parametrize("mark", [";", ","])
def test_the_line_in_which_excel_names_its_separator_is_skipped(mark: str) -> None:
    found = reading(f"sep={mark}\n{(HEADER + LINE).replace(';', mark)}")
    assert [one.number for one in found.rows] == [3]


def test_empty_lines_do_not_count_and_numbers_are_those_of_the_spreadsheet() -> None:
    found = reading(HEADER + "\n;;;\n" + LINE)
    assert found.rows[0].number == 4


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (";Herkennen;2026-05-03;lms", Fault.EMAIL_MISSING),
        ("anna;Herkennen;2026-05-03;lms", Fault.EMAIL_INVALID),
        ("a@b.example;;2026-05-03;lms", Fault.PROGRAMME_MISSING),
        ("a@b.example;Herkennen;;lms", Fault.DAY_MISSING),
        ("a@b.example;Herkennen;29-2-2026;lms", Fault.DAY_NOT_THERE),
        ("a@b.example;Herkennen;2026-02-31;lms", Fault.DAY_NOT_THERE),
        ("a@b.example;Herkennen;3-5-26;lms", Fault.DAY_INVALID),
        ("a@b.example;Herkennen;2026-05-03;", Fault.EVIDENCE_MISSING),
        ("a@b.example;Herkennen;2026-05-03;van horen zeggen", Fault.EVIDENCE_UNKNOWN),
        ("a@b.example", Fault.PROGRAMME_MISSING),
    ],
)
def test_a_faulty_line_is_named_and_the_others_are_read(line: str, fault: Fault) -> None:
    found = reading(f"{HEADER}{line}\n{LINE}")
    assert [(one.number, one.fault) for one in found.faulty] == [(2, fault)]
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Unusable.EMPTY),
        (HEADER, Unusable.EMPTY),
        (b"PK\x03\x04\x00\x00", Unusable.NOT_TEXT),
        ((HEADER + LINE).encode("utf-16"), Unusable.NOT_TEXT),
        (LINE, Unusable.NO_HEADER),
        (HEADER + '"anna;Herkennen\n', Unusable.BROKEN_QUOTES),
        (HEADER + LINE * 101, Unusable.TOO_MANY_ROWS),
    ],
)
def test_an_unusable_file_is_refused_by_name(text: str | bytes, reason: Unusable) -> None:
    assert refused(text).reason is reason


def test_a_missing_column_is_named() -> None:
    assert refused("e-mail;programma;datum\n" + LINE).columns == (Column.EVIDENCE,)


@pytest.mark.parametrize(
    "text", ["3-5-26", "3/5/2026", "2026-5-3", "3 mei 2026", "2026-13-01", "46145", "٣-٥-٢٠٢٦"]
)
def test_a_day_that_may_be_read_in_two_ways_is_not_guessed(text: str) -> None:
    assert day_of(text) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(UnusableFile):
        read(HEADER.encode() + content, most_rows=50)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_both_ways_of_writing_a_day_are_the_same(day: date) -> None:
    assert day_of(day.isoformat()) == day_of(f"{day.day}-{day.month}-{day.year}") == day


# Judging


def ledger(**numbers: int) -> Ledger:
    made = Ledger(Policy(**numbers))  # type: ignore[arg-type]
    made.advance(TODAY)
    return made


def verdicts(*days: date, ledger_: Ledger | None = None, **before: set[date]) -> list[Verdict]:
    rows = [EvidenceRow(2 + n, "a@b.example", "P", day, "lms") for n, day in enumerate(days)]
    found = judge(rows, ledger=ledger_ or ledger(), before=OnRecord(**before), today=TODAY)
    return [one.verdict for one in sorted(found, key=lambda one: one.row.number)]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_the_oldest_day_that_the_policy_takes_is_taken() -> None:
    assert verdicts(ago(180)) == [Verdict.TAKEN]
    assert verdicts(ago(181)) == [Verdict.TOO_OLD]


def test_today_is_taken_and_tomorrow_is_not() -> None:
    assert verdicts(TODAY) == [Verdict.TAKEN]
    assert verdicts(TODAY + timedelta(days=1)) == [Verdict.FUTURE]


def test_the_same_row_twice_counts_once() -> None:
    assert verdicts(ago(20), ago(20)) == [Verdict.TAKEN, Verdict.DUPLICATE]


def test_fourteen_days_apart_is_close_and_fifteen_is_not() -> None:
    near, far = ago(60) + CLOSE, ago(60) + CLOSE + timedelta(days=1)
    assert verdicts(ago(60), near) == [Verdict.TAKEN, Verdict.TOO_CLOSE]
    assert verdicts(ago(60), far) == [Verdict.TAKEN, Verdict.HISTORY]
    assert verdicts(near, counting={ago(60)}, imported={ago(60)}) == [Verdict.TOO_CLOSE]


def test_what_was_revoked_is_not_near_to_anything_but_stays_there() -> None:
    assert verdicts(ago(55), ago(60), imported={ago(60)}) == [
        Verdict.TAKEN,
        Verdict.THERE_ALREADY,
    ]


def test_what_was_asked_before_is_not_asked_again() -> None:
    assert verdicts(ago(400), asked={ago(400)}) == [Verdict.THERE_ALREADY]


def test_older_than_what_counts_is_history() -> None:
    known = ledger()
    take(known, Event(TODAY, EventType.COMPLETED))
    assert verdicts(ago(30), ledger_=known) == [Verdict.HISTORY]


def test_rows_are_judged_by_day_whatever_their_order_in_the_file() -> None:
    assert verdicts(ago(20), ago(100)) == [Verdict.HISTORY, Verdict.TAKEN]
