"""What holds of every history: against a slow replay of every day, and as a machine of events."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from learning.rules.certifying import window_opens_on
from learning.rules.coverage import group_of, tally
from learning.rules.events import Event, EventType
from learning.rules.ledger import Ledger
from learning.rules.policy import Basis, Policy
from learning.rules.replay import replay, states
from learning.rules.status import Standing, Status
from learning.rules.taking import take
from learning.rules.what_if import policy_as_json, simulate
from tests.oracles import recertification as oracle

BOUNDED = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no fault of the rules
)
START = date(2023, 12, 1)  # a leap year follows
COUNTING = {EventType.COMPLETED, EventType.IMPORTED}

# How many days from the event to the day that it names.
AHEAD = {
    EventType.ASSIGNED: st.sampled_from([None, -5, 13, 14, 60, 200]),
    EventType.IMPORTED: st.sampled_from([1, 0, -1, -20, -45, -180, -181, -400]),
    EventType.EXTENDED: st.sampled_from([-1, 0, 10, 60, 400]),
    EventType.LEAVE: st.sampled_from([-1, 0, 10, 60, 200]),
    EventType.DUE_CHANGED: st.sampled_from([-30, 0, 10, 60, 400]),
}
KEYS = {
    EventType.ASSIGNED: "due",
    EventType.IMPORTED: "completed_on",
    EventType.EXTENDED: "to",
    EventType.LEAVE: "until",
    EventType.DUE_CHANGED: "due",
}
KINDS = st.sampled_from([*AHEAD, EventType.COMPLETED, EventType.COMPLETED, EventType.UNASSIGNED])
KINDS |= st.sampled_from([EventType.DEACTIVATED, EventType.REACTIVATED, EventType.COMPLETED])


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    active = draw(st.sampled_from([1, 2, 6, 12, 12]))
    return Policy(
        basis=draw(st.sampled_from(Basis)),
        active_months=active,
        window_months=draw(st.integers(0, min(active, 3))),
        minimum_months=draw(st.sampled_from([0, 1, 6])),
        grace_days=draw(st.sampled_from([0, 5, 40])),
        evidence_max_age_days=draw(st.sampled_from([0, 30, 180, 700])),
        leave_return_days=draw(st.sampled_from([0, 14, 30])),
    )


@st.composite
def events(draw: st.DrawFn, on: date) -> Event:
    kind = draw(KINDS)
    ahead = draw(AHEAD[kind]) if kind in AHEAD else None
    return Event(on, kind, day=None if ahead is None else on + timedelta(days=ahead))


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Somebody is assigned first, mostly, and then things happen close to each other or far."""
    day, found = START, []
    if draw(st.integers(0, 4)):
        due = START + timedelta(days=draw(st.integers(10, 150)))
        found.append(Event(START, EventType.ASSIGNED, day=due))
    for gap in draw(st.lists(st.sampled_from([0, 0, 1, 5, 20, 29, 31, 90, 330]), max_size=12)):
        day += timedelta(days=gap)
        found.append(draw(events(day)))
    return found


def days_near(history: list[Event]) -> st.SearchStrategy[date]:
    last = history[-1].on if history else START
    return st.dates(START - timedelta(days=100), last + timedelta(days=500))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Policy, list[Event], list[date]]:
    history = draw(histories())
    return draw(policies()), history, draw(st.lists(days_near(history), min_size=1, max_size=4))


def as_json(event: Event) -> dict[str, Any]:
    named = {KEYS[event.type]: event.day.isoformat()} if event.day else {}
    return {"on": event.on.isoformat(), "type": str(event.type)} | named


def standings(history: list[Event], policy: Policy, days: list[date]) -> list[Standing]:
    return [standing for _day, standing in states(history, policy=policy, days=days)]


def everything(ledger: Ledger) -> tuple[Any, ...]:
    return ledger.cycles, ledger.refused, ledger.dates, ledger.standing()


# Against the oracle


@settings(BOUNDED, max_examples=300)
@given(cases(), st.randoms(use_true_random=False))
def test_the_same_answer_as_a_slow_replay_of_every_day(case, chance):
    policy, history, days = case
    rows = [as_json(event) for event in history]
    chance.shuffle(rows)
    question = {
        "policy": policy_as_json(policy),
        "events": rows,
        "ask": [day.isoformat() for day in days],
    }
    assert simulate(question) == oracle.simulate(question)


# Of every history


@BOUNDED
@given(cases())
def test_asking_a_day_alone_or_among_others_is_the_same(case):
    policy, history, days = case
    alone = [standings(history, policy, [day])[0] for day in days]
    assert standings(history, policy, days) == alone


@BOUNDED
@given(cases(), st.lists(st.integers(0, 900), max_size=8))
def test_days_may_pass_in_any_pieces_and_twice(case, stops):
    policy, history, days = case
    until = max([*days, START, *(event.on for event in history)])
    once, pieces = Ledger(policy), Ledger(policy)
    for place, event in enumerate(history):
        take(once, event, place)
        for stop in sorted(stops):
            pieces.advance(min(START + timedelta(days=stop), event.on))
        take(pieces, event, place)
        pieces.advance(event.on)
    once.advance(until)
    for stop in sorted(stops):
        pieces.advance(min(START + timedelta(days=stop), until))
    pieces.advance(until)
    pieces.advance(until)
    assert everything(pieces) == everything(once)


@BOUNDED
@given(cases(), st.data())
def test_a_past_day_is_the_same_after_later_facts_but_imports(case, data):
    policy, history, _days = case
    day = data.draw(days_near(history))
    known = [event for event in history if event.on <= day]
    later = [event for event in history if event.on > day and event.type is not EventType.IMPORTED]
    assert standings(known + later, policy, [day]) == standings(known, policy, [day])
    with_imports = standings(history, policy, [day])[0]
    assert with_imports.covered or not standings(known, policy, [day])[0].covered


@BOUNDED
@given(cases())
def test_covered_and_late_only_in_grace_and_never_expired(case):
    policy, history, days = case
    for standing in standings(history, policy, days):
        if standing.status is Status.EXPIRED:
            assert not standing.covered
        if standing.status is Status.OVERDUE and standing.covered:
            assert policy.grace_days > 0
        if standing.status in {Status.CERTIFIED, Status.WINDOW_OPEN}:
            assert standing.covered


@BOUNDED
@given(cases())
def test_groups_are_disjoint_and_add_up(case):
    policy, history, days = case
    found = [(day, one) for day, one in states(history, policy=policy, days=days)]
    total = tally(group_of(one, day) for day, one in found)
    at_work = [one for _day, one in found if one.in_denominator]
    assert total.in_denominator == len(at_work)
    assert total.covered == sum(one.covered for one in at_work)
    assert total.overdue == sum(
        one.status in {Status.OVERDUE, Status.EXPIRED} and not one.covered for one in at_work
    )
    assert total.total == sum(one.status is not Status.INACTIVE for _day, one in found)


@BOUNDED
@given(policies(), histories(), st.integers(0, 300), st.integers(0, 300))
def test_removed_and_added_again_restores_the_dates(policy, history, after, length):
    """As long as the dates run, whatever is completed in between."""
    gone_on = START + timedelta(days=after)
    back_on = gone_on + timedelta(days=length)
    fixed = {EventType.COMPLETED, EventType.LEAVE, EventType.DEACTIVATED, EventType.REACTIVATED}
    first = [event for event in history if event.on < gone_on]
    between = [e for e in history if gone_on <= e.on <= back_on and e.type in fixed]
    stayed = replay([*first, *between], policy=policy, until=back_on)
    gone = Event(gone_on, EventType.UNASSIGNED)
    back = Event(back_on, EventType.ASSIGNED, day=back_on + timedelta(days=1000))
    before = replay(first, policy=policy, until=gone_on)
    assume(before.is_assigned and stayed.due_on is not None and not stayed.has_lapsed)
    assume(stayed.current is not None or stayed.due_on >= back_on)
    moved = replay([*first, gone, *between, back], policy=policy, until=back_on)
    assert moved.dates == stayed.dates


# A machine of events


class Life(RuleBasedStateMachine):
    """One person, to whom things happen while days pass; checked after every step."""

    @initialize(policy=policies())
    def begin(self, policy: Policy) -> None:
        self.ledger = Ledger(policy)
        self.ledger.advance(START)
        self.history: list[Event] = []
        self.closed: list[Any] = []
        self.seen: dict[date, Standing] = {}  # of days that are over

    @rule(data=st.data())
    def something_happens(self, data: st.DataObject) -> None:
        event = data.draw(events(self.ledger.today))
        before = everything(self.ledger)
        current = self.ledger.current
        reason = take(self.ledger, event, len(self.history))
        self.history.append(event)
        if event.type is EventType.IMPORTED and event.day and reason is None:
            self.seen = {day: one for day, one in self.seen.items() if day < event.day}
        if reason is None:
            self.it_was_taken(event, current)
        elif event.type is not EventType.ASSIGNED:
            assert everything(self.ledger)[2:] == before[2:]
            assert self.ledger.cycles == before[0]

    def it_was_taken(self, event: Event, current: Any) -> None:
        """No event is lost: it shows, or it is history for a reason that can be given."""
        ledger, day = self.ledger, event.day
        if event.type in COUNTING:
            done = event.on if event.type is EventType.COMPLETED else day
            if len(self.history) - 1 in ledger.taken:
                assert ledger.cycles[-1].completed_on == done
            else:
                assert done is not None
                opens = window_opens_on(current.valid_through, ledger.policy)
                assert done < opens or done <= current.completed_on
        elif event.type in {EventType.ASSIGNED, EventType.UNASSIGNED}:
            assert ledger.is_assigned is (event.type is EventType.ASSIGNED)
        elif event.type in {EventType.DEACTIVATED, EventType.REACTIVATED}:
            assert ledger.is_active is (event.type is EventType.REACTIVATED)
        elif event.type is EventType.LEAVE:
            assert ledger.on_leave(event.on)
        else:
            assert ledger.due_on == day

    @rule(days=st.sampled_from([1, 2, 14, 28, 31, 60, 335, 366]))
    def days_pass(self, days: int) -> None:
        due, today = self.ledger.due_on, self.ledger.today
        self.seen[today] = self.ledger.standing()
        self.ledger.advance(today + timedelta(days=days))
        if due is not None:
            assert self.ledger.due_on is not None
            assert self.ledger.due_on >= due

    @rule()
    def the_daily_run_is_repeated(self) -> None:
        self.ledger.advance(self.ledger.today)
        before = everything(self.ledger)
        self.ledger.advance(self.ledger.today)
        assert everything(self.ledger) == before

    @precondition(lambda self: self.history)
    @invariant()
    def facts_and_a_day_give_the_state(self) -> None:
        self.ledger.advance(self.ledger.today)
        again = replay(self.history, policy=self.ledger.policy, until=self.ledger.today)
        assert everything(again) == everything(self.ledger)

    @invariant()
    def closed_periods_never_change(self) -> None:
        closed = [line for line in self.ledger.cycles if not line.is_open]
        assert closed[: len(self.closed)] == self.closed
        self.closed = closed
        assert [line.number for line in self.ledger.cycles] == [
            number for number, _line in enumerate(self.ledger.cycles, 1)
        ]
        assert all(not line.is_open for line in self.ledger.cycles[:-1])

    @invariant()
    def periods_follow_each_other(self) -> None:
        for earlier, later in pairwise(self.ledger.cycles):
            assert earlier.closed_on is not None
            assert later.closed_on is None or later.closed_on >= earlier.closed_on

    @invariant()
    def days_that_are_over_stay_as_they_were(self) -> None:
        days = list(self.seen)
        assert standings(self.history, self.ledger.policy, days) == list(self.seen.values())

    @invariant()
    def who_is_assigned_has_a_period_or_a_certification(self) -> None:
        ledger = self.ledger
        if ledger.is_assigned:
            assert ledger.open_cycle is not None or ledger.current is not None
            if ledger.open_cycle is not None:
                assert ledger.open_cycle.due_on == ledger.due_on
        else:
            assert ledger.open_cycle is None


TestLife = Life.TestCase
TestLife.settings = settings(BOUNDED, max_examples=60, stateful_step_count=25)
