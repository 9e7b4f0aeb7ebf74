"""Giving and ending roles."""

from datetime import date
from typing import Any

import pytest

from organisations import actions, errors
from organisations.models import (
    Role,
    RoleGrant,
    User,
)
from tests.factories import (
    make_administrator,
    make_grant,
    make_organisation,
    make_team,
    make_user,
)
from tests.organisations.moment import AT, DAY, TODAY, trail

pytestmark = pytest.mark.django_db


def give(user: User, role: Role, by: User, **facts: Any) -> RoleGrant:
    facts = {"starts_on": TODAY} | facts
    return actions.grant_role(user=user, role=role, by=by, at=AT, **facts)


def test_same_role_twice_is_once_and_overlapping_is_refused(by: User) -> None:
    user, organisation = make_user(), make_organisation()
    assert give(user, Role.COORDINATOR, by, organisation=organisation) == give(
        user, Role.COORDINATOR, by, organisation=organisation
    )
    with pytest.raises(errors.AlreadyHeld):
        give(user, Role.COORDINATOR, by, organisation=organisation, starts_on=TODAY + DAY)
    assert trail() == ["role_given"]


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.EDITOR, Role.ADMINISTRATOR])
def test_platform_role_goes_with_no_organisation(role: Role, by: User) -> None:
    with pytest.raises(errors.RoleDoesNotFit):
        give(make_user(), role, by, organisation=make_organisation())


def test_role_scope_is_checked(by: User) -> None:
    team = make_team()
    with pytest.raises(errors.RoleDoesNotFit):
        give(make_user(), Role.MANAGER, by)
    with pytest.raises(errors.RoleDoesNotFit):
        give(make_user(), Role.FOCAL_PERSON, by, organisation=team.organisation, team=team)
    with pytest.raises(errors.OtherOrganisation):
        give(make_user(), Role.MANAGER, by, organisation=make_organisation(), team=team)


def stop(grant: RoleGrant, day: date, by: User) -> RoleGrant:
    return actions.end_role(grant=grant, ends_before=day, by=by, at=AT)


def test_role_ends_today_or_later_never_in_the_past(by: User) -> None:
    grant = make_grant(Role.EDITOR)
    with pytest.raises(errors.InThePast):
        stop(grant, TODAY - DAY, by)
    stop(grant, TODAY + DAY, by)
    stop(grant, TODAY, by)
    with pytest.raises(errors.AlreadyEnded):
        stop(grant, TODAY + DAY, by)


def test_role_of_today_can_be_taken_back_today(by: User) -> None:
    user = make_user()
    stop(give(user, Role.EDITOR, by), TODAY, by)
    give(user, Role.EDITOR, by)
    assert RoleGrant.objects.on(TODAY).count() == 1


def test_last_administrator_cannot_stop_unless_there_is_a_superuser(by: User) -> None:
    grant = make_administrator().role_grants.get()
    with pytest.raises(errors.LastAdministrator):
        stop(grant, TODAY, by)
    make_user(is_superuser=True)
    stop(grant, TODAY, by)
