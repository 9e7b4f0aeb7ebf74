"""Groups on the page Team: disjoint, and they add up, also over teams."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learning.rules.coverage import Counted, Group, group_of, per_team, tally
from learning.rules.status import Dates, standing_on

DAY = date(2026, 6, 1)


def group(
    valid_through: date | None, *, grace: int = 0, assigned: bool = True, **at_work: bool
) -> Group | None:
    dates = Dates(
        is_assigned=assigned,
        certified_through=valid_through,
        covered_through=valid_through and valid_through + timedelta(days=grace),
        window_opens_on=valid_through and valid_through - timedelta(days=30),
        due_on=valid_through or date(2026, 7, 1),
    )
    return group_of(standing_on(dates, DAY, **at_work), DAY)


def test_sixty_days_ahead_is_soon():
    assert group(DAY + timedelta(days=60)) is Group.SOON


def test_sixty_one_days_ahead_is_covered():
    assert group(DAY + timedelta(days=61)) is Group.COVERED


def test_expired_is_late():
    assert group(DAY - timedelta(days=1)) is Group.OVERDUE


def test_in_grace_is_covered_and_expires_soon():
    assert group(DAY - timedelta(days=1), grace=7) is Group.SOON


def test_first_time_not_due_is_not_yet():
    assert group(None) is Group.NOT_YET


def test_leave_stands_apart_even_when_covered():
    assert group(DAY + timedelta(days=200), on_leave=True) is Group.ON_LEAVE


def test_exempt_stands_apart_even_when_covered():
    assert group(DAY + timedelta(days=200), assigned=False) is Group.UNASSIGNED


def test_who_left_is_in_no_group():
    assert group(DAY + timedelta(days=200), employed=False) is None


@given(st.lists(st.sampled_from([*Group, None])))
def test_groups_add_up(groups):
    total = tally(groups)
    assert total.total == sum(group is not None for group in groups)
    assert total.covered + total.not_covered == total.in_denominator
    assert total.in_denominator + total.on_leave + total.unassigned == total.total


def test_nobody_at_work_has_no_share():
    assert tally([Group.ON_LEAVE]).share is None


PARENTS = {1: None, 2: 1, 3: 1, 4: 2, 9: 8}  # 8 is not in scope


def test_teams_below_are_added_up_the_line():
    found = per_team([Counted(4, None, "covered", 3), Counted(2, None, "overdue", 1)], PARENTS)
    assert (found.own[2].total, found.whole[2].total, found.whole[1].total) == (1, 4, 4)
    assert (found.own[1].total, found.whole[3].total) == (0, 0)


def test_a_team_above_that_is_out_of_scope_plays_no_part():
    found = per_team([Counted(9, None, "covered", 2)], PARENTS)
    assert (found.whole[9].covered, found.total.covered) == (2, 2)


def test_who_is_in_several_teams_counts_once_above_them():
    rows = [Counted(team, 7, "covered", 1) for team in (2, 4, 9)]
    found = per_team(rows, PARENTS)
    assert [found.own[team].covered for team in (2, 4, 9)] == [1, 1, 1]
    assert (found.whole[2].covered, found.whole[1].covered, found.total.covered) == (1, 1, 1)


@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.sampled_from([1, 2, 3, 4, 9])), max_size=20, unique=True
    )
)
def test_adding_up_is_as_counting_everybody(places):
    several = {p for p, _t in places if sum(q == p for q, _ in places) > 1}
    rows = [Counted(t, p if p in several else None, "covered", 1) for p, t in places]
    found = per_team(rows, PARENTS)
    below = {1: {1, 2, 3, 4}, 2: {2, 4}, 3: {3}, 4: {4}, 9: {9}}
    for team, teams in below.items():
        assert found.own[team].covered == len({p for p, t in places if t == team})
        assert found.whole[team].covered == len({p for p, t in places if t in teams})
    assert found.total.covered == len({p for p, _t in places})
