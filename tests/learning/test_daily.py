"""The daily run: what the calendar asks, once, on the day itself or after an outage."""

from datetime import date, timedelta

import pytest

from learning.actions import exempt, set_rule
from learning.actions.daily import close_run, follow_calendar, move_on, strays, touched_by_rules
from learning.models import (
    Assignment,
    AssignmentEvent,
    Cycle,
    DailyRun,
    ExceptionCase,
    RuleTeam,
    Validity,
)
from learning.models.rule import RuleDraft
from organisations.actions import change_team
from organisations.models import Employment
from tests.factories.learning import (
    TODAY,
    covered,
    make_assignment,
    make_programme,
    make_rule,
    on,
)
from tests.factories.organisations import (
    make_employment,
    make_leave,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db


def rows():
    """Everything that a run writes, without keys and moments."""
    return (
        list(Cycle.objects.order_by("assignment", "number").values_list()),
        list(Validity.objects.order_by("pk").values_list()),
        AssignmentEvent.objects.count(),
        ExceptionCase.objects.count(),
    )


def run(day):
    done = follow_calendar(as_of=day, at=on(day))
    close_run(as_of=day, at=on(day))
    return done


def test_a_window_opens_on_its_day_with_one_history_row():
    assignment = covered(make_worker(), through=date(2026, 7, 20))
    before = list(assignment.cycles.values_list())
    assert run(date(2026, 6, 19)).moved_on == 0
    assert run(date(2026, 6, 20)).moved_on == 1
    *kept, opened = assignment.cycles.order_by("number")
    assert list(assignment.cycles.order_by("number").values_list())[:-1] == before
    assert len(kept) == 1
    assert (opened.opened_on, opened.due_on) == (date(2026, 6, 20), date(2026, 7, 20))


def test_a_second_run_changes_nothing():
    covered(make_worker(), through=date(2026, 6, 20))
    run(TODAY)
    before = rows()
    assert run(TODAY).moved_on == 0
    assert rows() == before


def test_after_an_outage_one_run_brings_the_scheduled_dates():
    late, timely = (covered(make_worker(), through=date(2026, 7, 1)) for _person in range(2))
    run(date(2026, 9, 1))
    for assignment in [late, timely]:
        lines = assignment.cycles.order_by("number").values_list("opened_on", "closed_as")
        assert list(lines)[1:] == [(date(2026, 6, 1), "lapsed"), (date(2026, 7, 2), "")]


def test_many_runs_or_one_give_the_same():
    worker = make_worker()
    one, other = (
        covered(worker, through=date(2026, 7, 1)),
        covered(make_worker(), through=date(2026, 7, 1)),
    )
    make_leave(worker, starts_on=date(2026, 6, 10), ends_before=date(2026, 7, 20))
    for days in range(0, 60, 7):
        move_on(as_of=TODAY + timedelta(days=days))
    assert one.validity.due_on == date(2026, 8, 19)  # thirty days after the return
    split = [c[2:] for c in other.cycles.order_by("number").values_list()]
    third = covered(make_worker(), through=date(2026, 7, 1))
    move_on(as_of=TODAY + timedelta(days=56))
    assert [c[2:] for c in third.cycles.order_by("number").values_list()] == split


def test_who_starts_on_a_later_day_is_assigned_at_once_and_only_once():
    worker = make_worker()
    rule = make_rule(worker.employments.get().team.organisation)
    run(TODAY)
    assert Assignment.objects.get(worker=worker).validity.is_assigned
    newcomer = make_user()
    team = make_team(rule.organisation, "Nieuw")
    make_employment(newcomer, team, starts_on=TODAY + timedelta(days=10))
    assert list(touched_by_rules(TODAY, TODAY + timedelta(days=9))) == []
    run(TODAY + timedelta(days=10))
    run(TODAY + timedelta(days=11))
    [event] = Assignment.objects.get(worker=newcomer).events.all()
    assert event.day == TODAY + timedelta(days=100)


def test_a_rule_of_a_later_day_takes_effect_on_that_day():
    worker = make_worker()
    starts = TODAY + timedelta(days=30)
    set_rule(
        organisation=worker.employments.get().team.organisation,
        programme=make_programme(),
        draft=RuleDraft(starts_on=starts),
        by=None,
        at=on(TODAY),
    )
    run(TODAY)
    assert not Assignment.objects.exists()
    run(starts)
    assert Assignment.objects.get().validity.due_on == starts + timedelta(days=90)


def test_an_exemption_that_ends_brings_the_training_back_with_its_date():
    assignment = make_assignment(make_worker())
    due = assignment.validity.due_on
    exempt(
        assignment=assignment,
        reason=AssignmentEvent.Reason.EXEMPT_OTHER,
        until=TODAY + timedelta(days=20),
        by=None,
        at=on(TODAY),
    )
    run(TODAY + timedelta(days=20))
    assert not Validity.objects.get().is_assigned
    run(TODAY + timedelta(days=21))
    validity = Validity.objects.get()
    assert (validity.is_assigned, validity.due_on) == (True, due)


def test_a_team_that_moves_in_the_tree_is_followed_by_the_next_run():
    rule = make_rule()
    above, moved = (make_team(rule.organisation, name) for name in ["Boven", "Los"])
    RuleTeam.objects.create(rule=rule, team=above)
    worker = make_worker(team=moved)
    run(TODAY)
    assert not Assignment.objects.exists()
    change_team(team=moved, name="Los", parent=above, by=None, at=on(TODAY))
    run(TODAY + timedelta(days=1))
    assert Assignment.objects.get().worker == worker


def test_who_leaves_keeps_what_they_have_and_is_asked_nothing():
    worker = make_worker()
    make_assignment(worker)
    Employment.objects.update(ends_before=TODAY + timedelta(days=3))
    run(TODAY + timedelta(days=3))
    assert AssignmentEvent.objects.count() == 1
    assert Validity.objects.get().is_assigned


def test_another_function_takes_the_training_away_and_gives_it_back_with_the_same_date():
    worker = make_worker()
    work = worker.employments.get()
    rule = make_rule(work.team.organisation, job_functions=[work.job_function])
    assignment = make_assignment(worker, rule=rule)
    due = assignment.validity.due_on
    Employment.objects.filter(pk=work.pk).update(ends_before=TODAY + timedelta(days=1))
    again = make_employment(
        worker, work.team, starts_on=TODAY + timedelta(days=1), job_function="lead"
    )
    run(TODAY + timedelta(days=1))
    assert not Validity.objects.get().is_assigned
    Employment.objects.filter(pk=again.pk).update(ends_before=TODAY + timedelta(days=9))
    make_employment(worker, work.team, starts_on=TODAY + timedelta(days=9))
    run(TODAY + timedelta(days=9))
    validity = Validity.objects.get()
    assert (validity.is_assigned, validity.due_on) == (True, due)
    reasons = AssignmentEvent.objects.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["rule", "no_rule", "rule_again"]


def test_maintained_dates_are_those_of_the_facts():
    covered(make_worker(), through=date(2026, 6, 20))
    assert list(strays(as_of=TODAY)) == []
    Validity.objects.update(due_on=date(2030, 1, 1))
    [(_pk, fields)] = strays(as_of=TODAY)
    assert fields == ["due_on"]


def test_the_run_notes_the_day_once():
    run(TODAY)
    run(TODAY)
    assert list(DailyRun.objects.values_list("as_of", flat=True)) == [TODAY]


def test_queries_do_not_grow_with_people(django_assert_max_num_queries):
    for _person in range(22):
        covered(make_worker(), through=date(2026, 7, 20))
    with django_assert_max_num_queries(60):
        run(date(2026, 6, 20))
