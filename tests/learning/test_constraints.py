"""What the database itself refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from assessments.models import SelfRating
from learning.models import (
    Assignment,
    Attempt,
    Completion,
    Cycle,
    LearningEvent,
    RecertificationPolicy,
)
from tests.factories.learning import NOW, TODAY, make_completion


def refused(name, act):
    """The constraint of that name speaks; SQLite names unique ones by their columns."""
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        act()
    text = str(problem.value)
    assert name in text or text.startswith("UNIQUE constraint failed"), text


def test_policy_window_is_shorter_than_validity(db):
    refused(
        "policy_window_is_shorter_than_validity",
        lambda: RecertificationPolicy.objects.create(name="x", active_months=1, window_months=1),
    )


def test_assignment_is_due_after_it_was_given(assignment):
    refused(
        "assignment_is_due_after_it_was_given",
        lambda: Assignment.objects.filter(pk=assignment.pk).update(
            first_due_on=TODAY - timedelta(days=1)
        ),
    )


def test_one_open_cycle_per_assignment(assignment):
    refused(
        "one_open_cycle_per_assignment",
        lambda: Cycle.objects.create(
            assignment=assignment, number=2, path="refresher", due_on=TODAY, opened_at=NOW
        ),
    )


def test_cycle_closes_after_it_opens(assignment):
    refused(
        "cycle_closes_after_it_opens",
        lambda: assignment.cycles.update(closed_at=NOW - timedelta(days=900)),
    )


def test_one_attempt_per_cycle_and_module(attempt):
    refused(
        "one_attempt_per_cycle_and_module",
        lambda: Attempt.objects.create(
            worker=attempt.worker,
            cycle=attempt.cycle,
            module=attempt.module,
            module_version=attempt.module_version,
            started_at=NOW,
        ),
    )


def test_attempt_completes_after_it_starts(attempt):
    refused(
        "attempt_completes_after_it_starts",
        lambda: Attempt.objects.filter(pk=attempt.pk).update(completed_at=NOW - timedelta(days=1)),
    )


def test_each_place_in_an_attempt_is_filled_once(attempt):
    def fill():
        LearningEvent.objects.create(
            attempt=attempt,
            module_version=attempt.module_version,
            slot="step:vooraf",
            kind="step_done",
            at=NOW,
        )

    fill()
    refused("each_place_in_an_attempt_is_filled_once", fill)


def test_one_completion_per_cycle(assignment):
    made = make_completion(assignment, completed_on=TODAY, valid_through=date(2027, 6, 1))
    copied = {
        field.attname: getattr(made, field.attname)
        for field in Completion._meta.concrete_fields
        if field.name not in {"id", "public_id"}
    }
    refused("cycle_id", lambda: Completion.objects.create(**copied))


def test_completion_is_valid_from_its_day_on(assignment):
    refused(
        "completion_is_valid_from_its_day_on",
        lambda: make_completion(assignment, completed_on=TODAY, valid_through=date(2026, 5, 1)),
    )


@pytest.mark.parametrize("numbers", [(11, 5), (None, 5), (3, None)])
def test_self_rating_is_0_to_10_or_skipped(worker, numbers):
    recognising, acting = numbers
    refused(
        "self_rating_is_0_to_10_or_skipped",
        lambda: SelfRating.objects.create(
            user=worker, occasion="before", recognising=recognising, acting=acting, rated_at=NOW
        ),
    )
