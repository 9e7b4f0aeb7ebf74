"""Beginning, walking and closing an attempt; history that stays."""

from datetime import date, timedelta

import pytest

from assessments.models import SelfRating
from learning.actions import (
    complete_attempt,
    finish_step,
    record_answer,
    record_choice,
    record_self_rating,
    start_attempt,
)
from learning.errors import (
    AlreadyFilled,
    AttemptIsClosed,
    NothingPublished,
    NothingToStart,
    NotPossibleHere,
    StepsLeft,
)
from learning.models import Attempt, Completion, Cycle, LearningEvent
from organisations.models import AuditEvent
from organisations.models.audit import AppendOnlyError
from tests.factories.learning import (
    NOW,
    TODAY,
    covered,
    make_assignment,
    make_module,
    make_programme,
    make_rule,
    make_version,
    module_of,
    on,
    walk,
)
from tests.factories.organisations import make_worker


def steps_of(attempt):
    return attempt.module_version.parsed.steps


def choose(attempt, node, choice):
    step = steps_of(attempt)[2]
    record_choice(attempt=attempt, step=step, node_id=node, choice_id=choice, shown=[], at=NOW)


def test_starting_twice_gives_the_same_attempt(assignment, attempt):
    again = start_attempt(assignment=assignment, module=attempt.module, at=NOW)
    assert again == attempt
    assert Attempt.objects.count() == 1


def test_a_new_version_disturbs_nobody_who_began(assignment, attempt):
    make_version(attempt.module)
    again = start_attempt(assignment=assignment, module=attempt.module, at=NOW)
    assert again.module_version.number == 1
    other = make_assignment(make_worker(team=assignment.worker.employments.get().team))
    assert start_attempt(assignment=other, module=attempt.module, at=NOW).module_version.number == 2


def test_a_module_without_a_version_cannot_be_started(db):
    worker = make_worker()
    module = make_module(versions=0)
    rule = make_rule(worker.employments.get().team.organisation, make_programme(module))
    assignment = make_assignment(worker, rule=rule)
    with pytest.raises(NothingPublished):
        start_attempt(assignment=assignment, module=module, at=NOW)


def test_a_module_of_another_programme_cannot_be_started(assignment):
    with pytest.raises(NothingToStart):
        start_attempt(assignment=assignment, module=make_module(), at=NOW)


def test_the_same_choice_twice_is_one_event(attempt):
    choose(attempt, "eerst", "vraag")
    choose(attempt, "eerst", "vraag")
    assert LearningEvent.objects.filter(kind="choice").count() == 1


def test_the_first_choice_stands(attempt):
    choose(attempt, "eerst", "vraag")
    with pytest.raises(AlreadyFilled):
        choose(attempt, "eerst", "oordeel")
    assert LearningEvent.objects.get(kind="choice").choice_id == "vraag"


@pytest.mark.parametrize(
    ("node", "choice"),
    [
        ("beloof", "eerlijk"),  # the conversation has not come there yet
        ("eerst", "bestaat-niet"),
        ("bestaat-niet", "vraag"),
        ("keuken", "vraag"),  # no decision
    ],
)
def test_a_choice_out_of_place_is_refused(attempt, node, choice):
    with pytest.raises(NotPossibleHere):
        choose(attempt, node, choice)
    assert not LearningEvent.objects.exists()


@pytest.mark.parametrize(("item", "option"), [("vraag-9", "goed"), ("vraag-1", "anders")])
def test_an_answer_out_of_place_is_refused(attempt, item, option):
    step = steps_of(attempt)[3]
    with pytest.raises(NotPossibleHere):
        record_answer(attempt=attempt, step=step, item_id=item, option_id=option, at=NOW)


def test_events_keep_the_version_they_belong_to(attempt):
    walk(attempt)
    versions = set(LearningEvent.objects.values_list("module_version", flat=True))
    assert versions == {attempt.module_version_id}


def test_a_step_that_asks_more_is_not_done(attempt):
    with pytest.raises(StepsLeft):
        finish_step(attempt=attempt, step=steps_of(attempt)[2], at=NOW)


def test_a_self_rating_cannot_be_passed_over_as_a_plain_step(attempt):
    with pytest.raises(StepsLeft):
        finish_step(attempt=attempt, step=steps_of(attempt)[0], at=NOW)


def test_rating_twice_is_rating_once(attempt):
    for recognising in (4, 9):
        record_self_rating(
            attempt=attempt, step=steps_of(attempt)[0], recognising=recognising, acting=5, at=NOW
        )
    assert [rating.recognising for rating in SelfRating.objects.all()] == [4]


def test_skipping_a_rating_is_kept_and_counted(attempt):
    record_self_rating(
        attempt=attempt, step=steps_of(attempt)[0], recognising=None, acting=None, at=NOW
    )
    assert SelfRating.objects.get().was_skipped
    assert LearningEvent.objects.get().slot == "step:vooraf"


def test_finishing_needs_every_step(attempt):
    walk(attempt, until=3)
    with pytest.raises(StepsLeft):
        complete_attempt(attempt=attempt, at=NOW)
    assert not Completion.objects.exists()


def test_finishing_closes_attempt_and_cycle_and_counts_from_the_due_date(assignment, attempt):
    walk(attempt)
    completion = complete_attempt(attempt=attempt, at=NOW)
    assert completion is not None
    assert completion.completed_on == TODAY
    assert completion.valid_through == date(2027, 8, 30)  # a year after the due date
    attempt.refresh_from_db()
    assert attempt.completed_at == NOW
    assert Cycle.objects.get().closed_on == TODAY
    assert AuditEvent.objects.filter(action="training_completed").count() == 1


def test_finishing_twice_leaves_one_completion(attempt):
    walk(attempt)
    first = complete_attempt(attempt=attempt, at=NOW)
    second = complete_attempt(attempt=attempt, at=NOW + timedelta(hours=1))
    assert first == second
    assert Completion.objects.count() == 1
    assert Attempt.objects.get().completed_at == NOW


def test_nothing_is_added_after_the_end(attempt):
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    attempt.refresh_from_db()
    with pytest.raises(AttemptIsClosed):
        choose(attempt, "eerst", "oordeel")


def test_a_path_of_two_modules_is_complete_after_both(db):
    worker = make_worker()
    modules = [make_module("Eerste"), make_module("Tweede")]
    rule = make_rule(worker.employments.get().team.organisation, make_programme(*modules))
    assignment = make_assignment(worker, rule=rule)
    for module, expected in zip(modules, [0, 1], strict=True):
        attempt = start_attempt(assignment=assignment, module=module, at=NOW)
        walk(attempt)
        complete_attempt(attempt=attempt, at=NOW)
        assert Completion.objects.count() == expected


def test_a_refresher_in_the_window_keeps_the_anniversary_and_the_history(worker):
    assignment = covered(worker, through=date(2026, 6, 20))
    module = module_of(assignment, "refresher")
    attempt = start_attempt(assignment=assignment, module=module, at=NOW)
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    ends = Completion.objects.order_by("pk").values_list("valid_through", flat=True)
    assert list(ends) == [date(2026, 6, 20), date(2027, 6, 20)]
    assert [cycle.number for cycle in assignment.cycles.order_by("number")] == [1, 2]


def test_before_the_window_there_is_nothing_to_start(worker):
    assignment = covered(worker, through=date(2026, 12, 31))
    module = module_of(assignment, "refresher")
    with pytest.raises(NothingToStart):
        start_attempt(assignment=assignment, module=module, at=NOW)
    assert assignment.cycles.count() == 1


def test_after_the_expiry_it_counts_from_the_completion(worker):
    assignment = covered(worker, through=date(2026, 5, 20))
    module = module_of(assignment, "refresher")
    attempt = start_attempt(assignment=assignment, module=module, at=NOW)
    walk(attempt)
    completion = complete_attempt(attempt=attempt, at=NOW)
    assert completion is not None
    assert completion.valid_through == date(2027, 6, 1)


def test_finished_at_five_to_midnight_counts_on_that_day(assignment, attempt):
    walk(attempt)
    completion = complete_attempt(attempt=attempt, at=on(date(2026, 6, 30), 21))
    assert completion is not None
    assert completion.completed_on == date(2026, 6, 30)  # 23:00 in Amsterdam


@pytest.mark.parametrize("model", [LearningEvent, Completion, SelfRating])
def test_history_is_not_changed_or_deleted(attempt, model):
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    row = model.objects.first()
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        model.objects.filter(pk=row.pk).delete()
    with pytest.raises(AppendOnlyError):
        model.objects.filter(pk=row.pk).update(pk=row.pk)
