"""Recording leave."""

from typing import Any

import pytest

from organisations import actions, errors
from organisations.models import (
    AuditEvent,
    Leave,
    User,
)
from tests.factories import (
    make_coordinator,
    make_leave,
    make_team,
    make_user,
    make_worker,
)
from tests.organisations.moment import AT, DAY, TODAY, trail

pytestmark = pytest.mark.django_db


def away(user: User, by: User, **facts: Any) -> Leave:
    return actions.start_leave(user=user, by=by, at=AT, **({"starts_on": TODAY} | facts))


def test_leave_is_recorded_once_and_ended(by: User) -> None:
    user = make_user()
    leave = away(user, by)
    assert away(user, by) == leave
    with pytest.raises(errors.LeaveOverlaps):
        away(user, by, starts_on=TODAY + DAY)
    actions.end_leave(leave=leave, ends_before=TODAY + 10 * DAY, by=by, at=AT)
    away(user, by, starts_on=TODAY + 10 * DAY)
    assert Leave.objects.on(TODAY).count() == 1
    assert trail() == ["leave_started", "leave_ended", "leave_started"]


def test_leave_that_was_a_mistake_is_taken_back(by: User) -> None:
    leave = make_leave(starts_on=TODAY - 5 * DAY)
    actions.end_leave(leave=leave, ends_before=TODAY - 5 * DAY, by=by, at=AT)
    assert not Leave.objects.on(TODAY - 5 * DAY).exists()
    away(leave.user, by, starts_on=TODAY - 5 * DAY, ends_before=TODAY)


def test_leave_over_or_running_into_the_next_is_not_changed(by: User) -> None:
    user = make_user()
    over = make_leave(user, starts_on=TODAY - 5 * DAY, ends_before=TODAY)
    with pytest.raises(errors.AlreadyEnded):
        actions.end_leave(leave=over, ends_before=TODAY + DAY, by=by, at=AT)
    now = make_leave(user, starts_on=TODAY, ends_before=TODAY + 2 * DAY)
    make_leave(user, starts_on=TODAY + 5 * DAY)
    with pytest.raises(errors.LeaveOverlaps):
        actions.end_leave(leave=now, ends_before=TODAY + 6 * DAY, by=by, at=AT)


def test_leave_without_days_is_refused(by: User) -> None:
    with pytest.raises(errors.EndsBeforeStart):
        away(make_user(), by, ends_before=TODAY)


def test_leave_says_who_where_and_when() -> None:
    team = make_team()
    by = make_coordinator(team.organisation)
    away(make_worker(team), by, organisation=team.organisation)
    event = AuditEvent.objects.get()
    assert (event.actor, event.at, event.organisation) == (by, AT, team.organisation)
