"""Hand-worked dates: the first time, windows, what is over, months and midnights.

The rules: docs/recertification.md; what holds unless a test says otherwise: `ledger_play`.
"""

import pytest

from tests.learning.ledger_play import (
    ASSIGNED,
    IN_TIME,
    lines,
    played,
    state,
    statuses,
    through,
)

# A life


def test_a_life_through_two_certifications():
    answer = played(ASSIGNED, IN_TIME, ("2027-04-10", "completed", {}), ask="2027-06-01")
    assert answer["certified_through"] == "2028-05-03"
    assert answer["window_opens"] == "2028-04-03"
    assert answer["due"] == "2028-05-03"
    assert answer["refused"] == []
    assert answer["cycles"] == [
        {
            "number": 1,
            "path": "onboarding",
            "assigned_on": "2026-01-05",
            "window_opens": None,
            "due": "2026-05-03",
            "completed_on": "2026-04-20",
            "valid_through": "2027-05-03",
            "closed_as": "on_time",
        },
        {
            "number": 2,
            "path": "refresher",
            "assigned_on": "2027-04-03",
            "window_opens": "2027-04-03",
            "due": "2027-05-03",
            "completed_on": "2027-04-10",
            "valid_through": "2028-05-03",
            "closed_as": "on_time",
        },
    ]


def test_the_status_of_each_turn():
    days = ["2026-01-04", "2026-01-05", "2026-05-03", "2026-05-04", "2026-05-20"]
    days += ["2027-04-19", "2027-04-20", "2027-05-20", "2027-05-21"]
    late = ("2026-05-20", "completed", {})
    assert statuses(ASSIGNED, late, ask=days) == [
        "unassigned",
        "assigned",
        "assigned",  # the due date itself is in time
        "overdue",
        "certified",
        "certified",
        "window_open",  # exactly on the opening day
        "window_open",  # valid through the end of the day
        "expired",
    ]


def test_answers_stand_at_the_latest_date_given():
    assert len(lines(ASSIGNED, IN_TIME)) == 1
    assert len(lines(ASSIGNED, IN_TIME, ask=["2027-04-03", "2026-01-06"])) == 2


def test_a_day_before_everything_is_unassigned():
    assert state(ASSIGNED, IN_TIME, ask="2020-01-01") == ("unassigned", False, False)


def test_nothing_but_a_question():
    answer = played(ask="2026-01-01")
    assert answer["cycles"] == answer["refused"] == []
    assert answer["states"][0]["status"] == "unassigned"


# The first time


def test_first_on_time_counts_from_the_due_date():
    assert through(ASSIGNED, IN_TIME) == "2027-05-03"
    assert through(ASSIGNED, ("2026-05-03", "completed", {})) == "2027-05-03"


def test_first_late_counts_from_the_completion():
    answer = played(ASSIGNED, ("2026-05-04", "completed", {}))
    assert answer["certified_through"] == "2027-05-04"
    assert answer["cycles"][0]["closed_as"] == "late"


@pytest.mark.parametrize("more", [{}, {"due": None}])
def test_first_without_a_due_date_counts_from_the_completion(more):
    answer = played(("2026-01-05", "assigned", more), IN_TIME)
    assert answer["certified_through"] == "2027-04-20"
    assert answer["cycles"][0]["closed_as"] == "on_time"


def test_first_after_an_extension_counts_from_the_date_granted():
    extended = ("2026-04-01", "extended", {"to": "2026-06-30"})
    assert through(ASSIGNED, extended, ("2026-05-20", "completed", {})) == "2027-06-30"


def test_first_after_leave_counts_from_the_due_date_as_it_became():
    leave = ("2026-02-01", "leave", {"until": "2026-05-31"})
    assert through(ASSIGNED, leave, ("2026-06-20", "completed", {})) == "2027-07-01"


# Windows and renewals


@pytest.mark.parametrize(
    ("day", "expiry"),
    [
        ("2027-04-02", "2027-05-03"),  # before the window: history, and not refused
        ("2027-04-03", "2028-05-03"),  # exactly on the opening day
        ("2027-05-03", "2028-05-03"),  # exactly on the expiry day
        ("2027-05-04", "2028-05-04"),  # after it: from the completion
    ],
)
def test_renewal_on_basis_expiry(day, expiry):
    answer = played(ASSIGNED, IN_TIME, (day, "completed", {}))
    assert (answer["certified_through"], answer["refused"]) == (expiry, [])


@pytest.mark.parametrize(
    ("day", "expiry"),
    [("2027-03-19", "2027-04-20"), ("2027-03-20", "2028-03-20"), ("2027-04-21", "2028-04-21")],
)
def test_renewal_on_basis_completion(day, expiry):
    assert through(ASSIGNED, IN_TIME, (day, "completed", {}), basis="completion") == expiry


def test_a_completion_before_the_window_makes_no_cycle():
    early = ("2027-04-02", "completed", {})
    assert lines(ASSIGNED, IN_TIME, early) == lines(ASSIGNED, IN_TIME)


def test_a_second_completion_on_the_same_day_is_history():
    assert through(ASSIGNED, IN_TIME, IN_TIME) == "2027-05-03"


def test_a_window_of_no_months_opens_on_the_expiry_day():
    days = ["2027-05-02", "2027-05-03"]
    assert statuses(ASSIGNED, IN_TIME, ask=days, window_months=0) == ["certified", "window_open"]


def test_a_window_as_long_as_the_validity_is_always_open():
    found = state(ASSIGNED, IN_TIME, ask="2026-05-03", window_months=12)
    assert found == ("window_open", True, True)


def test_opening_a_window_adds_one_row_and_nothing_else():
    before = played(ASSIGNED, IN_TIME, ask="2027-04-02")
    after = played(ASSIGNED, IN_TIME, ask="2027-04-03")
    assert after["cycles"][:-1] == before["cycles"]
    assert {key: before[key] for key in ("certified_through", "due", "window_opens")} == {
        key: after[key] for key in ("certified_through", "due", "window_opens")
    }


def test_late_by_far_counts_from_the_completion():
    answer = played(ASSIGNED, IN_TIME, ("2029-01-15", "completed", {}))
    assert answer["certified_through"] == "2030-01-15"
    assert [line["closed_as"] for line in answer["cycles"]] == ["on_time", "lapsed", "late"]


# What is over


def test_after_the_expiry_the_period_lapses_and_the_next_line_opens():
    assert lines(ASSIGNED, IN_TIME, ask="2027-05-04") == [
        ("onboarding", "2026-01-05", None, "2026-05-03", "on_time"),
        ("refresher", "2027-04-03", "2027-04-03", "2027-05-03", "lapsed"),
        ("refresher", "2027-05-04", None, "2027-05-03", None),  # due on the date that was missed
    ]


def test_a_period_lapses_once():
    assert len(lines(ASSIGNED, IN_TIME, ask="2039-01-01")) == 3


def test_what_lapsed_is_never_opened_again():
    renewed = ("2027-08-01", "completed", {})
    assert lines(ASSIGNED, IN_TIME, renewed)[1][-1] == "lapsed"


# Months


def test_31_august_plus_six_months_is_28_february_and_comes_back():
    events = [("2026-01-05", "assigned", {"due": "2026-08-31"}), ("2026-08-01", "completed", {})]
    assert through(*events, active_months=6) == "2027-02-28"
    assert through(*events, ("2027-02-10", "completed", {}), active_months=6) == "2027-08-31"


def test_29_february_comes_back_in_a_leap_year():
    events = [("2023-01-05", "assigned", {"due": "2024-02-29"}), ("2024-02-29", "completed", {})]
    ends = []
    for year in (2025, 2026, 2027, 2028):
        ends.append(through(*events))
        events.append((f"{year}-02-20", "completed", {}))
    assert ends == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_the_window_opens_by_plain_months_before_the_expiry():
    events = [("2026-01-05", "assigned", {"due": "2026-03-31"}), ("2026-03-01", "completed", {})]
    assert played(*events)["window_opens"] == "2027-02-28"


# Local midnight


@pytest.mark.parametrize(
    ("moment", "closed_as"),
    [
        ("2026-05-03T23:59:59+02:00", "on_time"),
        ("2026-05-04T00:00:00+02:00", "late"),
        ("2026-05-03T21:59:59+00:00", "on_time"),  # 23:59:59 in Amsterdam
        ("2026-05-03T22:00:00Z", "late"),
    ],
)
def test_the_end_of_validity_is_local_midnight(moment, closed_as):
    answer = played(ASSIGNED, (moment, "completed", {}))
    assert answer["cycles"][0]["closed_as"] == closed_as


@pytest.mark.parametrize(
    ("due", "moment", "day"),
    [
        # The clock goes forward on 29 March 2026: that day has 23 hours.
        ("2026-03-28", "2026-03-28T22:59:59Z", "2026-03-28"),
        ("2026-03-28", "2026-03-28T23:00:00Z", "2026-03-29"),
        ("2026-03-29", "2026-03-29T21:59:59Z", "2026-03-29"),
        ("2026-03-29", "2026-03-29T22:00:00Z", "2026-03-30"),
        # It goes back on 25 October 2026: that day has 25 hours.
        ("2026-10-24", "2026-10-24T21:59:59Z", "2026-10-24"),
        ("2026-10-24", "2026-10-24T22:00:00Z", "2026-10-25"),
        ("2026-10-25", "2026-10-25T22:59:59Z", "2026-10-25"),
        ("2026-10-25", "2026-10-25T23:00:00Z", "2026-10-26"),
    ],
)
def test_midnight_when_the_clock_changes(due, moment, day):
    events = [("2026-01-05", "assigned", {"due": due}), (moment, "completed", {})]
    line = played(*events)["cycles"][0]
    assert line["completed_on"] == day
    assert line["closed_as"] == ("on_time" if day == due else "late")


def test_the_window_opens_at_local_midnight():
    before = ("2027-04-02T23:59:59+02:00", "completed", {})
    after = ("2027-04-03T00:00:00+02:00", "completed", {})
    assert through(ASSIGNED, IN_TIME, before) == "2027-05-03"
    assert through(ASSIGNED, IN_TIME, after) == "2028-05-03"
