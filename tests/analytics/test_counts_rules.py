"""What may be written down as a count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.rules.counts import (
    HIGHEST,
    Cell,
    CountRefused,
    Fault,
    Status,
    doubts_about,
    faults_between,
    parse_count,
    read_cell,
)
from analytics.rules.indicators import Indicator
from tests.factories.analytics import counted

CLIENTS, SUSPICIONS = Indicator.CLIENTS, Indicator.SUSPICIONS
REPORTS, REGISTRATIONS = Indicator.REPORTS, Indicator.REGISTRATIONS


def fault_of(value: str, status: str = "counted") -> Fault:
    with pytest.raises(CountRefused) as caught:
        read_cell(value=value, status=status)
    return caught.value.fault


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), (" 12 ", 12), ("0", 0), ("007", 7), ("\u00a03\u00a0", 3), ("", None), ("  ", None)],
)
def test_whole_numbers_are_read(typed: str, number: int | None) -> None:
    assert parse_count(typed) == number


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("-1", Fault.NEGATIVE),
        ("−4", Fault.NEGATIVE),
        ("-1.5", Fault.NEGATIVE),
        ("1.5", Fault.FRACTION),
        ("1,5", Fault.FRACTION),
        (".5", Fault.FRACTION),
        ("1.000", Fault.GROUPED),
        ("1,000", Fault.GROUPED),
        ("12 500", Fault.GROUPED),
        ("1e9", Fault.NOT_A_NUMBER),
        ("0x10", Fault.NOT_A_NUMBER),
        ("1_000", Fault.NOT_A_NUMBER),
        ("+5", Fault.NOT_A_NUMBER),
        ("drie", Fault.NOT_A_NUMBER),
        ("5\x00", Fault.NOT_A_NUMBER),
        ("NaN", Fault.NOT_A_NUMBER),
        ("\u202e12", Fault.NOT_A_NUMBER),
        ("1\u200b2", Fault.NOT_A_NUMBER),
        ("١٢", Fault.OTHER_DIGITS),
        ("７", Fault.OTHER_DIGITS),
        ("²", Fault.OTHER_DIGITS),
        ("1000000", Fault.TOO_LARGE),
        ("9" * 40, Fault.TOO_LARGE),
        ("9" * 41, Fault.TOO_LONG),
        ("x" * 10_000_000, Fault.TOO_LONG),
    ],
)
def test_anything_else_is_refused_by_name(typed: str, fault: Fault) -> None:
    assert fault_of(typed) is fault


def test_a_number_without_a_status_is_a_count() -> None:
    assert read_cell(value="5", status="") == Cell(Status.COUNTED, 5)


def test_blank_and_no_status_is_nothing() -> None:
    assert read_cell(value="", status="") is None


def test_a_blank_is_never_a_zero() -> None:
    assert fault_of("", "counted") is Fault.VALUE_MISSING


def test_zero_is_confirmed_or_refused() -> None:
    assert fault_of("0", "counted") is Fault.ZERO_NOT_CONFIRMED
    assert fault_of("0", "") is Fault.ZERO_NOT_CONFIRMED
    assert read_cell(value="0", status="confirmed_zero") == Cell(Status.CONFIRMED_ZERO, 0)
    assert read_cell(value="", status="confirmed_zero") == Cell(Status.CONFIRMED_ZERO, 0)


def test_confirmed_zero_with_a_number_is_refused() -> None:
    assert fault_of("3", "confirmed_zero") is Fault.NOT_ZERO


@pytest.mark.parametrize("status", ["not_counted", "not_yet_known", "not_applicable"])
def test_a_value_without_a_count_is_refused(status: str) -> None:
    assert fault_of("3", status) is Fault.VALUE_WITHOUT_COUNT
    assert fault_of("0", status) is Fault.VALUE_WITHOUT_COUNT
    assert read_cell(value="", status=status) == Cell(Status(status))


def test_an_unknown_status_is_refused() -> None:
    assert fault_of("3", "guessed") is Fault.STATUS_UNKNOWN


@given(st.integers(min_value=1, max_value=HIGHEST))
def test_every_number_reads_back(number: int) -> None:
    assert read_cell(value=str(number), status="counted") == Cell(Status.COUNTED, number)


@given(st.text(max_size=60), st.sampled_from(["", *[s.value for s in Status], "?"]))
def test_whatever_is_typed_gives_a_cell_or_a_named_fault(typed: str, status: str) -> None:
    try:
        cell = read_cell(value=typed, status=status)
    except CountRefused:
        return
    if cell is not None:
        assert (cell.value is not None) == (cell.status in {Status.COUNTED, Status.CONFIRMED_ZERO})


def test_more_suspicions_than_clients_is_refused() -> None:
    cells = {CLIENTS: counted(10), SUSPICIONS: counted(11)}
    assert faults_between(cells) == {SUSPICIONS: Fault.ABOVE_CLIENTS}


def test_as_many_suspicions_as_clients_is_possible() -> None:
    assert faults_between({CLIENTS: counted(10), SUSPICIONS: counted(10)}) == {}


def test_unknown_clients_break_no_rule() -> None:
    assert faults_between({CLIENTS: Cell(Status.NOT_COUNTED), SUSPICIONS: counted(3)}) == {}
    assert faults_between({SUSPICIONS: counted(3)}) == {}


def test_more_registrations_than_reports_is_asked_about() -> None:
    cells = {SUSPICIONS: counted(5), REPORTS: counted(1), REGISTRATIONS: counted(2)}
    (doubt,) = doubts_about(cells, month_before={})
    assert (doubt.indicator, doubt.compared_with) == (REGISTRATIONS, REPORTS)


def test_a_doubt_about_other_numbers_has_another_code() -> None:
    first = doubts_about({REPORTS: counted(1), REGISTRATIONS: counted(2)}, month_before={})
    other = doubts_about({REPORTS: counted(1), REGISTRATIONS: counted(9)}, month_before={})
    assert first[0].code != other[0].code


@pytest.mark.parametrize(
    ("now", "before", "asked"),
    [(100, 50, True), (50, 100, True), (99, 50, False), (20, 10, False), (0, 20, True)],
)
def test_twice_or_half_the_clients_is_asked_about(now: int, before: int, *, asked: bool) -> None:
    doubts = doubts_about({CLIENTS: counted(now)}, month_before={CLIENTS: counted(before)})
    assert bool(doubts) == asked


def test_an_unknown_month_before_raises_no_doubt() -> None:
    before = {CLIENTS: Cell(Status.NOT_YET_KNOWN)}
    assert doubts_about({CLIENTS: counted(100)}, month_before=before) == ()
