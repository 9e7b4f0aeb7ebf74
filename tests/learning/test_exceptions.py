"""The coordinator's queue: each question decided once, or closed when it solved itself."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.actions import follow_rules
from learning.actions.exceptions import (
    close_overtaken_cases,
    decide_due_date,
    decide_evidence,
    decide_exemption,
    keep_as_is,
    keep_due_date,
)
from learning.errors import AlreadyDecided, DueDateTooNear, ExemptionInThePast, NotAChoice
from learning.models import (
    Assignment,
    AssignmentEvent,
    AssignmentRule,
    ExceptionCase,
    Validity,
)
from organisations.models import AuditEvent
from tests.factories.learning import (
    NOW,
    TODAY,
    covered,
    make_assignment,
    make_case,
    make_completion,
    make_rule,
)
from tests.factories.organisations import (
    make_coordinator,
    make_organisation,
    make_team,
    make_worker,
)

pytestmark = pytest.mark.django_db
Kind = ExceptionCase.Kind
DAY = timedelta(days=1)
NEAR = TODAY + 5 * DAY


@pytest.fixture
def team():
    return make_team(name="Kade")


def near_case(team, *, due_on=NEAR, **names):
    """Somebody whom a rule gave less than fourteen days."""
    worker = make_worker(team, **names)
    rule = team.organisation.assignment_rules.filter(due_on=due_on).first()
    if rule is None:
        make_rule(team.organisation, due_from="date", due_after_days=None, due_on=due_on)
    follow_rules(workers=[worker.pk], by=None, at=NOW)
    return ExceptionCase.objects.get(assignment__worker=worker)


@pytest.fixture
def case(team):
    return near_case(team)


@pytest.fixture
def coordinator(client, team):
    client.force_login(make_coordinator(team.organisation, first_name="Roos", last_name="Coach"))
    return client


def queue(organisation):
    return reverse("learning:exceptions", args=[organisation.public_id])


def page_of(case):
    return reverse("learning:exception", args=[case.organisation.public_id, case.public_id])


def due_of(case):
    return Validity.objects.get(assignment=case.assignment_id).due_on


# Deciding


def test_too_little_time_leaves_no_due_date_until_it_is_decided(case):
    assert due_of(case) is None
    decide_due_date(case=case, due_on=TODAY + 14 * DAY, by=None, at=NOW)
    assert due_of(case) == TODAY + 14 * DAY


def test_thirteen_days_are_too_few_to_give(case):
    with pytest.raises(DueDateTooNear):
        decide_due_date(case=case, due_on=TODAY + 13 * DAY, by=None, at=NOW)
    assert due_of(case) is None
    case.refresh_from_db()
    assert case.decided_at is None


@pytest.mark.parametrize("due_on", [NEAR, TODAY, TODAY - 30 * DAY])
def test_a_near_or_past_date_can_be_kept_on_purpose(team, due_on):
    case = near_case(team, due_on=due_on)
    keep_due_date(case=case, by=None, at=NOW)
    assert due_of(case) == due_on


def test_a_decision_survives_the_next_run_of_the_rules(case):
    decide_due_date(case=case, due_on=TODAY + 90 * DAY, by=None, at=NOW)
    done = follow_rules(workers=[case.assignment.worker_id], by=None, at=NOW)
    assert (done.due_changed, done.to_decide) == (0, 0)
    assert due_of(case) == TODAY + 90 * DAY


def test_exempting_takes_the_training_away(case):
    decide_exemption(case=case, reason="ex_leaving", until=None, by=None, at=NOW)
    validity = Validity.objects.get(assignment=case.assignment_id)
    assert (validity.is_assigned, validity.is_exempt) == (False, True)


def test_exempt_through_yesterday_is_refused(case):
    with pytest.raises(ExemptionInThePast):
        decide_exemption(case=case, reason="ex_other", until=TODAY - DAY, by=None, at=NOW)


def test_decided_once(case):
    decide_due_date(case=case, due_on=TODAY + 90 * DAY, by=None, at=NOW)
    for again in (keep_due_date, keep_as_is):
        with pytest.raises(AlreadyDecided):
            again(case=case, by=None, at=NOW)
    assert AssignmentEvent.objects.filter(kind="due_changed").count() == 1
    assert AuditEvent.objects.filter(action="exception_decided").count() == 1


def test_a_choice_of_another_kind_is_refused(case):
    with pytest.raises(NotAChoice):
        decide_evidence(case=case, accept=False, by=None, at=NOW)
    with pytest.raises(NotAChoice):
        keep_as_is(case=case, by=None, at=NOW)


def test_refused_evidence_changes_no_date(assignment):
    case = make_case(assignment, reason="EVIDENCE_TOO_OLD", completed_on="2025-01-10")
    before = due_of(case)
    decide_evidence(case=case, accept=False, by=None, at=NOW)
    case.refresh_from_db()
    assert case.decision == "refuse"
    assert due_of(case) == before


def test_revoked_without_due_date_gets_one(team):
    case = near_case(team)
    revoked = make_case(case.assignment, Kind.CONFLICTING_FACTS, reason="REVOKED")
    with pytest.raises(NotAChoice):
        keep_due_date(case=revoked, by=None, at=NOW)
    decide_due_date(case=revoked, due_on=TODAY + 30 * DAY, by=None, at=NOW)
    assert due_of(revoked) == TODAY + 30 * DAY


# Overtaken by facts


def overtaken(case):
    closed = close_overtaken_cases(at=NOW)
    case.refresh_from_db()
    assert (case.decision == "overtaken") == bool(closed)
    assert close_overtaken_cases(at=NOW) == 0
    return bool(closed)


def test_an_open_question_stays_open(case):
    assert not overtaken(case)


def test_overtaken_by_a_due_date(case):
    Validity.objects.filter(assignment=case.assignment_id).update(due_on=TODAY + 50 * DAY)
    assert overtaken(case)
    assert case.decided_by is None
    assert AuditEvent.objects.filter(action="exception_overtaken").count() == 1


def test_overtaken_by_no_longer_having_the_training(case):
    Validity.objects.filter(assignment=case.assignment_id).update(is_assigned=False)
    assert overtaken(case)


def test_overtaken_by_completing(case):
    make_completion(case.assignment, completed_on=TODAY, valid_through=date(2027, 6, 1))
    assert overtaken(case)


def test_evidence_is_overtaken_by_a_later_completion_only(team):
    assignment = covered(make_worker(team), through=date(2026, 8, 1))  # completed 1 August 2025
    newer = make_case(assignment, reason="EVIDENCE_TOO_OLD", completed_on="2025-08-01")
    assert not overtaken(newer)
    older = make_case(assignment, reason="EVIDENCE_TOO_OLD", completed_on="2025-07-31")
    assert overtaken(older)


def test_evidence_of_somebody_without_the_training_stays(team):
    """What closes it is that the training was taken away since, not that it was never there."""
    assignment = make_assignment(make_worker(team))
    Validity.objects.filter(assignment=assignment).update(is_assigned=False)
    assert not overtaken(make_case(assignment, reason="EVIDENCE_TOO_OLD"))


# Pages


def test_the_queue_shows_who_why_and_since_when(coordinator, team):
    near_case(team, first_name="Sam", last_name="Smit")
    page = coordinator.get(queue(team.organisation)).content.decode()
    for words in ["Sam Smit", "Kade", "6 juni 2026", "over 5 dagen", "2026-08-30"]:
        assert words in page


def test_oldest_first_and_by_kind(coordinator, team):
    first, second = (make_assignment(make_worker(team)) for _each in range(2))
    late = make_case(first, day=TODAY)
    early = make_case(second, day=TODAY - DAY)
    other = make_case(first, Kind.CONFLICTING_FACTS, day=TODAY - 9 * DAY)
    page = coordinator.get(queue(team.organisation)).content.decode()
    places = [page.index(f"case-{case.public_id}") for case in (early, late, other)]
    assert places == sorted(places)


def test_a_date_is_set_from_the_queue_and_twice_is_once(coordinator, case):
    sent = {"decision": "set_due", f"{case.public_id}-due_on": "2026-08-30"}
    for _click in range(2):
        answer = coordinator.post(page_of(case), sent)
        assert answer.headers["Location"] == queue(case.organisation)
    assert due_of(case) == date(2026, 8, 30)
    assert AssignmentEvent.objects.filter(kind="due_changed").count() == 1
    page = coordinator.get(queue(case.organisation)).content.decode()
    assert "al beslist" in page
    assert "Roos Coach" in page


def test_a_near_date_is_told_beside_its_field(coordinator, case):
    sent = {"decision": "set_due", f"{case.public_id}-due_on": "2026-06-14"}
    page = coordinator.post(page_of(case), sent).content.decode()
    assert "15 juni 2026" in page
    assert due_of(case) is None


@pytest.mark.parametrize("typed", ["", "morgen", "9999-12-31", "1900-01-01"])
def test_rubbish_days_are_told(coordinator, case, typed):
    sent = {"decision": "set_due", f"{case.public_id}-due_on": typed}
    page = coordinator.post(page_of(case), sent)
    assert "error-summary" in page.content.decode()
    assert due_of(case) is None


def test_exempt_from_the_queue(coordinator, case):
    sent = {"decision": "exempt", f"{case.public_id}-reason": "ex_leaving"}
    coordinator.post(page_of(case), sent)
    assert Validity.objects.get(assignment=case.assignment_id).is_exempt
    without = coordinator.post(page_of(case), {"decision": "exempt"})
    assert without.status_code in {200, 302}


@pytest.mark.parametrize("decision", ["", "overtaken", "accept", "keep", "nonsense"])
def test_what_is_not_offered_is_refused(coordinator, case, decision):
    page = coordinator.post(page_of(case), {"decision": decision}, follow=True)
    assert page.status_code == 200
    case.refresh_from_db()
    assert case.decided_at is None


def test_what_was_solved_meanwhile_is_closed_when_shown(coordinator, case):
    Validity.objects.filter(assignment=case.assignment_id).update(due_on=TODAY + 50 * DAY)
    coordinator.get(queue(case.organisation))
    case.refresh_from_db()
    assert case.decision == "overtaken"


def test_what_was_solved_meanwhile_is_not_decided(coordinator, case):
    Validity.objects.filter(assignment=case.assignment_id).update(due_on=TODAY + 50 * DAY)
    sent = {"decision": "set_due", f"{case.public_id}-due_on": "2026-08-30"}
    coordinator.post(page_of(case), sent)
    case.refresh_from_db()
    assert case.decision == "overtaken"
    assert not AssignmentEvent.objects.filter(kind="due_changed").exists()


def test_an_empty_queue_says_what_will_be_here(coordinator, team):
    assert "empty" in coordinator.get(queue(team.organisation)).content.decode()


def test_the_staff_page_says_how_many_wait(coordinator, case):
    people = reverse("organisations:people", args=[case.organisation.public_id])
    assert queue(case.organisation) in coordinator.get(people).content.decode()


def test_another_organisations_case_is_not_there(client, case):
    client.force_login(make_coordinator(make_organisation()))
    for address in (queue(case.organisation), page_of(case)):
        assert client.get(address).status_code == 404
    assert client.post(page_of(case), {"decision": "keep_due"}).status_code == 404
    assert due_of(case) is None


def test_a_case_does_not_answer_under_another_organisation(client, case):
    other = make_organisation()
    client.force_login(make_coordinator(other))
    address = reverse("learning:exception", args=[other.public_id, case.public_id])
    assert client.get(address).status_code == 404


def test_a_longer_queue_costs_no_more_queries(coordinator, team):
    def queries(number):
        for _each in range(number - ExceptionCase.objects.count()):
            make_case(make_assignment(make_worker(team)))
        with CaptureQueriesContext(connection) as captured:
            coordinator.get(queue(team.organisation))
        return len(captured)

    make_rule(team.organisation)
    queries(2)
    assert queries(2) == queries(18)
    assert Assignment.objects.count() == 18


# Evidence


def test_evidence_that_is_accepted_counts_from_its_own_day(assignment):
    case = make_case(assignment, reason="EVIDENCE_TOO_OLD", completed_on="2025-11-10")
    decide_evidence(case=case, accept=True, by=None, at=NOW)
    case.refresh_from_db()
    assert case.decision == "accept"
    completion = assignment.completions.get()
    assert (completion.source, completion.completed_on) == ("imported", date(2025, 11, 10))
    assert Validity.objects.get(assignment=assignment).certified_through == date(2026, 11, 10)


def test_evidence_is_accepted_from_the_queue_and_twice_is_once(coordinator, team):
    assignment = make_assignment(make_worker(team))
    case = make_case(
        assignment, reason="EVIDENCE_TOO_OLD", completed_on="2025-11-10", evidence="attendance"
    )
    assert "Bewijs: " in coordinator.get(page_of(case)).content.decode()
    for _click in range(2):
        coordinator.post(page_of(case), {"decision": "accept"})
    assert assignment.completions.count() == 1


def test_two_imports_close_together_are_both_kept_on_request(coordinator, team):
    assignment = covered(make_worker(team), through=date(2026, 6, 5))  # completed 5 June 2025
    case = make_case(
        assignment,
        Kind.CONFLICTING_FACTS,
        reason="IMPORTS_CLOSE",
        completed_on="2025-06-01",
        other="2025-06-05",
    )
    assert not overtaken(case)
    coordinator.post(page_of(case), {"decision": "keep"})
    case.refresh_from_db()
    assert case.decision == "keep"
    assert assignment.completions.count() == 1


def test_taken_away_and_given_again_on_the_same_day_is_asked_again(case):
    """Otherwise somebody would have no due date, and nobody would know."""
    rule = AssignmentRule.objects.get()
    AssignmentRule.objects.update(ends_before=TODAY)
    worker = [case.assignment.worker_id]
    follow_rules(workers=worker, by=None, at=NOW + timedelta(minutes=1))
    assert overtaken(case)
    AssignmentRule.objects.filter(pk=rule.pk).update(ends_before=None)
    follow_rules(workers=worker, by=None, at=NOW + timedelta(minutes=2))
    assert due_of(case) is None
    assert ExceptionCase.objects.open().count() == 1


def test_from_when_the_rule_counts_is_told_only_where_it_counts(coordinator, team):
    near_case(team)
    assert "De regel telt vanaf" not in coordinator.get(queue(team.organisation)).content.decode()
    make_rule(team.organisation, due_after_days=5, starts_on=TODAY)
    worker = make_worker(team)
    follow_rules(workers=[worker.pk], by=None, at=NOW)
    assert "De regel telt vanaf" in coordinator.get(queue(team.organisation)).content.decode()
