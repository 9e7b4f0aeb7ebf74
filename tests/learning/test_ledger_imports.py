"""Hand-worked dates: what was completed elsewhere.

The rules: docs/recertification.md; what holds unless a test says otherwise: `ledger_play`.
"""

import pytest

from tests.learning.ledger_play import (
    ASSIGNED,
    IN_TIME,
    Given,
    lines,
    played,
    reasons,
    through,
)

# Imports


def imported(on: str, completed_on: str) -> Given:
    return (on, "imported", {"completed_on": completed_on})


def test_an_import_counts_from_the_day_it_was_completed():
    answer = played(ASSIGNED, imported("2026-02-01", "2025-11-10"))
    assert answer["certified_through"] == "2026-11-10"
    assert answer["cycles"][0]["completed_on"] == "2025-11-10"


def test_an_import_counts_for_past_days_asked():
    days = ["2025-11-09", "2025-11-10", "2026-01-05", "2026-01-31", "2026-02-01"]
    answer = played(ASSIGNED, imported("2026-02-01", "2025-11-10"), ask=days)
    assert [(one["status"], one["covered"]) for one in answer["states"]] == [
        ("unassigned", False),
        ("unassigned", True),
        ("certified", True),
        ("certified", True),
        ("certified", True),
    ]


@pytest.mark.parametrize(
    ("completed_on", "refused"), [("2025-08-05", []), ("2025-08-04", ["EVIDENCE_TOO_OLD"])]
)
def test_an_import_of_exactly_the_greatest_age(completed_on, refused):
    """1 February 2026 less 180 days is 5 August 2025."""
    found = reasons(ASSIGNED, imported("2026-02-01", completed_on))
    assert found == [(1, reason) for reason in refused]


def test_too_old_goes_before_anything_else():
    assert reasons(ASSIGNED, IN_TIME, imported("2026-12-01", "2026-04-20")) == [
        (2, "EVIDENCE_TOO_OLD")
    ]


def test_an_import_from_the_future_is_refused():
    assert reasons(ASSIGNED, imported("2026-02-01", "2026-02-02")) == [
        (1, "COMPLETED_IN_THE_FUTURE")
    ]


def test_an_import_older_than_the_certification_is_history_and_not_refused():
    answer = played(ASSIGNED, IN_TIME, imported("2026-05-01", "2026-04-01"))
    assert (answer["certified_through"], answer["refused"]) == ("2027-05-03", [])
    assert len(answer["cycles"]) == 1


def test_an_import_of_the_day_that_was_completed_already_is_history():
    same = imported("2026-05-01", "2026-04-20")
    whole = {"basis": "completion", "window_months": 12}
    assert lines(ASSIGNED, IN_TIME, same, **whole) == lines(
        ASSIGNED, IN_TIME, ask="2026-05-01", **whole
    )


def test_an_import_from_before_the_window_is_history():
    assert through(ASSIGNED, IN_TIME, imported("2027-04-10", "2027-04-02")) == "2027-05-03"


def test_an_import_in_the_window_keeps_the_anniversary():
    assert through(ASSIGNED, IN_TIME, imported("2027-04-10", "2027-04-03")) == "2028-05-03"


def test_an_import_after_the_lapse_of_what_was_done_in_time():
    answer = played(
        ASSIGNED, IN_TIME, imported("2027-06-01", "2027-05-02"), ask=["2027-05-10", "2027-06-01"]
    )
    assert answer["certified_through"] == "2028-05-03"
    assert [one["covered"] for one in answer["states"]] == [True, True]
    assert [line["closed_as"] for line in answer["cycles"]] == ["on_time", "lapsed", "on_time"]


def test_an_import_that_is_over_when_it_comes_opens_one_line_without_a_window():
    old = imported("2026-03-01", "2025-12-10")
    assert lines(ASSIGNED, old, active_months=1) == [
        ("onboarding", "2026-01-05", None, "2026-05-03", "on_time"),
        ("refresher", "2026-03-01", None, "2026-05-03", None),
    ]


def test_the_day_of_an_import_is_local():
    moment = imported("2026-02-01T12:00:00+01:00", "2026-01-31T23:30:00Z")
    assert played(ASSIGNED, moment)["cycles"][0]["completed_on"] == "2026-02-01"
