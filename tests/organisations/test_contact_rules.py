from datetime import date, timedelta

import pytest

from organisations.rules.contacts import (
    LONGEST_UNREVIEWED,
    ContactFacts,
    dialled,
    is_overdue,
    may_be_reviewed_by,
)

DAY = date(2026, 3, 2)
A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("112", "112"),
        ("0800-2000", "08002000"),
        ("088 - 000 00 00", "0880000000"),
        ("(088) 000 00 00", "0880000000"),
        ("+31 (0)88 000 00 00", "+31880000000"),
        ("11", ""),
        ("0" * 16, ""),
        ("088-000 00 00 toestel 3", ""),
        ("088+000", ""),
        ("\u0660\u0661\u0662", ""),
        ("", ""),
        ("+", ""),
    ],
)
def test_what_a_telephone_dials(written: str, digits: str) -> None:
    assert dialled(written) == digits


def test_overdue_begins_on_the_day_after() -> None:
    assert not is_overdue(DAY, today=DAY)
    assert is_overdue(DAY, today=DAY + A_DAY)
    assert not is_overdue(None, today=DAY)


def test_a_review_is_neither_past_nor_too_far_away() -> None:
    assert may_be_reviewed_by(DAY, today=DAY)
    assert not may_be_reviewed_by(DAY - A_DAY, today=DAY)
    assert may_be_reviewed_by(DAY + LONGEST_UNREVIEWED, today=DAY)
    assert not may_be_reviewed_by(DAY + LONGEST_UNREVIEWED + A_DAY, today=DAY)


def test_one_way_to_reach_it_is_enough() -> None:
    assert not ContactFacts(name="Loket").can_be_reached
    for way in [{"phone": "112"}, {"email": "a@b.example"}, {"web_address": "https://b.example"}]:
        assert ContactFacts(name="Loket", **way).can_be_reached  # type: ignore[arg-type]
