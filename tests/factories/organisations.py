"""Builders with sensible defaults. Every argument is a fact that a test wants to state."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from organisations.models import Employment, Leave, Organisation, Role, RoleGrant, Team, User

PASSWORD = "a long enough secret"
LONG_AGO = date(2020, 1, 1)
numbers = count(1)


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    """Live since long ago, unless `works_council_agreed_on=None` is given."""
    values = {
        "name": name or f"Organisation {next(numbers)}",
        "works_council_agreed_on": LONG_AGO,
        "created_at": datetime(2020, 1, 1, 12, tzinfo=UTC),
    }
    return Organisation.objects.create(**values | fields)


def make_team(
    organisation: Organisation | None = None,
    name: str = "",
    *,
    parent: Team | None = None,
    **fields: Any,
) -> Team:
    """A team of the given organisation, of its parent's, or of a new one."""
    if organisation is None:
        organisation = parent.organisation if parent else make_organisation()
    return Team.objects.create(
        organisation=organisation, name=name or f"Team {next(numbers)}", parent=parent, **fields
    )


def make_user(email: str = "", **fields: Any) -> User:
    """A person with the password PASSWORD and no roles."""
    number = next(numbers)
    values = {"first_name": "Kim", "last_name": f"Vermeer {number}", "password": PASSWORD}
    return User.objects.create_user(email or f"person{number}@care.example", **values | fields)


def make_employment(
    user: User | None = None,
    team: Team | None = None,
    *,
    starts_on: date = LONG_AGO,
    ends_before: date | None = None,
    **fields: Any,
) -> Employment:
    return Employment.objects.create(
        user=user or make_user(),
        team=team or make_team(),
        starts_on=starts_on,
        ends_before=ends_before,
        **fields,
    )


def make_worker(team: Team | None = None, **fields: Any) -> User:
    """Somebody who has worked in the team since long ago."""
    user = make_user(**fields)
    make_employment(user, team)
    return user


def make_grant(
    role: Role,
    user: User | None = None,
    *,
    organisation: Organisation | None = None,
    team: Team | None = None,
    starts_on: date = LONG_AGO,
    ends_before: date | None = None,
) -> RoleGrant:
    """A role since long ago. The organisation follows from the team when only that is given."""
    return RoleGrant.objects.create(
        user=user or make_user(),
        role=role,
        organisation=organisation or (team.organisation if team else None),
        team=team,
        starts_on=starts_on,
        ends_before=ends_before,
    )


def make_manager(team: Team, **fields: Any) -> User:
    return make_grant(Role.MANAGER, make_worker(team, **fields), team=team).user


def make_focal_person(organisation: Organisation, **fields: Any) -> User:
    return make_grant(Role.FOCAL_PERSON, make_user(**fields), organisation=organisation).user


def make_coordinator(organisation: Organisation, **fields: Any) -> User:
    return make_grant(Role.COORDINATOR, make_user(**fields), organisation=organisation).user


def make_researcher(**fields: Any) -> User:
    return make_grant(Role.RESEARCHER, make_user(**fields)).user


def make_editor(**fields: Any) -> User:
    return make_grant(Role.EDITOR, make_user(**fields)).user


def make_approver(**fields: Any) -> User:
    return make_grant(Role.LIBRARIES, make_user(**fields)).user


def make_administrator(**fields: Any) -> User:
    return make_grant(Role.ADMINISTRATOR, make_user(**fields)).user


def make_leave(
    user: User | None = None,
    *,
    starts_on: date = LONG_AGO,
    ends_before: date | None = None,
) -> Leave:
    return Leave.objects.create(
        user=user or make_worker(), starts_on=starts_on, ends_before=ends_before
    )
