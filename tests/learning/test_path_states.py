"""*Mijn leerpad* in every state that somebody's training may be in."""

from datetime import timedelta

import pytest
from django.urls import reverse

from learning.actions import bring_up_to_date, complete_attempt, start_attempt
from learning.models import Assignment, AssignmentEvent, Completion, Validity
from learning.selectors.path import learning_paths
from organisations.access import access_of
from tests.factories import make_leave
from tests.factories.learning import (
    NOW,
    TODAY,
    covered,
    make_assignment,
    make_completion,
    make_module,
    make_programme,
    make_rule,
    module_of,
    on,
    walk,
)

pytestmark = pytest.mark.django_db
WEEKS = timedelta(days=7)


def shown(client):
    return client.get(reverse("learning:path")).content.decode()


def paths_of(worker, day=TODAY):
    return learning_paths(access_of(worker, day), day)


def assign(worker, due_on, *, day=TODAY, **numbers):
    organisation = worker.employments.get().team.organisation
    rule = make_rule(organisation, make_programme(make_module(), **numbers))
    return make_assignment(worker, day=day, rule=rule, due_on=due_on)


def note(assignment, kind, **fields):
    values = {"on": TODAY, "reason": "decided", "at": on(TODAY)} | fields
    AssignmentEvent.objects.create(assignment=assignment, kind=kind, **values)
    bring_up_to_date([assignment.pk], today=TODAY)


def test_one_next_step_and_the_others_in_short_the_most_urgent_first(signed_in, worker):
    later, first = assign(worker, TODAY + 9 * WEEKS), assign(worker, TODAY + 3 * WEEKS)
    done = assign(worker, TODAY - 50 * WEEKS, day=TODAY - 60 * WEEKS)
    make_completion(
        done, completed_on=TODAY - 51 * WEEKS, valid_through=TODAY + timedelta(days=100)
    )
    assert [path.assignment for path in paths_of(worker)] == [first, later, done]
    page = shown(signed_in)
    assert page.count("card--next") == 1
    assert page.index("Rond dit uiterlijk op 22 juni 2026 af") < page.index("3 augustus 2026")
    assert "Uw andere trainingen" in page


def test_without_a_date_the_coordinator_sets_it(signed_in, worker):
    organisation = worker.employments.get().team.organisation
    programme = make_rule(organisation).programme
    assignment = Assignment.objects.create(
        worker=worker, programme=programme, organisation=organisation
    )
    note(assignment, "assigned", day=TODAY + timedelta(days=2), reason="rule")
    page = shown(signed_in)
    assert "Uw opleidingscoördinator bepaalt de datum" in page
    assert "Beginnen" in page


def test_too_late(signed_in, worker):
    assign(worker, TODAY - timedelta(days=1), day=TODAY - 20 * WEEKS)
    assert "Dit had op 31 mei 2026 klaar moeten zijn" in shown(signed_in)


def test_expired_counts_again_from_the_day_it_is_done(signed_in, worker):
    covered(worker, through=TODAY - timedelta(days=1))
    page = shown(signed_in)
    assert "Uw training was geldig tot en met 31 mei 2026" in page
    assert "vanaf die dag weer gedekt" in page


def test_in_grace_one_is_still_covered(signed_in, worker):
    assignment = assign(worker, TODAY - 60 * WEEKS, day=TODAY - 70 * WEEKS, grace_days=30)
    through = TODAY - timedelta(days=10)
    done = TODAY - 53 * WEEKS
    bring_up_to_date([assignment.pk], today=done)
    Completion.objects.create(
        worker=worker,
        assignment=assignment,
        cycle=assignment.cycles.open().get(),
        completed_on=done,
        valid_through=through,
        covered_through=TODAY + timedelta(days=20),
        remembered_day=through.day,
        active_months=12,
        recorded_on=done,
        recorded_at=on(done),
    )
    bring_up_to_date([assignment.pk], today=TODAY)
    page = shown(signed_in)
    assert "U bent nog gedekt tot en met 21 juni 2026" in page
    assert "Te laat" not in page


def test_an_extension_is_named(signed_in, worker):
    assignment = covered(worker, through=TODAY + timedelta(days=5))
    to = TODAY + timedelta(days=40)
    note(assignment, "extended", day=to, covered_through=to, reason="ext_illness")
    assert "U hebt extra tijd: u bent gedekt tot en met 11 juli 2026" in shown(signed_in)


def test_on_leave_nothing_has_to_be_done(signed_in, worker):
    assign(worker, TODAY + WEEKS, day=TODAY - 10 * WEEKS)
    make_leave(worker, starts_on=TODAY, ends_before=TODAY + 2 * WEEKS)
    page = shown(signed_in)
    assert "U bent met verlof tot 15 juni 2026" in page
    assert "U hoeft nu niets" in page
    assert "Beginnen" in page  # who wants to may


def test_leave_without_an_end(signed_in, worker):
    assign(worker, TODAY + WEEKS)
    make_leave(worker, starts_on=TODAY, ends_before=None)
    assert "U bent met verlof. U hoeft nu niets" in shown(signed_in)


@pytest.mark.parametrize("reason", ["ex_leaving", "no_rule"])
def test_what_is_not_asked_any_more_is_history_in_a_fold(signed_in, worker, reason):
    assignment = covered(worker, through=TODAY + timedelta(days=100))
    note(assignment, "unassigned", reason=reason)
    page = shown(signed_in)
    assert "Er wordt nu geen training van u gevraagd" in page
    assert "geldig tot en met 9 september 2026" in page
    assert page.index("<details") < page.index(assignment.programme.title)
    assert ("vrijgesteld" in page) == (reason == "ex_leaving")
    assert "Beginnen" not in page


def test_a_scenario_that_was_done_before_is_announced(signed_in, worker):
    assignment = covered(worker, through=TODAY + timedelta(days=10))
    module = module_of(assignment, "refresher")
    assert "U deed dit scenario eerder" not in shown(signed_in)
    other = make_assignment(worker, rule=make_rule(assignment.organisation, make_programme(module)))
    attempt = start_attempt(assignment=other, module=module, at=NOW)
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    assert "U deed dit scenario eerder, op 1 juni 2026" in shown(signed_in)


def test_every_period_keeps_its_own_certificate(signed_in, worker):
    assignment = covered(worker, through=TODAY + timedelta(days=10))
    module = module_of(assignment, "refresher")
    attempt = start_attempt(assignment=assignment, module=module, at=NOW)
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    codes = [one.certificate.code for one in Completion.objects.order_by("completed_on")]
    for url in (reverse("learning:path"), reverse("learning:development")):
        page = signed_in.get(url).content.decode()
        assert [code for code in codes if f"/{code}" in page] == codes
    finish = reverse("learning:finish", args=[attempt.public_id])
    page = signed_in.get(finish).content.decode()
    assert codes[1] in page
    assert codes[0] not in page


def test_what_was_finished_last_can_be_looked_back_at(signed_in, attempt):
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    assert reverse("learning:finish", args=[attempt.public_id]) in shown(signed_in)


def test_finishing_in_time_says_from_which_day_it_counts(signed_in, attempt):
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    finish = reverse("learning:finish", args=[attempt.public_id])
    page = signed_in.get(finish).content.decode()
    assert "de 12 maanden vanaf de laatste dag om af te ronden, 30 augustus 2026" in page


def test_finishing_late_counts_from_that_day(signed_in, worker):
    assignment = make_assignment(worker, day=TODAY - timedelta(days=200))
    module = module_of(assignment, "onboarding")
    attempt = start_attempt(assignment=assignment, module=module, at=NOW)
    walk(attempt)
    complete_attempt(attempt=attempt, at=NOW)
    finish = reverse("learning:finish", args=[attempt.public_id])
    page = signed_in.get(finish).content.decode()
    assert "De 12 maanden tellen vanaf de dag van afronden, 1 juni 2026" in page


def test_before_the_daily_run_the_facts_answer(worker):
    """The window opened since the projection was made: the path says so all the same."""
    assignment = covered(worker, through=TODAY + 10 * WEEKS)
    before = Validity.objects.values().get(pk=assignment.pk)
    path = paths_of(worker, TODAY + 9 * WEEKS)[0]
    assert path.can_train
    assert path.state == "window_open"
    assert path.next_item is not None
    assert Validity.objects.values().get(pk=assignment.pk) == before  # looking writes nothing
