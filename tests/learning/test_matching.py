"""Which rules ask a programme of somebody, and by when: edges by name."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.rules.matching import Change, Held, Rule, Work, changes, employed_since, matches

TODAY = date(2026, 6, 1)
HERE, ELSEWHERE = 1, 2
TEAM, OTHER_TEAM = 10, 11


def work(
    starts_on: date = date(2026, 1, 1),
    ends_before: date | None = None,
    *,
    organisation: int = HERE,
    team: int = TEAM,
    job_function: str = "carer",
) -> Work:
    return Work(organisation, team, job_function, starts_on, ends_before)


def rule(**facts: Any) -> Rule:
    """Counts 90 days from the start of work, or of the rule on 1 March 2026."""
    values = {
        "public_id": "r",
        "pk": 1,
        "organisation": HERE,
        "programme": 5,
        "teams": None,
        "job_functions": None,
        "from_employment": True,
        "due_after_days": 90,
        "due_on": None,
        "counts_from": date(2026, 3, 1),
        "starts_on": date(2026, 3, 1),
        "ends_before": None,
    }
    return Rule(**(values | facts))


def due(works: list[Work], *rules: Rule, today: date = TODAY) -> list[date]:
    return [match.due_on for match in matches(works, rules, today)]


# What a rule asks


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({}, True),
        ({"organisation": ELSEWHERE}, False),
        ({"teams": frozenset({TEAM})}, True),
        ({"teams": frozenset({OTHER_TEAM})}, False),
        ({"teams": frozenset()}, False),  # a team that is gone is not every team
        ({"job_functions": frozenset({"carer"})}, True),
        ({"job_functions": frozenset({"teacher"})}, False),
        ({"teams": frozenset({TEAM}), "job_functions": frozenset({"teacher"})}, False),
    ],
)
def test_organisation_team_and_function_must_all_fit(facts, asked):
    assert bool(due([work()], rule(**facts))) is asked


def test_team_and_function_must_fit_in_the_same_work():
    works = [work(team=TEAM, job_function="carer"), work(team=OTHER_TEAM, job_function="teacher")]
    both = rule(teams=frozenset({TEAM}), job_functions=frozenset({"teacher"}))
    assert due(works, both) == []


@pytest.mark.parametrize(
    ("starts_on", "ends_before", "asked"),
    [
        (TODAY, None, True),  # from today
        (TODAY + timedelta(1), None, False),
        (date(2026, 3, 1), TODAY, False),  # until today
        (date(2026, 3, 1), TODAY + timedelta(1), True),
        (TODAY, TODAY, False),  # withdrawn
    ],
)
def test_a_rule_asks_while_it_is_in_force(starts_on, ends_before, asked):
    found = due([work()], rule(starts_on=starts_on, ends_before=ends_before))
    assert bool(found) is asked


@pytest.mark.parametrize(
    ("ends_before", "asked"), [(TODAY, False), (TODAY + timedelta(1), True), (None, True)]
)
def test_work_that_is_over_is_not_asked_of(ends_before, asked):
    assert bool(due([work(ends_before=ends_before)], rule())) is asked


def test_work_that_begins_later_is_asked_of_from_its_first_day():
    coming = work(date(2026, 9, 1))
    assert due([coming], rule()) == [date(2026, 9, 1) + timedelta(90)]


def test_nobody_without_work_is_asked():
    assert matches([], [rule()], TODAY) == []


# By when


def test_who_worked_there_before_the_rule_has_time_from_the_rule():
    assert due([work(date(2019, 1, 1))], rule()) == [date(2026, 5, 30)]  # 1 March and 90 days


def test_who_began_after_the_rule_has_time_from_the_first_working_day():
    assert due([work(date(2026, 5, 1))], rule()) == [date(2026, 7, 30)]


def test_a_rule_from_its_own_start_does_not_look_at_the_first_working_day():
    assert due([work(date(2026, 5, 1))], rule(from_employment=False)) == [date(2026, 5, 30)]


def test_a_rule_that_names_a_date():
    named = rule(due_on=date(2026, 12, 31), due_after_days=None)
    assert due([work(date(2026, 5, 1))], named) == [date(2026, 12, 31)]


def test_zero_days_is_due_on_the_day_itself():
    assert due([work(date(2026, 5, 1))], rule(due_after_days=0)) == [date(2026, 5, 1)]


def test_another_number_of_days_counts_from_where_it_counted():
    old = rule(pk=1, due_after_days=60)
    new = rule(pk=2, counts_from=date(2026, 5, 1), starts_on=date(2026, 5, 1), earlier=old)
    assert due([work(date(2019, 1, 1))], new) == [date(2026, 5, 30)]


def test_who_is_asked_since_a_change_has_time_from_the_change():
    old = rule(pk=1, teams=frozenset({OTHER_TEAM}))
    new = rule(pk=2, counts_from=date(2026, 5, 1), starts_on=date(2026, 5, 1), earlier=old)
    assert due([work(date(2019, 1, 1))], new) == [date(2026, 7, 30)]


# Since when somebody works there


def test_moving_team_keeps_the_first_working_day():
    works = [work(date(2020, 1, 1), date(2025, 1, 1)), work(date(2025, 1, 1), team=OTHER_TEAM)]
    assert employed_since(works, HERE, TODAY) == date(2020, 1, 1)


def test_two_teams_at_once_is_one_time():
    works = [work(date(2020, 1, 1)), work(date(2022, 1, 1), date(2023, 1, 1), team=OTHER_TEAM)]
    assert employed_since(works, HERE, TODAY) == date(2020, 1, 1)


def test_a_pause_of_a_day_begins_anew():
    works = [work(date(2020, 1, 1), date(2025, 1, 1)), work(date(2025, 1, 2))]
    assert employed_since(works, HERE, TODAY) == date(2025, 1, 2)


def test_work_that_comes_after_a_pause_does_not_count_yet():
    works = [work(date(2020, 1, 1), date(2026, 7, 1)), work(date(2026, 9, 1))]
    assert employed_since(works, HERE, TODAY) == date(2020, 1, 1)


def test_who_comes_back_later_counts_from_that_day():
    works = [work(date(2020, 1, 1), date(2024, 1, 1)), work(date(2026, 9, 1))]
    assert employed_since(works, HERE, TODAY) == date(2026, 9, 1)


def test_a_short_time_within_a_long_one_does_not_end_it():
    works = [work(date(2020, 1, 1), date(2026, 1, 1)), work(date(2021, 1, 1), date(2022, 1, 1))]
    works.append(work(date(2026, 1, 1)))
    assert employed_since(works, HERE, TODAY) == date(2020, 1, 1)


def test_work_elsewhere_does_not_count():
    works = [work(date(2020, 1, 1), organisation=ELSEWHERE), work(date(2025, 1, 1))]
    assert employed_since(works, HERE, TODAY) == date(2025, 1, 1)


DAYS = st.dates(date(2025, 6, 1), date(2026, 12, 31))
WORKS = st.lists(
    st.tuples(DAYS, st.none() | st.integers(1, 300)).map(
        lambda drawn: work(drawn[0], drawn[1] and drawn[0] + timedelta(drawn[1]))
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(WORKS, DAYS, st.randoms(use_true_random=False))
def test_the_first_working_day_by_walking_back(works, today, chance):
    """Who works today: back, day by day, until a day without work."""
    found = employed_since(works, HERE, today)
    chance.shuffle(works)
    assert employed_since(works, HERE, today) == found

    def works_on(day: date) -> bool:
        return any(
            w.starts_on <= day and not (w.ends_before and w.ends_before <= day) for w in works
        )

    if works_on(today):
        day = today
        while works_on(day - timedelta(1)):
            day -= timedelta(1)
        assert found == day


# What follows


def held(**facts: Any) -> dict[int, Held]:
    values = {
        "assignment": 7,
        "is_assigned": True,
        "is_exempt": False,
        "exempt_until": None,
        "is_certified": False,
        "due_on": date(2026, 5, 30),
        "works_there": True,
    }
    return {5: Held(**(values | facts))}


def change(
    *rules: Rule, holds: dict[int, Held] | None = None, **facts: Any
) -> tuple[str, str, date | None] | None:
    """What is done for somebody who worked there before all rules."""
    found = matches([work(date(2019, 1, 1))], rules, TODAY)
    made = changes(found, holds or {}, **({"works": True, "today": TODAY} | facts))
    assert len(made) <= 1
    return (made[0].kind, made[0].reason, made[0].due_on) if made else None


def test_a_rule_assigns_who_has_nothing():
    assert change(rule()) == ("assigned", "rule", date(2026, 5, 30))


def test_what_is_so_already_changes_nothing():
    assert change(rule(), holds=held()) is None


def test_several_rules_give_the_latest_due_date_in_any_order():
    late = rule(pk=2, due_after_days=200)
    expected = ("assigned", "rule", date(2026, 9, 17))
    assert change(rule(), late) == change(late, rule()) == expected


def test_all_rules_that_matched_are_named():
    found = matches([work()], [rule(), rule(pk=2, due_after_days=10)], TODAY)
    [made] = changes(found, {}, works=True, today=TODAY)
    assert [match.rule.pk for match in made.matched] == [1, 2]
    assert made.match is made.matched[0]


def test_equal_due_dates_name_the_same_rule_in_any_order():
    one, two = rule(pk=1), rule(pk=2)
    for rules in ([one, two], [two, one]):
        [made] = changes(matches([work()], rules, TODAY), {}, works=True, today=TODAY)
        assert made.match is not None
        assert made.match.rule.pk == 2


def test_a_due_date_moves_later():
    later = rule(due_after_days=91)
    assert change(later, holds=held()) == ("due_changed", "corrected_start", date(2026, 5, 31))


def test_a_due_date_never_moves_earlier():
    assert change(rule(due_after_days=89), holds=held()) is None


def test_a_second_rule_moves_it_as_the_latest():
    rules = rule(), rule(pk=2, due_after_days=100)
    assert change(*rules, holds=held()) == ("due_changed", "latest_due", date(2026, 6, 9))


@pytest.mark.parametrize(
    "facts",
    [
        {"is_certified": True},  # the dates of the certification hold
        {"due_on": None},  # a coordinator is deciding
    ],
)
def test_a_rule_leaves_other_dates_alone(facts):
    assert change(rule(due_after_days=500), holds=held(**facts)) is None


def test_who_was_removed_is_assigned_again():
    assert change(rule(), holds=held(is_assigned=False)) == (
        "assigned",
        "rule_again",
        date(2026, 5, 30),
    )


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (None, None),
        (TODAY, None),  # through today
        (TODAY - timedelta(1), "ex_over"),
    ],
)
def test_an_exemption_holds_through_its_last_day(until, reason):
    holds = held(is_assigned=False, is_exempt=True, exempt_until=until)
    found = change(rule(), holds=holds)
    assert (found and found[1]) == reason


def test_without_a_rule_it_is_taken_away():
    assert change(holds=held()) == ("unassigned", "no_rule", None)


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        ({"works": False}, held()),  # who left keeps what they have
        ({"keeps": [5]}, held()),
        ({}, held(is_assigned=False)),
    ],
)
def test_what_is_not_taken_away(facts, holds):
    assert change(holds=holds, **facts) is None


def test_programmes_do_not_touch_each_other():
    found = matches([work()], [rule(programme=6)], TODAY)
    made = changes(found, held(), works=True, today=TODAY)
    assert [(one.kind, one.programme) for one in made] == [("assigned", 6), ("unassigned", 5)]


@settings(deadline=None, derandomize=True, max_examples=150)
@given(
    WORKS,
    st.lists(st.builds(rule, pk=st.integers(1, 9), due_after_days=st.integers(0, 400))),
    st.booleans(),
)
def test_what_was_done_is_not_done_again(works, rules, is_certified):
    """Running the rules on what they just made changes nothing."""

    def run(holds: dict[int, Held]) -> list[Change]:
        return changes(matches(works, rules, TODAY), holds, works=True, today=TODAY)

    for made in run({}):
        assert run(held(due_on=made.due_on, is_certified=is_certified)) == []
    for made in run(held()):
        after = held(is_assigned=made.kind != "unassigned", due_on=made.due_on)
        assert run(after) == []
