"""More time, another date, exemption: recorded as facts, refused by name."""

from datetime import date, timedelta

import pytest

from learning.actions import change_due_date, end_exemption, exempt, extend
from learning.errors import (
    DueDateEarlier,
    DueDateTooNear,
    ExemptionInThePast,
    ExtensionBeforeDue,
    ExtensionInThePast,
    NotAssigned,
    NotExempt,
)
from learning.models import AssignmentEvent, Validity
from organisations.errors import TooFarAway
from organisations.models import AuditEvent
from tests.factories.learning import NOW, TODAY, covered, make_assignment
from tests.factories.organisations import make_worker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DUE = date(2026, 8, 30)


def now_of(assignment):
    return Validity.objects.get(assignment=assignment)


def test_an_extension_of_who_is_not_certified_moves_the_due_date_only(assignment):
    event = extend(assignment=assignment, to=DUE + DAY, reason="ext_other", by=None, at=NOW)
    assert event.covered_through is None
    assert (now_of(assignment).due_on, now_of(assignment).covered_through) == (DUE + DAY, None)


def test_an_extension_of_who_is_certified_keeps_covered_and_the_window(worker):
    assignment = covered(worker, through=date(2026, 6, 20))
    event = extend(assignment=assignment, to=date(2026, 8, 1), reason="ext_other", by=None, at=NOW)
    now = now_of(assignment)
    assert event.covered_through == now.covered_through == date(2026, 8, 1)
    assert now.window_opens_on == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        (TODAY - DAY, ExtensionInThePast),
        (DUE - DAY, ExtensionBeforeDue),
        (DUE, ExtensionBeforeDue),  # changes nothing
        (date.max, TooFarAway),
    ],
)
def test_an_extension_that_cannot_be_is_refused(assignment, to, refusal):
    with pytest.raises(refusal):
        extend(assignment=assignment, to=to, reason="ext_other", by=None, at=NOW)
    assert not AuditEvent.objects.filter(action="training_extended").exists()


def test_the_same_extension_twice_is_once(assignment):
    one, two = (
        extend(assignment=assignment, to=DUE + DAY, reason="ext_other", by=None, at=NOW)
        for _click in range(2)
    )
    assert one == two


@pytest.mark.parametrize("due_on", [DUE - DAY, DUE])
def test_a_due_date_moves_later_only(assignment, due_on):
    with pytest.raises(DueDateEarlier):
        change_due_date(assignment=assignment, due_on=due_on, by=None, at=NOW)


def test_what_is_recorded_names_the_person_and_the_reason(assignment, worker):
    change_due_date(assignment=assignment, due_on=DUE + DAY, by=None, at=NOW)
    [line] = AuditEvent.objects.filter(action="training_due_changed")
    assert line.subject_id == worker.public_id
    assert line.detail["day"] == "2026-08-31"


def test_exempt_through_today_is_still_possible(assignment):
    exempt(assignment=assignment, reason="ex_other", until=TODAY, by=None, at=NOW)
    assert now_of(assignment).is_exempt


def test_exempt_through_yesterday_is_refused(assignment):
    with pytest.raises(ExemptionInThePast):
        exempt(assignment=assignment, reason="ex_other", until=TODAY - DAY, by=None, at=NOW)
    assert not now_of(assignment).is_exempt


def test_what_somebody_does_not_have_cannot_be_changed(assignment):
    exempt(assignment=assignment, reason="ex_other", until=None, by=None, at=NOW)
    with pytest.raises(NotAssigned):
        exempt(assignment=assignment, reason="ex_other", until=None, by=None, at=NOW)
    with pytest.raises(NotAssigned):
        extend(assignment=assignment, to=DUE + DAY, reason="ext_other", by=None, at=NOW)
    with pytest.raises(NotAssigned):
        change_due_date(assignment=assignment, due_on=DUE + DAY, by=None, at=NOW)
    assert AssignmentEvent.objects.filter(kind="unassigned").count() == 1


def test_the_end_of_an_exemption_restores_dates_that_run(assignment):
    exempt(assignment=assignment, reason="ex_other", until=None, by=None, at=NOW)
    end_exemption(assignment=assignment, due_on=DUE + 90 * DAY, by=None, at=NOW)
    now = now_of(assignment)
    assert (now.is_assigned, now.is_exempt, now.due_on) == (True, False, DUE)


def test_the_end_of_an_exemption_leaves_time_to_finish():
    assignment = make_assignment(make_worker(), day=TODAY - 200 * DAY)  # due long ago
    exempt(assignment=assignment, reason="ex_other", until=None, by=None, at=NOW)
    with pytest.raises(DueDateTooNear):
        end_exemption(assignment=assignment, due_on=TODAY + 13 * DAY, by=None, at=NOW)
    end_exemption(assignment=assignment, due_on=TODAY + 14 * DAY, by=None, at=NOW)
    assert now_of(assignment).due_on == TODAY + 14 * DAY


def test_who_is_not_exempt_has_no_exemption_to_end(assignment):
    with pytest.raises(NotExempt):
        end_exemption(assignment=assignment, due_on=DUE, by=None, at=NOW)
