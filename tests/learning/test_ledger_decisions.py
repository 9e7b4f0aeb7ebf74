"""Hand-worked dates: due dates that move, the order of a day, and what a file cannot say.

The rules: docs/recertification.md; what holds unless a test says otherwise: `ledger_play`.
"""

from datetime import date

import pytest

from learning.rules.certifying import Certification
from learning.rules.events import ClosedAs, Event, EventType, Refusal
from learning.rules.ledger import Ledger
from learning.rules.policy import Policy, PolicyPeriod
from learning.rules.replay import replay, with_policies
from learning.rules.status import Status
from tests.learning.ledger_play import (
    ASSIGNED,
    IN_TIME,
    lines,
    played,
    reasons,
    state,
)

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
