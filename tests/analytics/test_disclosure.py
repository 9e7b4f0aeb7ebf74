"""What may leave an organisation."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.rules.disclosure import (
    Showing,
    coverage_band,
    exposure_band,
    protected,
    protected_pool,
    rounded,
    showing_of,
)
from analytics.rules.pseudonyms import PseudonymKeyMissingError, pseudonym, study_key
from analytics.rules.rates import Rate, rate
from analytics.rules.sheets import csv_bytes, neutralised


def known(events: int, exposure: float = 1000) -> Rate:
    found = rate(events=events, exposure=exposure)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (2, 0), (3, 5), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)]
)
def test_rounding_to_five(count: int, shown: int) -> None:
    assert rounded(count) == shown


@given(st.integers(0, 10**6))
def test_rounding_is_near_and_stable(count: int) -> None:
    shown = rounded(count)
    assert shown % 5 == 0
    assert abs(shown - count) <= 2
    assert rounded(shown) == shown


@pytest.mark.parametrize(
    ("clients", "band"),
    [(None, None), (0, 0), (1, 1), (49, 1), (50, 2), (99, 2), (100, 3), (799, 5), (800, 6)],
)
def test_bands_of_exposure(clients: int | None, band: int | None) -> None:
    assert exposure_band(clients) == band


@pytest.mark.parametrize(
    ("covered", "eligible", "band"),
    [(0, 40, 1), (4, 40, 2), (15, 40, 2), (16, 40, 3), (28, 40, 4), (40, 40, 4)],
)
def test_bands_of_coverage(covered: int, eligible: int, band: int) -> None:
    assert coverage_band(covered=covered, eligible=eligible) == band


def test_coverage_of_fewer_than_five_workers_is_not_told() -> None:
    assert coverage_band(covered=4, eligible=4) is None
    assert coverage_band(covered=5, eligible=5) == 4
    assert coverage_band(covered=None, eligible=None) is None


@pytest.mark.parametrize(
    ("events", "exposure", "showing"),
    [
        (0, 1000, Showing.SHOWN),
        (1, 1000, Showing.SMALL),
        (4, 1000, Showing.SMALL),
        (5, 1000, Showing.SHOWN),
        (9, 99, Showing.LOW_EXPOSURE),
        (9, 100, Showing.SHOWN),
    ],
)
def test_small_cells_and_little_care(events: int, exposure: float, showing: Showing) -> None:
    assert showing_of(known(events, exposure)) is showing
    assert (protected(known(events, exposure)).rate is not None) == (showing is Showing.SHOWN)


def test_unknown_stays_unknown() -> None:
    assert protected(None).showing is Showing.UNKNOWN


@given(st.integers(5, 2000), st.integers(100, 50_000))
def test_a_shown_rate_is_made_of_rounded_numbers_only(events: int, exposure: int) -> None:
    shown = protected(known(events, exposure)).rate
    assert shown is not None
    assert shown.events % 5 == 0
    assert shown.exposure % 100 == 0


def test_a_pool_of_two_institutions_is_not_told() -> None:
    assert protected_pool(known(50), institutions=2).showing is Showing.UNKNOWN
    assert protected_pool(known(50), institutions=3).showing is Showing.SHOWN
    assert protected_pool(known(3), institutions=3).showing is Showing.SMALL


def test_pseudonyms_are_stable_within_a_study_and_unlike_between_studies() -> None:
    first, second = study_key("secret", "study-a"), study_key("secret", "study-b")
    assert pseudonym(first, "org1") == pseudonym(first, "org1")
    assert pseudonym(first, "org1") != pseudonym(second, "org1")
    assert pseudonym(first, "org1") != pseudonym(first, "org2")
    assert pseudonym(study_key("other", "study-a"), "org1") != pseudonym(first, "org1")
    assert re.fullmatch(r"[A-Z2-7]{8}", pseudonym(first, "org1"))


@pytest.mark.parametrize("key", ["", "   "])
def test_without_a_key_there_are_no_pseudonyms(key: str) -> None:
    with pytest.raises(PseudonymKeyMissingError):
        study_key(key, "study")


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-2", "@x", "\tx", "\rx", " =1", "\n=1"])
def test_formulas_are_neutralised(cell: str) -> None:
    assert neutralised(cell).startswith("'")


def test_numbers_and_plain_text_stay_as_they_are() -> None:
    assert [neutralised(c) for c in ["Eik", "a-b", 5, 0, None]] == ["Eik", "a-b", "5", "0", ""]


def test_a_sheet_has_a_mark_semicolons_and_crlf() -> None:
    assert csv_bytes(["a", "b"], [["x;y", 1]]) == b'\xef\xbb\xbfa;b\r\n"x;y";1\r\n'
