"""Groups on the page Team: disjoint, and they add up."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learning.rules.coverage import Group, group_of, group_on, tally
from learning.rules.recertification import Certification, Policy, standing

DAY = date(2026, 6, 1)


def group(valid_through: date | None, **facts: object) -> Group | None:
    certifications = [Certification(date(2025, 1, 1), valid_through, 1)] if valid_through else []
    values = {"assigned_on": date(2025, 1, 1), "first_due_on": date(2026, 7, 1)} | facts
    return group_of(
        standing(certifications=certifications, policy=Policy(), day=DAY, **values), DAY
    )


def test_sixty_days_ahead_is_soon():
    assert group(DAY + timedelta(days=60)) is Group.SOON


def test_sixty_one_days_ahead_is_covered():
    assert group(DAY + timedelta(days=61)) is Group.COVERED


def test_expired_is_late():
    assert group(DAY - timedelta(days=1)) is Group.OVERDUE


def test_first_time_not_due_is_not_yet():
    assert group(None) is Group.NOT_YET


def test_leave_stands_apart_even_when_covered():
    assert group(DAY + timedelta(days=200), on_leave=True) is Group.ON_LEAVE


def test_who_left_is_in_no_group():
    assert group(DAY + timedelta(days=200), employed=False) is None


@given(st.lists(st.sampled_from([*Group, None])))
def test_groups_add_up(groups):
    total = tally(groups)
    assert total.total == sum(group is not None for group in groups)
    assert total.covered + total.not_yet + total.overdue + total.unassigned == total.in_denominator
    assert total.in_denominator + total.on_leave == total.total


def test_nobody_at_work_has_no_share():
    assert tally([Group.ON_LEAVE]).share is None


DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31))
HISTORY = st.lists(
    st.tuples(DAYS, st.integers(0, 500)).map(
        lambda drawn: Certification(drawn[0], drawn[0] + timedelta(days=drawn[1]), 1)
    ),
    max_size=4,
)


@given(DAYS, st.none() | DAYS, st.none() | DAYS, HISTORY, st.booleans(), st.booleans())
def test_the_fast_way_agrees_with_the_standing(
    day, assigned_on, first_due_on, history, employed, on_leave
):
    facts = {
        "day": day,
        "assigned_on": assigned_on,
        "first_due_on": first_due_on,
        "certifications": history,
        "employed": employed,
        "on_leave": on_leave,
    }
    assert group_on(**facts) == group_of(standing(**facts, policy=Policy()), day)
