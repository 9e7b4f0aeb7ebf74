"""Rules on people: who gets a programme, who no longer has it, and what happens to the dates."""

from datetime import date, timedelta

import pytest

from learning.actions import assign_by_rules, end_rule, follow_rules, set_rule
from learning.errors import NotLive, RuleChanged, RuleIsThere, RuleStartsInThePast
from learning.models import Assignment, AssignmentEvent, AssignmentRule, ExceptionCase, Validity
from learning.models.rule import RuleDraft
from organisations.errors import OtherOrganisation
from organisations.models import AuditEvent, Employment
from tests.factories.learning import NOW, TODAY, covered, make_programme, on
from tests.factories.organisations import (
    LONG_AGO,
    make_employment,
    make_organisation,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db
RESIDENTIAL = Employment.JobFunction.RESIDENTIAL_WORKER
FOSTER = Employment.JobFunction.FOSTER_CARE_WORKER


@pytest.fixture
def organisation():
    return make_organisation()


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def save(organisation, programme):
    def go(*, day=TODAY, replaces=None, of=None, **draft):
        set_rule(
            organisation=of or organisation,
            programme=programme,
            draft=RuleDraft(**draft),
            replaces=replaces,
            by=None,
            at=on(day),
        )
        return AssignmentRule.objects.order_by("-pk").first()

    return go


def having():
    rows = Validity.objects.filter(is_assigned=True).order_by("worker")
    return set(rows.values_list("worker", flat=True))


def due(worker):
    return Validity.objects.get(worker=worker).due_on


def run(*workers, day):
    return follow_rules(workers=[one.pk for one in workers], by=None, at=on(day))


def move(worker, *, to, day, function=RESIDENTIAL):
    Employment.objects.filter(user=worker, ends_before=None).update(ends_before=day)
    make_employment(worker, to, starts_on=day, job_function=function)
    run(worker, day=day)


def test_a_team_alone_or_with_the_teams_below_it(organisation, save):
    above = make_team(organisation)
    below = make_team(parent=above)
    beside = make_team(organisation)
    one, two, _three = make_worker(above), make_worker(below), make_worker(beside)
    rule = save(teams=((above.pk, False),))
    assert having() == {one.pk}
    save(teams=((above.pk, True),), replaces=rule)
    assert having() == {one.pk, two.pk}


def test_a_team_that_moves_below_another_is_meant_from_then_on(organisation, save):
    above, loose = make_team(organisation), make_team(organisation)
    worker = make_worker(loose)
    save(teams=((above.pk, True),))
    assert having() == set()
    loose.parent = above
    loose.name = "Heet nu anders"
    loose.save()
    run(worker, day=TODAY)
    assert having() == {worker.pk}


def test_functions_narrow_it(organisation, save):
    team = make_team(organisation)
    foster = make_user()
    make_employment(foster, team, job_function=FOSTER)
    make_worker(team)
    save(job_functions=(FOSTER,))
    assert having() == {foster.pk}


def test_moving_team_keeps_the_period_and_the_date(organisation, save):
    team, other = make_team(organisation), make_team(organisation)
    worker = make_worker(team)
    save(teams=((team.pk, False), (other.pk, False)))
    before = due(worker)
    move(worker, to=other, day=TODAY + timedelta(days=10))
    assert due(worker) == before
    assert AssignmentEvent.objects.count() == 1
    assert Assignment.objects.get().cycles.count() == 1


def test_another_function_takes_away_and_gives_back_with_the_same_date(organisation, save):
    team = make_team(organisation)
    worker = make_worker(team)
    save(job_functions=(RESIDENTIAL,))
    before = due(worker)
    move(worker, to=make_team(organisation), function=FOSTER, day=TODAY + timedelta(days=10))
    assert having() == set()
    move(worker, to=make_team(organisation), day=TODAY + timedelta(days=20))
    assert having() == {worker.pk}
    assert due(worker) == before


def test_of_two_employers_the_one_that_still_asks_keeps_it(organisation, programme, save):
    elsewhere = make_organisation()
    worker = make_worker(make_team(organisation))
    make_employment(worker, make_team(elsewhere))
    here = save()
    save(of=elsewhere, due_after_days=200)
    assert due(worker) == TODAY + timedelta(days=200)
    end_rule(rule=here, by=None, at=NOW)
    assert having() == {worker.pk}
    end_rule(rule=AssignmentRule.objects.get(organisation=elsewhere), by=None, at=NOW)
    assert having() == set()


def test_of_two_rules_the_latest_date_holds(organisation, save):
    worker = make_worker(make_team(organisation))
    save(due_after_days=60)
    save(due_after_days=120, job_functions=(RESIDENTIAL,))
    assert due(worker) == TODAY + timedelta(days=120)
    save(due_after_days=30)
    assert due(worker) == TODAY + timedelta(days=120)


def test_too_little_time_is_for_the_coordinator_to_decide(organisation, save):
    team = make_team(organisation)
    save(due_from="date", due_after_days=None, due_on=TODAY + timedelta(days=20))
    worker = make_user()
    make_employment(worker, team, starts_on=TODAY + timedelta(days=10))
    run(worker, day=TODAY + timedelta(days=7))
    case = ExceptionCase.objects.get()
    assert (case.kind, case.organisation) == (ExceptionCase.Kind.TOO_LITTLE_TIME, organisation)
    assert due(worker) is None
    run(worker, day=TODAY + timedelta(days=8))
    assert ExceptionCase.objects.count() == 1


def test_a_rule_of_a_later_day_waits_for_it(organisation, save):
    worker = make_worker(make_team(organisation))
    later = TODAY + timedelta(days=30)
    save(starts_on=later)
    run(worker, day=later - timedelta(days=1))
    assert having() == set()
    run(worker, day=later)
    assert due(worker) == later + timedelta(days=90)


def test_a_change_of_a_later_day_leaves_no_gap(organisation, save):
    worker = make_worker(make_team(organisation))
    later = TODAY + timedelta(days=30)
    first = save()
    save(replaces=first, starts_on=later, due_after_days=200)
    for day in [later - timedelta(days=1), later]:
        run(worker, day=day)
        assert having() == {worker.pk}
    assert due(worker) == TODAY + timedelta(days=200)
    assert AssignmentEvent.objects.filter(kind="unassigned").count() == 0


def test_a_planned_change_is_itself_changed_and_the_rule_in_force_fills_the_time(
    organisation, save
):
    make_worker(make_team(organisation))
    first = save()
    second = save(replaces=first, starts_on=date(2026, 7, 1), due_after_days=200)
    third = save(replaces=second, starts_on=date(2026, 8, 1), due_after_days=200)
    periods = AssignmentRule.objects.order_by("pk").values_list("starts_on", "ends_before")
    assert list(periods) == [
        (TODAY, date(2026, 8, 1)),
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 8, 1), None),
    ]
    save(replaces=third, day=date(2026, 7, 15), due_after_days=300)
    assert list(periods.all()) == [
        (TODAY, date(2026, 7, 15)),
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 8, 1), date(2026, 8, 1)),
        (date(2026, 7, 15), None),
    ]


def test_ending_a_rule_ends_its_planned_change_too(organisation, save):
    make_worker(make_team(organisation))
    first = save(day=TODAY - timedelta(days=5))
    second = save(replaces=first, starts_on=date(2026, 7, 1), due_after_days=200)
    end_rule(rule=second, by=None, at=NOW)
    end_rule(rule=second, by=None, at=NOW)
    assert having() == set()
    assert not AssignmentRule.objects.not_ended(TODAY).exists()
    assert AuditEvent.objects.filter(action="training_rule_ended").count() == 1


def test_who_is_asked_since_a_change_is_not_late_at_once(organisation, save):
    """The rule is of years ago; the team that it takes in today counts from today."""
    team, taken_in = make_team(organisation), make_team(organisation)
    known, newly = make_worker(team), make_worker(taken_in)
    rule = save(teams=((team.pk, False),), day=TODAY - timedelta(days=50))
    save(teams=((team.pk, False), (taken_in.pk, False)), replaces=rule)
    assert due(newly) == TODAY + timedelta(days=90)
    assert due(known) == TODAY + timedelta(days=40)
    assert not ExceptionCase.objects.exists()


def test_more_days_count_from_where_the_first_rule_counted(organisation, save):
    worker = make_worker(make_team(organisation))
    rule = save(day=TODAY - timedelta(days=50))
    rule = save(replaces=rule, due_after_days=120)
    assert due(worker) == TODAY + timedelta(days=70)
    event = AssignmentEvent.objects.get(kind="due_changed")
    assert event.reason == AssignmentEvent.Reason.RULE_CHANGED
    save(replaces=rule, due_after_days=60)
    assert due(worker) == TODAY + timedelta(days=70)  # never earlier


def test_a_corrected_first_working_day_gives_more_time_and_says_why(organisation, save):
    save(day=TODAY - timedelta(days=50))
    worker = make_user()
    job = make_employment(worker, make_team(organisation), starts_on=TODAY - timedelta(days=10))
    run(worker, day=TODAY)
    Employment.objects.filter(pk=job.pk).update(starts_on=TODAY)
    run(worker, day=TODAY)
    assert due(worker) == TODAY + timedelta(days=90)
    event = AssignmentEvent.objects.get(kind="due_changed")
    assert event.reason == AssignmentEvent.Reason.CORRECTED_START


def test_what_was_achieved_stays_when_the_rule_ends(organisation):
    worker = make_worker(make_team(organisation))
    assignment = covered(worker, through=date(2026, 12, 24))
    AssignmentRule.objects.update(starts_on=LONG_AGO)
    end_rule(rule=AssignmentRule.objects.get(), by=None, at=NOW)
    validity = Validity.objects.get(pk=assignment.pk)
    assert not validity.is_assigned
    assert validity.covered_through == date(2026, 12, 24)


def test_the_same_rule_twice_is_refused(save):
    rule = save()
    with pytest.raises(RuleIsThere):
        save()
    with pytest.raises(RuleIsThere):
        save(replaces=rule, starts_on=TODAY + timedelta(days=5))


def test_a_rule_that_somebody_else_replaced_or_ended_is_not_replaced_again(save):
    rule = save()
    second = save(replaces=rule, due_after_days=60)
    with pytest.raises(RuleChanged):
        save(replaces=rule, due_after_days=70)
    with pytest.raises(RuleChanged):
        end_rule(rule=rule, by=None, at=NOW)
    end_rule(rule=second, by=None, at=NOW)
    with pytest.raises(RuleChanged):
        save(replaces=second, due_after_days=70)


def test_what_makes_no_sense_is_refused(save):
    with pytest.raises(RuleStartsInThePast):
        save(starts_on=TODAY - timedelta(days=1))
    with pytest.raises(OtherOrganisation):
        save(teams=((make_team().pk, True),))
    with pytest.raises(NotLive):
        save(of=make_organisation(works_council_agreed_on=None))
    assert not AssignmentRule.objects.exists()


def test_only_this_programme_is_followed(organisation, programme, save):
    """Saving does what the preview said, and nothing besides."""
    worker = make_worker(make_team(organisation))
    other = make_programme()
    AssignmentRule.objects.create(
        organisation=organisation,
        programme=other,
        counts_from=TODAY,
        starts_on=TODAY,
        made_at=NOW,
    )
    save()
    assert [one.programme for one in Assignment.objects.all()] == [programme]
    [given] = assign_by_rules(user=worker, by=None, at=on(TODAY, 11))
    assert given.programme == other
