"""What the database itself refuses, whoever writes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from organisations.models import Role, RoleGrant
from organisations.models.user import User
from tests.factories import (
    make_employment,
    make_grant,
    make_leave,
    make_organisation,
    make_team,
    make_user,
)

pytestmark = pytest.mark.django_db
D, BEFORE = date(2026, 3, 2), date(2026, 3, 1)


def refused(write: Callable[[], object], name: str) -> None:
    with pytest.raises(IntegrityError) as told, transaction.atomic():
        write()
    text = str(told.value)
    assert name in text or "UNIQUE" in text  # SQLite names the columns of a unique index instead


def test_employment() -> None:
    user, team = make_user(), make_team()
    refused(
        lambda: make_employment(user, team, starts_on=D, ends_before=BEFORE),
        "employment_does_not_end_before_it_starts",
    )
    for hours in (0, 61):
        refused(
            lambda hours=hours: make_employment(user, team, hours_per_week=hours),
            "employment_hours_between_0_and_60",
        )
    make_employment(user, team)
    refused(
        lambda: make_employment(user, team, starts_on=D), "one_open_employment_per_person_and_team"
    )


def test_leave() -> None:
    user = make_user()
    refused(
        lambda: make_leave(user, starts_on=D, ends_before=BEFORE),
        "leave_does_not_end_before_it_starts",
    )
    make_leave(user, starts_on=D, ends_before=D)  # withdrawn: the day is free again
    make_leave(user, starts_on=D)
    refused(
        lambda: make_leave(user, starts_on=D, ends_before=date(2026, 4, 1)),
        "one_leave_per_person_and_first_day",
    )


def test_role_has_the_scope_that_fits_it() -> None:
    organisation = make_organisation()
    name = "role_has_the_scope_that_fits_it"
    refused(lambda: make_grant(Role.EDITOR, organisation=organisation), name)
    refused(lambda: make_grant(Role.COORDINATOR), name)
    refused(lambda: make_grant(Role.MANAGER), name)
    refused(
        lambda: make_grant(Role.FOCAL_PERSON, team=make_team(organisation)),
        "only_managers_are_limited_to_a_team",
    )
    refused(
        lambda: make_grant(Role.EDITOR, starts_on=D, ends_before=BEFORE),
        "role_does_not_end_before_it_starts",
    )


def test_one_open_role_of_a_kind() -> None:
    user, team = make_user(), make_team()
    grants: list[dict[str, object]] = [
        {"role": Role.RESEARCHER},
        {"role": Role.MANAGER, "organisation": team.organisation},
        {"role": Role.MANAGER, "team": team},
    ]
    for facts in grants:
        make_grant(user=user, **facts)  # type: ignore[arg-type]
    for facts in grants:
        refused(lambda facts=facts: make_grant(user=user, **facts), "one_open")
    assert RoleGrant.objects.count() == 3


def test_team() -> None:
    team = make_team(name="Kade")
    refused(lambda: make_team(team.organisation, "Kade"), "team_name_once_per_organisation")
    make_team(name="Kade")  # of another organisation

    def under_itself() -> None:
        team.parent = team
        team.save()

    refused(under_itself, "team_is_not_its_own_parent")


def test_one_account_per_address_whatever_the_capitals() -> None:
    make_user("kim@care.example")
    refused(lambda: User.objects.create(email="KIM@care.example"), "one_account_per_email_address")
