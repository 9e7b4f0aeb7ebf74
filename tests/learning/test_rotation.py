"""Which refresher path comes next: the rule by itself, and from what somebody really met."""

from datetime import date, timedelta

import pytest

from learning.actions import bring_up_to_date, complete_attempt, finish_step, start_attempt
from learning.models import Certificate, Completion, PathKind, ProgrammePath, Validity
from learning.rules.rotation import Choice, Option, next_path
from learning.selectors.path import learning_paths
from learning.selectors.rotation import path_for
from organisations.access import access_of
from tests.factories.learning import (
    TODAY,
    make_assignment,
    make_completion,
    make_content,
    make_module,
    make_path,
    make_programme,
    make_rule,
    make_version,
    on,
    walk,
)

DAY = date(2026, 6, 1)
A = Option(path=1, number=1, content=frozenset({"a"}))
B = Option(path=2, number=2, content=frozenset({"b"}))
C = Option(path=3, number=3, content=frozenset({"c"}))


def test_without_paths_there_is_none():
    assert next_path([], {}, DAY) is None


def test_what_was_never_met_comes_first():
    assert next_path([A, B], {"a": date(2010, 1, 1)}, DAY) == Choice(2)


def test_of_those_never_met_the_lowest_number():
    assert next_path([C, B, A], {}, DAY) == Choice(1)


@pytest.mark.parametrize(
    ("last", "seen_on"),
    [
        (date(2023, 6, 1), None),  # exactly three years ago: unseen for three years
        (date(2023, 6, 2), date(2023, 6, 2)),  # a day less
        (date(2023, 5, 31), None),
    ],
)
def test_unseen_for_three_years_to_the_day(last, seen_on):
    assert next_path([A], {"a": last}, DAY) == Choice(1, seen_on)


def test_longest_ago_first_among_those_unseen_for_three_years():
    seen = {"a": date(2022, 1, 1), "b": date(2021, 1, 1), "c": date(2025, 1, 1)}
    assert next_path([A, B, C], seen, DAY) == Choice(2)


def test_with_an_empty_pool_the_longest_ago_and_it_says_so():
    seen = {"a": date(2025, 1, 1), "b": date(2024, 1, 1), "c": date(2026, 1, 1)}
    assert next_path([A, B, C], seen, DAY) == Choice(2, date(2024, 1, 1))


def test_a_tie_goes_by_number():
    seen = dict.fromkeys("abc", date(2025, 1, 1))
    assert next_path([C, B, A], seen, DAY) == Choice(1, date(2025, 1, 1))


def test_a_path_was_met_as_late_as_the_latest_of_what_is_in_it():
    both = Option(path=4, number=4, content=frozenset({"a", "b"}))
    seen = {"a": date(2020, 1, 1), "b": date(2025, 1, 1), "c": date(2024, 1, 1)}
    assert next_path([both, C], seen, DAY) == Choice(3, date(2024, 1, 1))


def test_a_scenario_that_two_paths_share_was_met_in_both():
    shared = Option(path=4, number=4, content=frozenset({"a", "x"}))
    assert next_path([shared, B], {"a": date(2026, 1, 1)}, DAY) == Choice(2)


def test_three_years_after_the_29th_of_february_is_the_28th():
    seen = {"a": date(2024, 2, 29)}
    assert next_path([A], seen, date(2027, 2, 27)) == Choice(1, date(2024, 2, 29))
    assert next_path([A], seen, date(2027, 2, 28)) == Choice(1)


# From the database


@pytest.fixture
def three(worker):
    """An assignment with an onboarding path and two refresher paths, without scenarios shared."""
    modules = [make_module(f"Module {n}") for n in range(3)]
    for module in modules:
        plain(module)
    programme = make_programme(modules[0], refreshers=[[modules[1]], [modules[2]]])
    rule = make_rule(worker.employments.get().team.organisation, programme)
    return make_assignment(worker, day=TODAY - timedelta(days=800), rule=rule)


def plain(module):
    """Content without a scenario: it counts by its module."""
    content = make_content(module.title)
    steps = tuple(step for step in content.steps if step.kind == "explanation")
    make_version(module, type(content)(**{**vars(content), "steps": steps}))


def refresher(assignment, number):
    return ProgrammePath.objects.get(
        programme=assignment.programme, kind=PathKind.REFRESHER, number=number
    )


def renewal_opens(assignment):
    """The first day of the next period, brought up to date."""
    opens = Validity.objects.get(pk=assignment.pk).window_opens_on
    bring_up_to_date([assignment.pk], today=opens)
    return opens


def do(assignment, day):
    """Everything that is asked, on the day."""
    kind = assignment.cycles.open().get().path
    choice = path_for(assignment, kind, day)
    for entry in ProgrammePath.objects.get(pk=choice.path).entries.all():
        attempt = start_attempt(assignment=assignment, module=entry.module, at=on(day))
        for step in attempt.module_version.parsed.steps:
            finish_step(attempt=attempt, step=step, at=on(day))
        complete_attempt(attempt=attempt, at=on(day))
    return choice.path


def test_refreshers_take_turns_and_then_say_that_they_were_seen(three, worker):
    first = TODAY - timedelta(days=790)
    do(three, first)
    for number in (1, 2):
        opens = renewal_opens(three)
        assert do(three, opens) == refresher(three, number).pk
    third = renewal_opens(three)
    choice = path_for(three, PathKind.REFRESHER, third)
    assert choice.path == refresher(three, 1).pk
    assert choice.seen_on is not None
    path = learning_paths(access_of(worker, third), third)[0]
    assert path.seen_on == choice.seen_on


def test_every_completion_has_its_own_certificate_beside_the_first(three):
    do(three, TODAY - timedelta(days=790))
    before = list(Certificate.objects.values())
    opens = renewal_opens(three)
    do(three, opens)
    assert list(Certificate.objects.values())[:1] == before
    assert Completion.objects.count() == 2
    codes = set(Certificate.objects.values_list("code", flat=True))
    assert len(codes) == 2


def test_a_retired_path_is_not_begun_but_is_finished(three):
    first = refresher(three, 1)
    do(three, TODAY - timedelta(days=790))
    opens = renewal_opens(three)
    ProgrammePath.objects.filter(pk=first.pk).update(retired_at=on(opens))
    assert path_for(three, PathKind.REFRESHER, opens).path == refresher(three, 2).pk
    three.cycles.open().update(programme_path=first)
    assert path_for(three, PathKind.REFRESHER, opens).path == first.pk


def test_a_programme_without_a_refresher_in_use_has_no_path(three):
    ProgrammePath.objects.filter(kind=PathKind.REFRESHER).update(retired_at=on(TODAY))
    assert path_for(three, PathKind.REFRESHER, TODAY) is None


def test_scenarios_count_by_name_in_whatever_module_they_were_met(worker):
    """Both modules of `make_content` tell the same scenario: neither is unseen afterwards."""
    begun, other, fresh = make_module(), make_module(), make_module()
    plain(fresh)
    programme = make_programme(begun, refreshers=[[other], [fresh]])
    organisation = worker.employments.get().team.organisation
    assignment = make_assignment(worker, rule=make_rule(organisation, programme))
    attempt = start_attempt(assignment=assignment, module=begun, at=on(TODAY))
    walk(attempt)
    complete_attempt(attempt=attempt, at=on(TODAY))
    assert path_for(assignment, PathKind.REFRESHER, TODAY).path == refresher(assignment, 2).pk


def test_what_was_begun_before_a_lapse_goes_on(worker):
    assignment = make_assignment(worker, day=TODAY - timedelta(days=500))
    make_completion(
        assignment,
        completed_on=TODAY - timedelta(days=400),
        valid_through=TODAY - timedelta(days=5),
        today=TODAY - timedelta(days=10),
    )
    make_path(assignment.programme, PathKind.REFRESHER, [make_module()])
    begun = refresher(assignment, 1)
    module = begun.entries.get().module
    attempt = start_attempt(assignment=assignment, module=module, at=on(TODAY - timedelta(days=10)))
    assert start_attempt(assignment=assignment, module=module, at=on(TODAY)) == attempt
    assert path_for(assignment, PathKind.REFRESHER, TODAY) == Choice(begun.pk)
    assert assignment.cycles.filter(closed_as="lapsed").count() == 1
