"""What the database itself refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from assessments.models import SelfRating
from learning.models import (
    AssignmentEvent,
    AssignmentRule,
    Attempt,
    Certificate,
    Completion,
    Cycle,
    DailyRun,
    ExceptionCase,
    LearningEvent,
    Mail,
    Programme,
    ProgrammeModule,
    ProgrammePath,
    Reminder,
    RuleTeam,
)
from tests.factories.learning import (
    NOW,
    TODAY,
    make_assignment,
    make_case,
    make_completion,
    make_mail,
    make_module,
    make_policy,
    make_programme,
    make_rule,
)
from tests.factories.organisations import make_team

YESTERDAY = TODAY - timedelta(days=1)


def refused(name, act):
    """The constraint of that name speaks; SQLite names unique ones by their columns."""
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        act()
    text = str(problem.value)
    assert name in text or text.startswith("UNIQUE constraint failed"), text


def test_policy_window_is_no_longer_than_validity(db):
    refused(
        "policy_window_is_no_longer_than_validity",
        lambda: make_policy(active_months=1, window_months=2),
    )


def test_title_once_among_shipped_programmes(db):
    known = make_programme()
    refused(
        "title_once_among_shipped_programmes",
        lambda: Programme.objects.create(title=known.title, policy=known.policy),
    )


def test_programme_title_once_per_organisation(assignment):
    known = make_programme(organisation=assignment.organisation)
    refused(
        "programme_title_once_per_organisation",
        lambda: Programme.objects.create(
            title=known.title, policy=known.policy, organisation=assignment.organisation
        ),
    )


def test_one_onboarding_path_in_use_and_a_number_once(db):
    programme = make_programme()
    for name, number in [("one_onboarding_path_in_use", 2), ("path_number_once_per_kind", 1)]:
        path = ProgrammePath(programme=programme, kind="onboarding", number=number)
        refused(name, path.save)


@pytest.mark.parametrize(
    ("name", "position"), [("module_once_per_path", 2), ("one_module_per_place_in_a_path", 1)]
)
def test_a_module_and_a_place_once_in_a_path(db, name, position):
    entry = ProgrammeModule.objects.filter(path__programme=make_programme()).first()
    module = entry.module if name == "module_once_per_path" else make_module("Een ander")
    again = ProgrammeModule(path=entry.path, module=module, position=position)
    refused(name, again.save)


@pytest.mark.parametrize(
    "due",
    [
        {"due_from": "date"},
        {"due_from": "employment", "due_on": TODAY},
        {"due_from": "rule", "due_after_days": None},
    ],
)
def test_rule_has_the_due_date_or_days_that_it_says(db, due):
    refused("rule_has_the_due_date_or_days_that_it_says", lambda: make_rule(**due))


def test_rule_does_not_end_before_it_starts(db):
    rule = make_rule()
    refused(
        "rule_does_not_end_before_it_starts",
        lambda: AssignmentRule.objects.update(ends_before=rule.starts_on - timedelta(days=1)),
    )


def test_team_once_per_rule(db):
    rule = make_rule()
    one = RuleTeam.objects.create(rule=rule, team=make_team(rule.organisation))
    refused("team_once_per_rule", lambda: RuleTeam.objects.create(rule=rule, team=one.team))


def test_one_assignment_per_person_and_programme(assignment):
    refused(
        "one_assignment_per_person_and_programme",
        lambda: make_assignment(assignment.worker),
    )


def test_extension_is_not_to_the_past(assignment):
    refused(
        "extension_is_not_to_the_past",
        lambda: AssignmentEvent.objects.create(
            assignment=assignment, kind="extended", on=TODAY, day=YESTERDAY, reason="x", at=NOW
        ),
    )


def test_one_open_cycle_per_assignment(assignment):
    refused(
        "one_open_cycle_per_assignment",
        lambda: Cycle.objects.create(
            assignment=assignment, number=2, path="refresher", due_on=TODAY, opened_on=TODAY
        ),
    )


@pytest.mark.parametrize(
    "closing",
    [
        {"closed_on": YESTERDAY, "closed_as": "late"},
        {"closed_on": TODAY, "closed_as": ""},
        {"closed_on": None, "closed_as": "late"},
    ],
)
def test_cycle_closes_after_it_opens_and_says_how(assignment, closing):
    refused(
        "cycle_closes_after_it_opens_and_says_how",
        lambda: assignment.cycles.update(**closing),
    )


def test_evidence_is_taken_over_once(assignment):
    def take_over():
        Completion.objects.create(
            worker=assignment.worker,
            assignment=assignment,
            source=Completion.Source.IMPORTED,
            completed_on=YESTERDAY,
            active_months=12,
            recorded_on=TODAY,
            recorded_at=NOW,
        )

    take_over()
    refused("evidence_is_taken_over_once", take_over)


def test_completion_remembers_a_day_of_the_month(assignment):
    through = date(2027, 6, 1)
    refused(
        "completion_remembers_a_day_of_the_month",
        lambda: Completion.objects.create(
            worker=assignment.worker,
            assignment=assignment,
            completed_on=TODAY,
            valid_through=through,
            covered_through=through,
            remembered_day=32,
            active_months=12,
            recorded_on=TODAY,
            recorded_at=NOW,
        ),
    )


def test_one_certificate_for_a_completion_and_a_code(assignment):
    made = make_completion(assignment, completed_on=TODAY, valid_through=date(2027, 6, 1))
    given = Certificate.objects.get(completion=made)
    given.pk, given.code = None, "anders"
    refused("completion_id", given.save)


def test_exception_is_asked_once_and_decided_with_a_decision(assignment):
    case = make_case(assignment)
    again = ExceptionCase(
        organisation=case.organisation,
        assignment=assignment,
        kind=case.kind,
        key=case.key,
        opened_at=NOW,
    )
    refused("exception_is_asked_once", again.save)
    refused(
        "exception_is_decided_with_a_decision",
        lambda: ExceptionCase.objects.update(decided_at=NOW),
    )


def test_a_day_is_run_once(db):
    DailyRun.objects.create(as_of=TODAY, finished_at=NOW)
    refused("as_of", lambda: DailyRun.objects.create(as_of=TODAY, finished_at=NOW))


def test_one_mail_per_person_per_day_and_sent_mail_says_when(worker):
    make_mail(worker)
    refused("one_mail_per_person_per_day", lambda: make_mail(worker))
    refused("sent_mail_says_when", lambda: Mail.objects.update(state="sent", sent_at=None))


def test_each_rung_is_reached_once_and_mailed_or_skipped(assignment):
    facts = {
        "cycle": assignment.cycles.get(),
        "assignment": assignment,
        "recipient": assignment.worker,
        "rung": "-3",
        "due_on": TODAY,
        "scheduled_on": TODAY,
        "on": TODAY,
    }
    refused(
        "reminder_is_in_a_mail_or_skipped",
        lambda: Reminder.objects.create(**facts, outcome="mailed"),
    )
    Reminder.objects.create(**facts, outcome="superseded")
    refused(
        "each_rung_is_reached_once",
        lambda: Reminder.objects.create(**facts, outcome="superseded"),
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
