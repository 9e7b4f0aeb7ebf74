"""Hand-worked dates: fixed calendars, grace and extensions.

The rules: docs/recertification.md; what holds unless a test says otherwise: `ledger_play`.
"""

import pytest

from tests.learning.ledger_play import (
    ASSIGNED,
    IN_TIME,
    covered,
    lines,
    played,
    reasons,
    state,
    statuses,
    through,
)

# Fixed


def test_fixed_counts_from_the_first_due_date():
    early = ("2026-01-10", "completed", {})  # six months on is 10 July: 3 May is too near
    assert through(ASSIGNED, early, basis="fixed") == "2027-05-03"


def test_fixed_may_be_the_due_date_itself_when_that_leaves_the_minimum():
    assigned = ("2026-01-05", "assigned", {"due": "2026-09-30"})
    assert through(assigned, ("2026-03-30", "completed", {}), basis="fixed") == "2026-09-30"
    assert through(assigned, ("2026-03-31", "completed", {}), basis="fixed") == "2026-09-30"
    assert through(assigned, ("2026-04-01", "completed", {}), basis="fixed") == "2027-09-30"


@pytest.mark.parametrize(
    ("day", "expiry"),
    [
        ("2027-04-10", "2028-05-03"),  # in the window: after the current expiry
        ("2027-11-03", "2028-05-03"),  # late, exactly six months before the date
        ("2027-11-04", "2029-05-03"),  # a day less: the next one
    ],
)
def test_fixed_renews_to_the_first_date_that_leaves_the_minimum(day, expiry):
    assert through(ASSIGNED, IN_TIME, (day, "completed", {}), basis="fixed") == expiry


def test_fixed_without_a_due_date_begins_the_calendar_at_the_first_expiry():
    events = [("2026-01-05", "assigned", {}), ("2026-08-31", "completed", {})]
    assert through(*events, basis="fixed", active_months=6) == "2027-02-28"
    late = ("2027-03-15", "completed", {})  # and it remembers the 31st
    assert through(*events, late, basis="fixed", active_months=6, minimum_months=1) == "2027-08-31"


def test_fixed_calendar_is_not_moved_by_an_extension():
    extended = ("2026-04-01", "extended", {"to": "2026-06-30"})
    done = ("2026-06-01", "completed", {})
    assert through(ASSIGNED, extended, done, basis="fixed") == "2027-05-03"


def test_fixed_calendar_is_not_moved_by_leave():
    leave = ("2026-02-01", "leave", {"until": "2026-05-31"})
    done = ("2026-06-20", "completed", {})
    assert through(ASSIGNED, leave, done, basis="fixed") == "2027-05-03"


def test_fixed_calendar_stays_when_somebody_gets_another_due_date():
    changed = ("2026-02-01", "due_changed", {"due": "2026-06-15"})
    assert through(ASSIGNED, changed, IN_TIME, basis="fixed") == "2027-05-03"


def test_fixed_calendar_is_that_of_the_date_asked_when_there_was_too_little_time_for_it():
    newcomer = ("2026-04-25", "assigned", {"due": "2026-05-03"})
    decided = ("2026-04-26", "due_changed", {"due": "2026-07-15"})
    done = ("2026-07-01", "completed", {})
    assert through(newcomer, decided, done, basis="fixed") == "2027-05-03"


def test_a_due_date_that_still_runs_after_a_lapse_is_restored():
    away = ("2027-04-10", "leave", {"until": "2027-06-30"})  # due 2027-07-31 afterwards
    gone = ("2027-07-02", "unassigned", {})
    again = ("2027-07-05", "assigned", {"due": "2027-07-20"})
    answer = played(ASSIGNED, IN_TIME, away, gone, again)
    assert answer["due"] == "2027-07-31"
    assert answer["cycles"][-1]["due"] == "2027-07-31"


def test_evidence_that_ends_before_the_first_due_date_is_due_when_it_ends():
    taken = ("2026-01-20", "imported", {"completed_on": "2026-01-10"})
    answer = played(ASSIGNED, taken, active_months=3)
    assert (answer["certified_through"], answer["due"]) == ("2026-04-10", "2026-04-10")


def test_a_date_in_the_past_is_no_decision_on_too_little_time():
    late = ("2026-05-10", "assigned", {"due": "2026-05-12"})
    past = ("2026-06-01", "due_changed", {"due": "2026-05-20"})
    answer = played(late, past)
    assert answer["due"] is None
    assert [one["reason"] for one in answer["refused"]] == ["TOO_LITTLE_TIME"] * 2


def test_fixed_calendar_stays_when_assigned_again_with_another_date():
    gone = ("2026-05-10", "unassigned", {})
    again = ("2026-06-01", "assigned", {"due": "2026-09-15"})
    done = ("2026-09-01", "completed", {})
    assert through(ASSIGNED, gone, again, done, basis="fixed") == "2027-05-03"


# Grace


def test_in_grace_somebody_is_covered_and_overdue():
    days = ["2027-05-03", "2027-05-04", "2027-05-13", "2027-05-14"]
    answer = played(ASSIGNED, IN_TIME, ask=days, grace_days=10)
    assert [(one["status"], one["covered"]) for one in answer["states"]] == [
        ("window_open", True),
        ("overdue", True),
        ("overdue", True),
        ("expired", False),
    ]
    assert answer["certified_through"] == "2027-05-03"


def test_a_renewal_in_grace_is_late_and_counts_from_the_completion():
    answer = played(ASSIGNED, IN_TIME, ("2027-05-13", "completed", {}), grace_days=10)
    assert answer["certified_through"] == "2028-05-13"
    assert [line["closed_as"] for line in answer["cycles"]] == ["on_time", "late"]


def test_the_period_lapses_after_grace():
    assert lines(ASSIGNED, IN_TIME, ask="2027-05-13", grace_days=10)[-1][-1] is None
    assert lines(ASSIGNED, IN_TIME, ask="2027-05-14", grace_days=10)[1:] == [
        ("refresher", "2027-04-03", "2027-04-03", "2027-05-03", "lapsed"),
        ("refresher", "2027-05-14", None, "2027-05-03", None),
    ]


def test_never_certified_has_no_grace():
    assert state(ASSIGNED, ask="2026-05-04", grace_days=10) == ("overdue", False, True)


# Extensions

EXTENDED = ("2027-04-20", "extended", {"to": "2027-08-01"})


def test_an_extension_prolongs_validity():
    days = ["2027-05-04", "2027-08-01", "2027-08-02"]
    answer = played(ASSIGNED, IN_TIME, EXTENDED, ask=days)
    assert [one["status"] for one in answer["states"]] == ["window_open", "window_open", "expired"]
    assert [one["covered"] for one in answer["states"]] == [True, True, False]
    assert answer["certified_through"] == answer["due"] == "2027-08-01"


def test_an_extension_leaves_the_window_where_it_was():
    assert played(ASSIGNED, IN_TIME, EXTENDED)["window_opens"] == "2027-04-03"


def test_grace_follows_after_the_extension():
    days = ["2027-08-02", "2027-08-11", "2027-08-12"]
    events = (ASSIGNED, IN_TIME, EXTENDED)
    assert statuses(*events, ask=days, grace_days=10) == ["overdue", "overdue", "expired"]
    assert covered(*events, ask=days, grace_days=10) == [True, True, False]


@pytest.mark.parametrize(
    ("day", "expiry"), [("2027-05-03", "2028-05-03"), ("2027-05-04", "2028-05-04")]
)
def test_with_an_extension_the_original_expiry_decides(day, expiry):
    answer = played(ASSIGNED, IN_TIME, EXTENDED, (day, "completed", {}))
    assert answer["certified_through"] == expiry
    assert answer["cycles"][1]["closed_as"] == "on_time"


def test_with_an_extension_fixed_keeps_the_original_calendar():
    done = ("2027-07-20", "completed", {})
    assert through(ASSIGNED, IN_TIME, EXTENDED, done, basis="fixed") == "2028-05-03"


@pytest.mark.parametrize(
    ("on", "to", "refused"),
    [
        ("2027-06-01", "2027-05-31", ["EXTENSION_IN_THE_PAST"]),
        ("2027-06-01", "2027-06-01", []),  # today is not the past
        ("2027-04-20", "2027-05-02", ["EXTENSION_BEFORE_DUE"]),
        ("2027-04-20", "2027-05-03", []),
    ],
)
def test_extensions_that_are_refused(on, to, refused):
    extended = (on, "extended", {"to": to})
    assert reasons(ASSIGNED, IN_TIME, extended) == [(2, reason) for reason in refused]


def test_a_refused_extension_changes_nothing():
    refused = ("2027-04-20", "extended", {"to": "2027-05-02"})
    with_it = played(ASSIGNED, IN_TIME, refused)
    without = played(ASSIGNED, IN_TIME, ask="2027-04-20")
    assert [with_it[key] for key in ("due", "certified_through", "cycles")] == [
        without[key] for key in ("due", "certified_through", "cycles")
    ]


def test_an_extension_after_the_expiry_covers_from_the_day_it_is_given():
    extended = ("2027-06-01", "extended", {"to": "2027-07-01"})
    days = ["2027-05-31", "2027-06-01", "2027-07-01", "2027-07-02"]
    assert covered(ASSIGNED, IN_TIME, extended, ask=days) == [False, True, True, False]
    assert lines(ASSIGNED, IN_TIME, extended, ask="2027-09-01")[-1] == (
        "refresher",
        "2027-05-04",
        None,
        "2027-07-01",
        None,
    )


def test_an_extension_before_the_first_time_moves_the_due_date_and_covers_nobody():
    extended = ("2026-04-01", "extended", {"to": "2026-06-30"})
    days = ["2026-06-30", "2026-07-01"]
    answer = played(ASSIGNED, extended, ask=days)
    assert [(one["status"], one["covered"]) for one in answer["states"]] == [
        ("assigned", False),
        ("overdue", False),
    ]
    assert answer["certified_through"] is None
