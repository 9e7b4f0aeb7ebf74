"""Giving and ending roles. Nothing else writes role grants."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from organisations.actions.checks import check_end, check_period, iso, unique_or
from organisations.errors import (
    AlreadyEnded,
    AlreadyHeld,
    InThePast,
    LastAdministrator,
    OtherOrganisation,
    RoleDoesNotFit,
)
from organisations.models import Organisation, Role, RoleGrant, Team, User
from organisations.models.role import PLATFORM_ROLES, TEAM_ROLES
from organisations.rules.periods import overlap
from organisations.trail import record


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    organisation: Organisation | None = None,
    team: Team | None = None,
    starts_on: date,
    ends_before: date | None = None,
    by: User | None,
    at: datetime,
) -> RoleGrant:
    """Give the person a role within its scope, from a day on. The same twice is once."""
    check_period(starts_on, ends_before, at=at)
    _check_scope(role, organisation, team)
    User.objects.select_for_update().get(pk=user.pk)
    held = RoleGrant.objects.filter(user=user, role=role, organisation=organisation, team=team)
    for grant in held:
        if (grant.starts_on, grant.ends_before) == (starts_on, ends_before):
            return grant
        if overlap(
            starts_on=starts_on,
            ends_before=ends_before,
            other_start=grant.starts_on,
            other_end=grant.ends_before,
        ):
            raise AlreadyHeld
    with unique_or(AlreadyHeld()):
        grant = RoleGrant.objects.create(
            user=user,
            role=role,
            organisation=organisation,
            team=team,
            starts_on=starts_on,
            ends_before=ends_before,
        )
    _record("role_given", grant, by=by, at=at)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, ends_before: date, by: User | None, at: datetime) -> RoleGrant:
    """Let the role end before a day, today or later: what was seen until now stays on record."""
    User.objects.select_for_update().get(pk=grant.user_id)
    ended = RoleGrant.objects.select_related("user", "organisation", "team").get(pk=grant.pk)
    if ended.ends_before == ends_before:
        return ended
    if ended.ends_before is not None and ended.ends_before <= timezone.localdate(at):
        raise AlreadyEnded
    check_end(ended.starts_on, ends_before, at=at)
    if ends_before < timezone.localdate(at):
        raise InThePast
    if ended.role == Role.ADMINISTRATOR:
        _check_somebody_remains(ended, ends_before)
    ended.ends_before = ends_before
    ended.save(update_fields=["ends_before"])
    _record("role_ended", ended, by=by, at=at)
    return ended


def _check_scope(role: Role, organisation: Organisation | None, team: Team | None) -> None:
    if (organisation is None) != (role in PLATFORM_ROLES):
        raise RoleDoesNotFit
    if team is not None and role not in TEAM_ROLES:
        raise RoleDoesNotFit
    if team is not None and organisation is not None and team.organisation_id != organisation.pk:
        raise OtherOrganisation


def _check_somebody_remains(ended: RoleGrant, ends_before: date) -> None:
    others = RoleGrant.objects.on(ends_before).filter(
        role=Role.ADMINISTRATOR, ends_before__isnull=True, user__is_active=True
    )
    superusers = User.objects.filter(is_superuser=True, is_active=True)
    if not others.exclude(pk=ended.pk).exists() and not superusers.exists():
        raise LastAdministrator


def _record(action: str, grant: RoleGrant, *, by: User | None, at: datetime) -> None:
    record(
        action,
        by=by,
        at=at,
        organisation=grant.organisation,
        subject=grant.user,
        role=grant.role,
        team=grant.team.public_id if grant.team else None,
        starts_on=iso(grant.starts_on),
        ends_before=iso(grant.ends_before),
    )
