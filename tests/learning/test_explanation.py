"""The facts replayed as dated steps: the order, the days counted from, and what is to come."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.rules.certifying import Certification
from learning.rules.events import Event, EventType
from learning.rules.explanation import explain
from learning.rules.policy import Basis, Policy
from learning.rules.replay import replay

T = EventType
YEAR = Policy()
ASSIGNED = Event(date(2026, 1, 5), T.ASSIGNED, day=date(2026, 5, 3))
DONE = Event(date(2026, 3, 1), T.COMPLETED)


def told(*events, policy=YEAR, until=date(2026, 6, 1)):
    return explain(events, policy=policy, until=until)[0]


def coming(*events, policy=YEAR, until=date(2026, 6, 1)):
    return explain(events, policy=policy, until=until)[1]


def codes(steps):
    return [(step.on, step.code) for step in steps]


def last(*events, **kwargs):
    return told(*events, **kwargs)[-1]


def test_nothing_known_tells_nothing():
    assert explain([], policy=YEAR, until=date(2026, 6, 1)) == ([], [])


def test_assigned_says_the_due_date():
    step = told(ASSIGNED, until=ASSIGNED.on)[0]
    assert (step.on, step.code, step.place) == (ASSIGNED.on, "assigned", 0)
    assert step.values["due"] == date(2026, 5, 3)


def test_too_little_time_waits_for_the_coordinator():
    near = Event(date(2026, 1, 5), T.ASSIGNED, day=date(2026, 1, 10))
    steps, ahead = explain([near], policy=YEAR, until=near.on)
    assert steps[0].code == "assigned_too_little_time"
    assert steps[0].values == {"due": None, "was": None, "asked": date(2026, 1, 10)}
    assert codes(ahead) == [(None, "due_undecided")]


def test_in_time_counts_from_the_due_date():
    values = last(ASSIGNED, DONE).values
    assert (values["counts"], values["from"]) == ("due", date(2026, 5, 3))
    assert values["through"] == date(2027, 5, 3)


def test_on_the_due_date_is_in_time_and_a_day_later_is_not():
    on_the_day = last(ASSIGNED, Event(date(2026, 5, 3), T.COMPLETED)).values
    late = told(ASSIGNED, Event(date(2026, 5, 4), T.COMPLETED))
    assert on_the_day["counts"] == "due"
    assert codes(late)[1:] == [(date(2026, 5, 4), "overdue"), (date(2026, 5, 4), "completed")]
    assert (late[-1].values["counts"], late[-1].values["from"]) == ("completion", date(2026, 5, 4))


def test_renewing_before_the_expiry_keeps_the_anniversary():
    again = Event(date(2027, 4, 20), T.COMPLETED)
    step = last(ASSIGNED, DONE, again, until=again.on)
    assert (step.values["counts"], step.values["from"]) == ("anniversary", date(2027, 5, 3))
    assert step.values["through"] == date(2028, 5, 3)


def test_after_a_lapse_it_counts_from_the_completion():
    again = Event(date(2027, 5, 20), T.COMPLETED)
    steps = told(ASSIGNED, DONE, again, until=again.on)
    assert codes(steps)[2:] == [
        (date(2027, 4, 3), "window_opened"),
        (date(2027, 5, 4), "lapsed"),
        (date(2027, 5, 20), "completed"),
    ]
    assert steps[-1].values["counts"] == "completion"


def test_completion_basis_counts_from_the_completion():
    policy = Policy(basis=Basis.COMPLETION)
    assert last(ASSIGNED, DONE, policy=policy).values["from"] == DONE.on


def test_fixed_basis_names_the_date_of_the_calendar():
    values = last(ASSIGNED, DONE, policy=Policy(basis=Basis.FIXED)).values
    assert (values["counts"], values["from"]) == ("calendar", values["through"])


def test_an_import_counts_from_its_own_day():
    values = last(ASSIGNED, Event(date(2026, 3, 1), T.IMPORTED, day=date(2026, 2, 1))).values
    assert (values["counts"], values["from"]) == ("completion", date(2026, 2, 1))
    assert values["completed_on"] == date(2026, 2, 1)


def test_what_was_frozen_under_other_numbers_is_not_explained_wrongly():
    made = Certification(DONE.on, date(2026, 9, 9), 9)
    values = last(ASSIGNED, replace(DONE, certification=made)).values
    assert (values["counts"], values["from"]) == ("stated", None)
    assert values["through"] == date(2026, 9, 9)


def test_doing_it_again_before_the_window_changed_no_date():
    again = Event(date(2026, 4, 1), T.COMPLETED)
    assert last(ASSIGNED, DONE, again).code == "history"


def test_a_29th_of_february_comes_back():
    start = Event(date(2023, 10, 1), T.ASSIGNED, day=date(2024, 2, 29))
    done = [Event(day, T.COMPLETED) for day in (date(2024, 2, 1), date(2025, 2, 20))]
    step = last(start, *done, until=date(2025, 2, 20))
    assert (step.values["counts"], step.values["from"]) == ("anniversary", date(2025, 2, 28))


def test_grace_begins_the_day_after_and_coverage_lapses_after_it():
    policy = Policy(grace_days=10)
    steps = told(ASSIGNED, DONE, policy=policy, until=date(2027, 6, 1))
    assert codes(steps)[2:] == [
        (date(2027, 4, 3), "window_opened"),
        (date(2027, 5, 4), "grace_began"),
        (date(2027, 5, 14), "lapsed"),
    ]


def test_leave_moves_the_due_date_and_says_by_how_much():
    leave = Event(date(2026, 4, 1), T.LEAVE, day=date(2026, 5, 31))
    steps = told(ASSIGNED, leave)
    assert codes(steps)[1:] == [(date(2026, 4, 1), "leave"), (date(2026, 6, 1), "back")]
    assert steps[-1].values == {"due": date(2026, 7, 1), "was": date(2026, 5, 3), "days": 30}


def test_leave_that_moved_nothing_says_no_other_date():
    leave = Event(date(2026, 2, 1), T.LEAVE, day=date(2026, 2, 7))
    assert last(ASSIGNED, leave, until=date(2026, 3, 1)).values["was"] is None


def test_on_leave_nobody_is_told_to_be_late():
    leave = Event(date(2026, 4, 1), T.LEAVE)
    assert codes(told(ASSIGNED, leave))[1:] == [(date(2026, 4, 1), "leave")]
    assert (None, "back") in codes(coming(ASSIGNED, leave))


def test_leave_before_the_training_was_asked_is_not_told():
    leave = Event(date(2025, 4, 1), T.LEAVE, day=date(2025, 5, 1))
    assert codes(told(leave, ASSIGNED, until=ASSIGNED.on)) == [(ASSIGNED.on, "assigned")]


def test_out_of_service_and_back():
    away = [Event(date(2026, 2, 1), T.DEACTIVATED), Event(date(2026, 6, 1), T.REACTIVATED)]
    steps = told(ASSIGNED, *away)
    assert [step.code for step in steps] == ["assigned", "left_work", "came_back"]
    assert steps[-1].values["due"] == date(2026, 7, 1)


def test_extension_before_and_after_a_certification():
    first = Event(date(2026, 4, 1), T.EXTENDED, day=date(2026, 8, 1))
    assert last(ASSIGNED, first).values["covers"] is False
    later = Event(date(2027, 4, 20), T.EXTENDED, day=date(2027, 8, 1))
    step = last(ASSIGNED, DONE, later, until=later.on)
    assert (step.code, step.values["covers"]) == ("extended", True)


def test_unassigned_and_assigned_again_restores_the_dates():
    out = Event(date(2026, 7, 1), T.UNASSIGNED)
    again = Event(date(2026, 9, 1), T.ASSIGNED, day=date(2026, 12, 1))
    steps = told(ASSIGNED, DONE, out, again, until=again.on)
    assert [step.code for step in steps][2:] == ["unassigned", "dates_restored"]
    assert steps[2].values["through"] == date(2027, 5, 3)
    assert steps[3].values["through"] == date(2027, 5, 3)


def test_assigned_again_after_all_dates_passed_is_a_new_due_date():
    out = Event(date(2026, 2, 1), T.UNASSIGNED)
    again = Event(date(2026, 9, 1), T.ASSIGNED, day=date(2026, 12, 1))
    step = last(ASSIGNED, out, again, until=again.on)
    assert (step.code, step.values["due"]) == ("assigned_again", date(2026, 12, 1))


def test_a_later_date_of_another_rule_and_a_refused_earlier_one():
    later = Event(date(2026, 2, 1), T.DUE_CHANGED, day=date(2026, 6, 10))
    earlier = Event(date(2026, 2, 2), T.DUE_CHANGED, day=date(2026, 3, 1))
    steps = told(ASSIGNED, later, earlier, until=date(2026, 3, 1))
    assert steps[1].values == {"due": date(2026, 6, 10), "was": date(2026, 5, 3)}
    assert (steps[2].code, steps[2].values) == ("not_taken", {"reason": "DUE_DATE_EARLIER"})


def test_a_revocation_says_which_completion():
    revoked = Event(date(2026, 5, 1), T.REVOKED, day=DONE.on)
    step = last(ASSIGNED, DONE, revoked, until=revoked.on)
    assert (step.code, step.values) == ("revoked", {"completed_on": DONE.on, "through": None})


def test_another_policy_is_told_to_who_was_assigned_and_only_if_it_differs():
    other = Event(date(2026, 4, 1), T.POLICY, policy=Policy(active_months=6))
    same = Event(date(2026, 5, 1), T.POLICY, policy=Policy(active_months=6))
    before = Event(date(2025, 4, 1), T.POLICY, policy=Policy(active_months=18))
    steps = told(before, ASSIGNED, replace(other), same, until=date(2026, 5, 2))
    assert codes(steps) == [(ASSIGNED.on, "assigned"), (date(2026, 4, 1), "policy_changed")]
    assert steps[-1].values["months"] == 6


def test_what_comes_for_who_is_certified():
    assert codes(coming(ASSIGNED, DONE)) == [
        (date(2027, 4, 3), "window_opens"),
        (date(2027, 5, 3), "expires"),
    ]


def test_the_answer_of_a_day_knows_nothing_later():
    events = [ASSIGNED, DONE, Event(date(2026, 5, 1), T.REVOKED, day=DONE.on)]
    early = explain(events, policy=YEAR, until=date(2026, 4, 1))
    assert early == explain(events[:2], policy=YEAR, until=date(2026, 4, 1))


DAYS = st.integers(0, 900).map(lambda n: date(2024, 1, 1) + timedelta(days=n))
EVENTS = st.builds(
    lambda on, kind, ahead: Event(on, kind, day=on + timedelta(days=ahead)),
    DAYS,
    st.sampled_from([kind for kind in T if kind is not T.POLICY]),
    st.integers(-40, 200),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(EVENTS, max_size=12),
    DAYS,
    st.sampled_from(Basis),
    st.sampled_from([0, 20]),
)
def test_explaining_ends_where_replaying_ends(events, day, basis, grace):
    """Any history: in order of date, no fact twice, and the dates to come are those that hold."""
    policy = Policy(basis=basis, grace_days=grace)
    steps, ahead = explain(events, policy=policy, until=day)
    days = [step.on for step in steps]
    assert days == sorted(days)
    places = [step.place for step in steps if step.place is not None]
    assert len(places) == len(set(places))
    ledger = replay(events, policy=policy, until=day)
    expires = [step.on for step in ahead if step.code == "expires"]
    runs = ledger.valid_through is not None and ledger.valid_through >= day
    assert expires == ([ledger.valid_through] if runs else [])
    lapsed = sum(line.closed_as == "lapsed" for line in ledger.cycles)
    told_lapses = sum(step.code in {"lapsed", "revoked"} for step in steps)
    assert told_lapses >= lapsed


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2027, 4, 10), date(2027, 6, 1)])
def test_split_or_whole_the_steps_are_the_same(day):
    events = [ASSIGNED, DONE]
    whole = told(*events, until=date(2028, 1, 1))
    part = told(*events, until=day)
    assert whole[: len(part)] == part
