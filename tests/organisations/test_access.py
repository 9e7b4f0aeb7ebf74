"""Who may do what on a day."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from organisations.access import access_of
from organisations.models import Role, Team
from tests.factories import (
    make_administrator,
    make_coordinator,
    make_editor,
    make_employment,
    make_focal_person,
    make_grant,
    make_manager,
    make_organisation,
    make_researcher,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db
D = date(2026, 3, 1)
DAY = timedelta(days=1)


def test_worker_belongs_and_sees_nobody() -> None:
    team = make_team()
    access = access_of(make_worker(team), D)
    assert access.organisations == {team.organisation_id}
    assert not access.sees_team
    assert not access.is_privileged
    assert not access.is_coordinator


def test_somebody_without_work_or_roles_has_nothing() -> None:
    access = access_of(make_user(), D)
    assert access.organisations == frozenset()
    assert not access.is_privileged


def test_who_decides_about_libraries_is_privileged_and_no_editor() -> None:
    access = access_of(make_grant(Role.LIBRARIES).user, D)
    assert access.decides_libraries
    assert access.is_privileged
    assert not access.is_editor
    assert not access_of(make_editor(), D).decides_libraries
    assert access_of(make_administrator(), D).decides_libraries


def test_manager_has_the_team_and_all_below_it() -> None:
    top = make_team()
    middle = make_team(parent=top)
    bottom = make_team(parent=middle)
    beside = make_team(top.organisation)
    access = access_of(make_manager(middle), D)
    assert access.manages_teams == {middle.pk, bottom.pk}
    assert beside.pk not in access.manages_teams
    assert access.oversees == frozenset()
    assert access.is_manager
    assert access.is_privileged


def test_manager_of_the_whole_organisation_has_every_team_and_no_other() -> None:
    organisation, other = make_organisation(), make_organisation()
    teams = {make_team(organisation).pk, make_team(organisation).pk}
    make_team(other)
    manager = make_grant(Role.MANAGER, organisation=organisation).user
    access = access_of(manager, D)
    assert access.manages_teams == teams
    assert access.oversees == {organisation.pk}


def test_scope_ends_in_a_loop_of_teams() -> None:
    first = make_team()
    second = make_team(parent=first)
    Team.objects.filter(pk=first.pk).update(parent=second)
    assert access_of(make_manager(second), D).manages_teams == {first.pk, second.pk}


def test_focal_person_coordinator_researcher_editor_and_administrator() -> None:
    organisation = make_organisation()
    focal = access_of(make_focal_person(organisation), D)
    assert focal.keeps_counts
    assert not focal.is_coordinator
    coordinator = access_of(make_coordinator(organisation), D)
    assert coordinator.is_coordinator
    assert coordinator.coordinates == {organisation.pk}
    assert not coordinator.keeps_counts
    assert not coordinator.is_administrator
    researcher = access_of(make_researcher(), D)
    assert researcher.is_researcher
    assert not researcher.sees_team
    editor = access_of(make_editor(), D)
    assert editor.is_editor
    assert not editor.is_coordinator
    administrator = access_of(make_administrator(), D)
    assert administrator.is_administrator
    assert not administrator.sees_team


def test_superuser_is_administrator_without_a_grant() -> None:
    assert access_of(make_user(is_superuser=True), D).is_administrator


@pytest.mark.parametrize(("day", "holds"), [(D - DAY, False), (D, True), (D + DAY, False)])
def test_role_holds_from_its_first_day_until_before_its_end(day: date, holds: bool) -> None:
    grant = make_grant(
        Role.FOCAL_PERSON, organisation=make_organisation(), starts_on=D, ends_before=D + DAY
    )
    assert access_of(grant.user, day).keeps_counts is holds


def test_role_taken_back_on_its_first_day_never_holds() -> None:
    grant = make_grant(Role.EDITOR, starts_on=D, ends_before=D)
    assert not any(access_of(grant.user, D + n * DAY).is_editor for n in (-1, 0, 1))


@pytest.mark.parametrize(("day", "employed"), [(D - DAY, False), (D, True), (D + DAY, False)])
def test_work_counts_from_its_first_day_until_before_its_end(day: date, employed: bool) -> None:
    employment = make_employment(starts_on=D, ends_before=D + DAY)
    assert bool(access_of(employment.user, day).employed_at) is employed


def test_two_queries_and_three_for_a_manager(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    worker, manager = make_worker(), make_manager(make_team())
    with django_assert_num_queries(2):
        access_of(worker, D)
    with django_assert_num_queries(3):
        access_of(manager, D)
