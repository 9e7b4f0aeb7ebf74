"""Hand-worked dates: leave, leaving, and being assigned again.

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
    state,
    statuses,
)

# Leave and leaving


def leave(on: str, until: str) -> Given:
    return (on, "leave", {"until": until})


def test_until_is_the_last_day_of_leave():
    days = ["2026-01-31", "2026-02-01", "2026-03-31", "2026-04-01"]
    events = (ASSIGNED, leave("2026-02-01", "2026-03-31"))
    assert statuses(*events, ask=days) == ["assigned", "on_leave", "on_leave", "assigned"]


def test_leave_is_outside_the_denominator_and_validity_runs_and_ends():
    events = (ASSIGNED, IN_TIME, leave("2027-04-15", "2027-05-31"))
    assert state(*events, ask="2027-05-03") == ("on_leave", True, False)
    assert state(*events, ask="2027-05-04") == ("on_leave", False, False)
    assert state(*events, ask="2027-06-01") == ("expired", False, True)


@pytest.mark.parametrize(
    ("until", "due"),
    [
        ("2026-04-02", "2026-05-03"),  # back on 3 April, and 30 days is exactly 3 May
        ("2026-04-03", "2026-05-04"),
        ("2026-02-15", "2026-05-03"),
    ],
)
def test_after_leave_due_is_the_later_of_two_dates(until, due):
    assert played(ASSIGNED, leave("2026-02-01", until), ask="2026-04-20")["due"] == due


def test_leave_moves_the_due_date_only_on_the_day_back():
    events = (ASSIGNED, leave("2026-02-01", "2026-04-30"))
    assert played(*events, ask="2026-04-30")["due"] == "2026-05-03"
    assert played(*events, ask="2026-05-01")["due"] == "2026-05-31"


def test_back_from_one_leave_but_still_on_another():
    events = (ASSIGNED, leave("2026-02-01", "2026-04-30"), leave("2026-04-01", "2026-06-30"))
    assert played(*events, ask="2026-05-01")["due"] == "2026-05-03"
    assert played(*events, ask="2026-07-01")["due"] == "2026-07-31"


def test_after_leave_that_outlasted_validity_the_new_line_is_due_later():
    events = (ASSIGNED, IN_TIME, leave("2027-04-15", "2027-05-31"))
    assert lines(*events, ask="2027-06-01")[-1] == (
        "refresher",
        "2027-05-04",
        None,
        "2027-07-01",
        None,
    )


def test_without_a_due_date_leave_makes_none():
    events = (("2026-01-05", "assigned", {}), leave("2026-02-01", "2026-03-31"))
    assert played(*events, ask="2026-06-01")["due"] is None


def test_leave_that_ends_before_it_starts_is_refused():
    assert reasons(ASSIGNED, leave("2026-02-01", "2026-01-31")) == [
        (1, "LEAVE_ENDS_BEFORE_IT_STARTS")
    ]


def test_leave_of_one_day():
    days = ["2026-02-01", "2026-02-02"]
    events = (ASSIGNED, leave("2026-02-01", "2026-02-01"))
    assert statuses(*events, ask=days) == ["on_leave", "assigned"]


def test_deactivated_is_inactive_and_keeps_validity():
    gone = ("2026-06-01", "deactivated", {})
    assert state(ASSIGNED, IN_TIME, gone, ask="2026-06-01") == ("inactive", True, False)


def test_reactivation_gives_time_as_a_return_from_leave_does():
    gone, back = ("2026-02-01", "deactivated", {}), ("2026-04-20", "reactivated", {})
    answer = played(ASSIGNED, gone, back, ask="2026-04-20")
    assert answer["due"] == "2026-05-20"
    assert answer["states"][0]["status"] == "assigned"


def test_reactivation_of_somebody_who_never_left_changes_nothing():
    assert played(ASSIGNED, ("2026-04-20", "reactivated", {}))["due"] == "2026-05-03"


def test_reactivated_during_leave_gets_time_after_the_leave():
    gone, back = ("2026-02-01", "deactivated", {}), ("2026-04-20", "reactivated", {})
    events = (ASSIGNED, gone, leave("2026-03-01", "2026-05-31"), back)
    assert played(*events)["due"] == "2026-05-03"
    assert played(*events, ask="2026-06-01")["due"] == "2026-07-01"


def test_leave_that_ends_out_of_service_gives_no_time():
    gone = ("2026-02-01", "deactivated", {})
    events = (ASSIGNED, gone, leave("2026-03-01", "2026-04-30"))
    assert played(*events, ask="2026-05-02")["due"] == "2026-05-03"


def test_which_status_goes_first():
    gone, out = ("2026-03-01", "deactivated", {}), ("2026-03-01", "unassigned", {})
    away = leave("2026-03-01", "2026-03-31")
    assert state(ASSIGNED, gone, out, away, ask="2026-03-02")[0] == "inactive"
    assert state(ASSIGNED, out, away, ask="2026-03-02")[0] == "unassigned"
    assert state(ASSIGNED, away, ask="2026-03-02")[0] == "on_leave"


# Assigned, unassigned, assigned again

GONE = ("2026-08-01", "unassigned", {})


def test_unassigned_stays_covered_outside_the_denominator():
    days = ["2026-08-01", "2027-05-03", "2027-05-04"]
    answer = played(ASSIGNED, IN_TIME, GONE, ask=days)
    assert [tuple(one.values())[1:] for one in answer["states"]] == [
        ("unassigned", True, False),
        ("unassigned", True, False),
        ("unassigned", False, False),
    ]
    assert (answer["due"], answer["window_opens"]) == (None, None)


def test_unassigned_opens_no_window():
    assert len(lines(ASSIGNED, IN_TIME, GONE, ask="2027-05-01")) == 1


def test_unassigned_closes_the_open_line():
    assert lines(ASSIGNED, ("2026-02-01", "unassigned", {})) == [
        ("onboarding", "2026-01-05", None, "2026-05-03", "unassigned")
    ]


def test_assigned_again_restores_the_dates_and_ignores_the_new_one():
    again = ("2026-10-01", "assigned", {"due": "2027-01-31"})
    answer = played(ASSIGNED, IN_TIME, GONE, again)
    assert (answer["due"], answer["refused"]) == ("2027-05-03", [])
    assert len(answer["cycles"]) == 1  # the next opens with the window


def test_assigned_again_in_the_window_opens_the_line_at_once():
    again = ("2027-04-10", "assigned", {"due": "2028-01-31"})
    assert lines(ASSIGNED, IN_TIME, GONE, again)[1:] == [
        ("refresher", "2027-04-10", "2027-04-03", "2027-05-03", None)
    ]


def test_assigned_again_before_the_first_due_date_restores_it():
    gone = ("2026-02-01", "unassigned", {})
    again = ("2026-05-03", "assigned", {"due": "2026-09-01"})
    assert lines(ASSIGNED, gone, again)[1:] == [
        ("onboarding", "2026-05-03", None, "2026-05-03", None)
    ]
    assert reasons(ASSIGNED, gone, again) == []


def test_assigned_again_after_the_first_due_date_takes_the_new_one():
    gone = ("2026-02-01", "unassigned", {})
    again = ("2026-05-04", "assigned", {"due": "2026-09-01"})
    assert played(ASSIGNED, gone, again)["due"] == "2026-09-01"


def test_assigned_again_after_a_lapse_takes_the_new_date():
    again = ("2027-05-04", "assigned", {"due": "2027-09-01"})
    assert lines(ASSIGNED, IN_TIME, GONE, again)[1:] == [
        ("refresher", "2027-05-04", None, "2027-09-01", None)
    ]
    near = ("2027-05-04", "assigned", {"due": "2027-05-10"})
    assert reasons(ASSIGNED, IN_TIME, GONE, near) == [(3, "TOO_LITTLE_TIME")]


def test_assigned_again_in_grace_restores_the_dates():
    again = ("2027-05-04", "assigned", {"due": "2027-09-01"})
    answer = played(ASSIGNED, IN_TIME, GONE, again, ask="2027-05-04", grace_days=10)
    assert (answer["due"], answer["states"][0]["status"]) == ("2027-05-03", "overdue")


def test_a_completion_while_unassigned_makes_a_closed_line():
    gone, done = ("2026-02-01", "unassigned", {}), ("2026-06-01", "completed", {})
    answer = played(ASSIGNED, gone, done)
    assert answer["certified_through"] == "2027-06-01"
    assert [line["closed_as"] for line in answer["cycles"]] == ["unassigned", "on_time"]
    assert answer["cycles"][1]["due"] is None


@pytest.mark.parametrize("basis", ["expiry", "fixed", "completion"])
def test_a_completion_between_removal_and_return_gives_the_dates_of_who_stayed(basis):
    gone, back = ("2026-04-01", "unassigned", {}), ("2026-04-25", "assigned", {})
    stayed = played(ASSIGNED, IN_TIME, ask="2026-04-25", basis=basis)
    moved = played(ASSIGNED, gone, IN_TIME, back, basis=basis)
    for key in ("due", "certified_through", "window_opens"):
        assert moved[key] == stayed[key]


def test_unassigned_twice_is_refused():
    gone = ("2026-02-01", "unassigned", {})
    assert reasons(ASSIGNED, gone, gone) == [(2, "NOT_ASSIGNED")]


@pytest.mark.parametrize(
    "event",
    [
        ("2026-03-01", "extended", {"to": "2026-09-01"}),
        ("2026-03-01", "due_changed", {"due": "2026-09-01"}),
    ],
)
def test_who_is_not_assigned_has_no_date_to_move(event):
    assert reasons(event) == [(0, "NOT_ASSIGNED")]
