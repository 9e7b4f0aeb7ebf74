"""Periods, scope and the tree of teams: no database."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from organisations.rules.periods import covers, is_empty, is_far_away, overlap
from organisations.rules.scope import with_subteams
from organisations.rules.tree import grown, in_order, would_loop

D = date(2026, 3, 1)
days = st.dates(date(2026, 1, 1), date(2026, 2, 10))
ends = st.none() | days
parents = st.dictionaries(st.integers(1, 12), st.none() | st.integers(1, 14), max_size=12)


def test_period_starts_today_and_does_not_hold_on_its_end() -> None:
    assert covers(starts_on=D, ends_before=None, day=D)
    assert not covers(starts_on=D, ends_before=None, day=D - timedelta(days=1))
    assert not covers(starts_on=D, ends_before=D + timedelta(days=1), day=D + timedelta(days=1))


def test_period_that_ends_on_its_first_day_is_empty_and_never_holds() -> None:
    assert is_empty(starts_on=D, ends_before=D)
    assert not covers(starts_on=D, ends_before=D, day=D)
    assert not overlap(starts_on=D, ends_before=D, other_start=D, other_end=None)


def test_periods_that_touch_do_not_overlap() -> None:
    march = date(2026, 4, 1)
    assert not overlap(starts_on=D, ends_before=march, other_start=march, other_end=None)


@given(days, ends, days, ends)
def test_overlap_is_that_some_day_is_in_both(
    start: date, end: date | None, other_start: date, other_end: date | None
) -> None:
    horizon = [date(2026, 1, 1) + timedelta(days=n) for n in range(60)]
    shared = any(
        covers(starts_on=start, ends_before=end, day=day)
        and covers(starts_on=other_start, ends_before=other_end, day=day)
        for day in horizon
    )
    assert shared == overlap(
        starts_on=start, ends_before=end, other_start=other_start, other_end=other_end
    )


def test_a_hundred_years_is_the_limit_either_way() -> None:
    limit = timedelta(days=36_525)
    assert not is_far_away(D + limit, today=D)
    assert is_far_away(D + limit + timedelta(days=1), today=D)
    assert is_far_away(D - limit - timedelta(days=1), today=D)


def test_scope_holds_subteams_of_subteams() -> None:
    tree = {1: None, 2: 1, 3: 2, 4: None, 5: 4}
    assert with_subteams([1], tree) == {1, 2, 3}
    assert with_subteams([2], tree) == {2, 3}
    assert with_subteams([99], tree) == frozenset()


def test_scope_ends_in_a_loop() -> None:
    assert with_subteams([1], {1: 3, 2: 1, 3: 2, 4: None}) == {1, 2, 3}


@given(parents, st.sets(st.integers(1, 14)))
def test_scope_is_closed_and_within_what_exists(
    tree: dict[int, int | None], roots: set[int]
) -> None:
    found = with_subteams(roots, tree)
    assert roots & tree.keys() <= found <= tree.keys()
    for team, parent in tree.items():
        assert parent not in found or team in found
    assert with_subteams(found, tree) == found


@given(parents)
def test_every_team_stands_in_the_tree_once(tree: dict[int, int | None]) -> None:
    rows = [team for team, _depth in in_order(grown(tree))]
    assert sorted(rows) == sorted(tree)


def test_tree_keeps_the_order_given_at_every_level() -> None:
    rows = in_order(grown({5: None, 2: 5, 1: 5, 3: None}))
    assert rows == [(5, 0), (2, 1), (1, 1), (3, 0)]


def test_a_team_loops_under_itself_and_its_subteams_only() -> None:
    tree = {1: None, 2: 1, 3: 2, 4: None}
    assert would_loop(team=1, under=1, parents=tree)
    assert would_loop(team=1, under=3, parents=tree)
    assert not would_loop(team=3, under=1, parents=tree)
    assert not would_loop(team=1, under=4, parents=tree)
    assert not would_loop(team=1, under=None, parents=tree)


@given(parents, st.integers(1, 14), st.none() | st.integers(1, 14))
def test_asking_for_a_loop_always_ends(
    tree: dict[int, int | None], team: int, under: int | None
) -> None:
    would_loop(team=team, under=under, parents=tree)
