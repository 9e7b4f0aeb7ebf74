"""Every sentence of the rules of recertification, by hand-worked dates (docs/recertification.md).

Unless a test says otherwise: basis expiry, a year valid, a month's window, no grace.
"""

from datetime import date
from typing import Any

import pytest

from learning.rules.certifying import Certification
from learning.rules.events import ClosedAs, Event, EventType, Refusal
from learning.rules.ledger import Ledger
from learning.rules.policy import Policy, PolicyPeriod
from learning.rules.replay import replay, with_policies
from learning.rules.status import Status
from learning.rules.what_if import simulate

POLICY = {
    "basis": "expiry",
    "active_months": 12,
    "window_months": 1,
    "minimum_months": 6,
    "grace_days": 0,
    "evidence_max_age_days": 180,
    "leave_return_days": 30,
}
ASSIGNED = ("2026-01-05", "assigned", {"due": "2026-05-03"})
IN_TIME = ("2026-04-20", "completed", {})  # with ASSIGNED: valid through 2027-05-03
Given = tuple[str, str, dict[str, Any]]


def played(*events: Given, ask: str | list[str] = (), **policy: Any) -> dict[str, Any]:
    rows = [{"on": on, "type": kind} | more for on, kind, more in events]
    asked = [ask] if isinstance(ask, str) else list(ask)
    return simulate({"policy": POLICY | policy, "events": rows, "ask": asked})


def statuses(*events: Given, ask: list[str], **policy: Any) -> list[str]:
    return [state["status"] for state in played(*events, ask=ask, **policy)["states"]]


def covered(*events: Given, ask: list[str], **policy: Any) -> list[bool]:
    return [state["covered"] for state in played(*events, ask=ask, **policy)["states"]]


def state(*events: Given, ask: str, **policy: Any) -> tuple[str, bool, bool]:
    [found] = played(*events, ask=ask, **policy)["states"]
    return found["status"], found["covered"], found["in_denominator"]


def reasons(*events: Given, **policy: Any) -> list[tuple[int, str]]:
    return [(one["event"], one["reason"]) for one in played(*events, **policy)["refused"]]


def lines(*events: Given, ask: str | list[str] = (), **policy: Any) -> list[tuple[Any, ...]]:
    return [
        (line["path"], line["assigned_on"], line["window_opens"], line["due"], line["closed_as"])
        for line in played(*events, ask=ask, **policy)["cycles"]
    ]


def through(*events: Given, **policy: Any) -> str | None:
    found: str | None = played(*events, **policy)["certified_through"]
    return found


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


# Due dates


@pytest.mark.parametrize(
    ("due", "refused"),
    [
        ("2026-01-04", True),  # has passed
        ("2026-01-05", True),
        ("2026-01-18", True),  # 13 days
        ("2026-01-19", False),  # 14 days
    ],
)
def test_too_little_time(due, refused):
    answer = played(("2026-01-05", "assigned", {"due": due}))
    assert answer["due"] == (None if refused else due)
    assert [one["reason"] for one in answer["refused"]] == ["TOO_LITTLE_TIME"] * refused
    assert answer["cycles"][0]["closed_as"] is None


def test_too_little_time_is_not_silently_overdue():
    assigned = ("2026-01-05", "assigned", {"due": "2026-01-10"})
    assert state(assigned, ask="2027-01-01") == ("assigned", False, True)


def test_a_decision_after_too_little_time_gives_a_date():
    assigned = ("2026-01-05", "assigned", {"due": "2026-01-10"})
    decided = ("2026-01-06", "due_changed", {"due": "2026-01-15"})
    answer = played(assigned, decided, ask="2026-01-16")
    assert (answer["due"], answer["states"][0]["status"]) == ("2026-01-15", "overdue")


@pytest.mark.parametrize(
    ("due", "refused"), [("2026-05-02", True), ("2026-05-03", False), ("2026-06-01", False)]
)
def test_a_due_date_moves_later_never_earlier(due, refused):
    answer = played(ASSIGNED, ("2026-02-01", "due_changed", {"due": due}))
    assert answer["due"] == ("2026-05-03" if refused else due)
    assert [one["reason"] for one in answer["refused"]] == ["DUE_DATE_EARLIER"] * refused


def test_a_due_date_that_changes_prolongs_no_validity():
    changed = ("2027-01-10", "due_changed", {"due": "2027-06-30"})
    answer = played(ASSIGNED, IN_TIME, changed, ask="2027-05-04")
    assert (answer["certified_through"], answer["due"]) == ("2027-05-03", "2027-06-30")
    assert answer["states"][0]["status"] == "expired"


def test_several_rules_give_the_latest_due_date():
    later, earlier = {"due": "2026-07-01"}, {"due": "2026-03-01"}
    assert played(ASSIGNED, ("2026-01-10", "assigned", later))["due"] == "2026-07-01"
    assert played(ASSIGNED, ("2026-01-10", "assigned", earlier))["due"] == "2026-05-03"
    assert len(lines(ASSIGNED, ("2026-01-10", "assigned", later))) == 1


def test_a_second_rule_with_enough_time_settles_too_little_time():
    near = ("2026-01-05", "assigned", {"due": "2026-01-10"})
    answer = played(near, ("2026-01-05", "assigned", {"due": "2026-05-03"}))
    assert answer["due"] == "2026-05-03"
    assert reasons(near, near) == [(0, "TOO_LITTLE_TIME"), (1, "TOO_LITTLE_TIME")]


def test_a_rule_gives_who_is_certified_no_other_due_date():
    again = ("2026-10-01", "assigned", {"due": "2028-01-31"})
    assert played(ASSIGNED, IN_TIME, again)["due"] == "2027-05-03"


# Order


def test_events_are_taken_by_day_and_then_as_given():
    assert played(IN_TIME, ASSIGNED) == played(ASSIGNED, IN_TIME)
    out_and_in = [("2026-02-01", "unassigned", {}), ("2026-02-01", "assigned", {})]
    assert state(ASSIGNED, *out_and_in, ask="2026-02-01")[0] == "assigned"
    in_and_out = [("2026-02-01", "assigned", {}), ("2026-02-01", "unassigned", {})]
    assert state(ASSIGNED, *in_and_out, ask="2026-02-01")[0] == "unassigned"


def test_refusals_name_the_place_in_the_file():
    late = ("2026-03-01", "extended", {"to": "2026-04-01"})
    assert reasons(late, ASSIGNED, ("2026-02-01", "extended", {"to": "2026-04-01"})) == [
        (0, "EXTENSION_BEFORE_DUE"),
        (2, "EXTENSION_BEFORE_DUE"),
    ]


def test_the_lapse_goes_before_what_happens_that_day():
    done = ("2027-05-04", "completed", {})
    assert [line[-1] for line in lines(ASSIGNED, IN_TIME, done)] == ["on_time", "lapsed", "late"]


# What a file cannot say: revocations, waivers, other policies


def on(day: str) -> date:
    return date.fromisoformat(day)


FIRST = Event(on("2026-01-05"), EventType.ASSIGNED, day=on("2026-05-03"))
DONE = Event(on("2026-04-20"), EventType.COMPLETED)
TAKEN_BACK = Event(on("2026-09-01"), EventType.REVOKED, day=on("2026-04-20"))


def test_a_revoked_completion_no_longer_covers_from_that_day():
    events = [FIRST, DONE, TAKEN_BACK]
    before = replay(events, policy=Policy(), until=on("2026-08-31"))
    after = replay(events, policy=Policy(), until=on("2026-09-01"))
    assert (before.standing().covered, after.standing().covered) == (True, False)
    assert after.cycles[0] == before.cycles[0]  # what was closed stays as it was
    assert after.open_cycle is not None


AGAIN = Event(on("2027-04-10"), EventType.COMPLETED)  # valid through 2028-05-03


def revoked(day: str, completed_on: str, *events: Event) -> Ledger:
    taken_back = Event(on(day), EventType.REVOKED, day=on(completed_on))
    return replay([FIRST, DONE, *events, taken_back], policy=Policy(), until=on(day))


def test_revoking_an_older_completion_changes_no_date_or_period():
    ledger = revoked("2028-04-10", "2026-04-20", AGAIN)
    stayed = replay([FIRST, DONE, AGAIN], policy=Policy(), until=on("2028-04-10"))
    assert (ledger.dates, ledger.cycles) == (stayed.dates, stayed.cycles)


def test_revoking_the_first_one_leaves_a_line_to_be_decided_on():
    ledger = revoked("2027-04-10", "2026-04-20")
    assert [(line.path, line.due_on, line.closed_as) for line in ledger.cycles[1:]] == [
        ("refresher", on("2027-05-03"), ClosedAs.LAPSED),  # the window that was open
        ("onboarding", None, None),
    ]
    assert (ledger.due_on, ledger.standing().status) == (None, Status.ASSIGNED)


def test_revoking_a_renewal_goes_back_to_the_dates_before_it():
    ledger = revoked("2027-04-20", "2027-04-10", AGAIN)
    assert ledger.due_on == ledger.valid_through == on("2027-05-03")
    [opened] = ledger.cycles[2:]
    assert (opened.assigned_on, opened.window_opens_on) == (on("2027-04-20"), on("2027-04-03"))


def test_revoking_a_renewal_after_what_was_before_it_is_over():
    extended = Event(on("2027-04-20"), EventType.EXTENDED, day=on("2028-06-30"))
    ledger = revoked("2027-06-01", "2027-04-10", AGAIN, extended)
    assert not ledger.standing().covered  # the extension was of what no longer counts
    [opened] = ledger.cycles[2:]
    assert (opened.window_opens_on, opened.due_on) == (None, on("2027-05-03"))


def test_revoking_what_somebody_who_was_removed_has_opens_nothing():
    gone = Event(on("2026-08-01"), EventType.UNASSIGNED)
    ledger = revoked("2026-09-01", "2026-04-20", gone)
    assert (len(ledger.cycles), ledger.covered_through) == (1, None)


def test_there_may_be_nothing_to_revoke():
    ledger = replay([FIRST, TAKEN_BACK], policy=Policy(), until=on("2026-09-01"))
    assert [one.reason for one in ledger.refused] == [Refusal.NOTHING_TO_REVOKE]


def test_a_coordinator_may_take_evidence_that_is_too_old():
    old = Event(on("2026-03-01"), EventType.IMPORTED, day=on("2025-05-01"), waived=True)
    ledger = replay([FIRST, old], policy=Policy(), until=on("2026-03-01"))
    assert (ledger.valid_through, ledger.refused) == (on("2026-05-01"), [])


def test_a_coordinator_may_keep_a_near_date():
    near = Event(on("2026-01-05"), EventType.ASSIGNED, day=on("2026-01-10"), waived=True)
    assert replay([near], policy=Policy(), until=on("2026-01-05")).due_on == on("2026-01-10")


def test_what_was_frozen_at_completion_stays_under_another_policy():
    frozen = Certification(on("2026-04-20"), on("2026-12-31"), 31, grace_days=7)
    done = Event(on("2026-04-20"), EventType.COMPLETED, certification=frozen)
    ledger = replay([FIRST, done], policy=Policy(), until=on("2026-05-01"))
    assert ledger.covered_through == on("2027-01-07")


def test_an_import_that_was_frozen_counts_as_it_was_taken():
    frozen = Certification(on("2024-01-10"), on("2027-01-10"), 10)
    old = Event(on("2026-02-01"), EventType.IMPORTED, frozen.completed_on, certification=frozen)
    ledger = replay([FIRST, old], policy=Policy(), until=on("2026-02-01"))
    assert (ledger.valid_through, ledger.refused) == (on("2027-01-10"), [])


def test_the_furthest_valid_counts_whatever_was_recorded_last():
    frozen = Certification(on("2026-01-10"), on("2026-12-31"), 31)
    late = Event(on("2026-06-01"), EventType.IMPORTED, frozen.completed_on, certification=frozen)
    ledger = replay([FIRST, DONE, late], policy=Policy(), until=on("2026-06-01"))
    assert ledger.valid_through == ledger.due_on == on("2027-05-03")


def test_another_policy_holds_from_its_own_day():
    periods = [
        PolicyPeriod(on("2020-01-01"), Policy()),
        PolicyPeriod(on("2027-01-01"), Policy(active_months=24)),
    ]
    events = with_policies([FIRST, DONE, Event(on("2027-04-10"), EventType.COMPLETED)], periods)
    ledger = replay(events, policy=Policy(), until=on("2027-06-01"))
    assert [line.valid_through for line in ledger.cycles] == [on("2027-05-03"), on("2029-05-03")]


def test_leave_without_an_end_goes_on():
    away = Event(on("2026-02-01"), EventType.LEAVE)
    assert replay([FIRST, away], policy=Policy(), until=on("2030-01-01")).on_leave(on("2030-01-01"))
