"""A new account together with what it is for: both or neither."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from organisations.actions.people import add_person
from organisations.actions.roles import grant_role
from organisations.actions.work import start_employment
from organisations.models import Organisation, Role, Team, User


@transaction.atomic
def add_worker(
    *,
    email: str,
    first_name: str,
    last_name: str,
    language: str,
    organisation: Organisation,
    team: Team,
    job_function: str,
    hours_per_week: Decimal | int,
    starts_on: date,
    by: User | None,
    at: datetime,
) -> User:
    """Add a person with their first work. Refuses as `add_person` and `start_employment` do."""
    user = add_person(
        email=email,
        first_name=first_name,
        last_name=last_name,
        language=language,
        organisation=organisation,
        by=by,
        at=at,
    )
    start_employment(
        user=user,
        team=team,
        job_function=job_function,
        hours_per_week=hours_per_week,
        starts_on=starts_on,
        by=by,
        at=at,
    )
    return user


@transaction.atomic
def add_role_holder(
    *,
    email: str,
    first_name: str,
    last_name: str,
    role: str,
    starts_on: date,
    by: User | None,
    at: datetime,
) -> User:
    """Add a person with a role on the whole platform, who works at no organisation."""
    user = add_person(email=email, first_name=first_name, last_name=last_name, by=by, at=at)
    grant_role(user=user, role=Role(role), starts_on=starts_on, by=by, at=at)
    return user
