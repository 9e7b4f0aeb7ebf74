"""Starting, moving and ending somebody's work in a team."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from organisations.actions.checks import check_days, check_end, check_period, iso, unique_or
from organisations.actions.roles import end_role
from organisations.errors import (
    AlreadyEnded,
    CameFromAnotherTeam,
    OtherOrganisation,
    Overlaps,
    SameTeam,
)
from organisations.models import Employment, RoleGrant, Team, User
from organisations.querysets import was_in_force
from organisations.rules.periods import is_empty, overlap
from organisations.trail import record


@transaction.atomic
def start_employment(
    *,
    user: User,
    team: Team,
    job_function: str,
    hours_per_week: Decimal | int,
    starts_on: date,
    ends_before: date | None = None,
    by: User | None,
    at: datetime,
) -> Employment:
    """Let the person work in the team from a day on; several teams at a time are possible.

    The same twice is once: the employment that is there is returned.
    """
    check_period(starts_on, ends_before, at=at)
    _lock(user)
    same = Employment.objects.filter(
        user=user, team=team, starts_on=starts_on, ends_before=ends_before
    ).first()
    if same is not None:
        return same
    _check_free(user, team, starts_on, ends_before)
    with unique_or(Overlaps()):
        employment = Employment.objects.create(
            user=user,
            team=team,
            job_function=job_function,
            hours_per_week=hours_per_week,
            starts_on=starts_on,
            ends_before=ends_before,
        )
    _record("employment_started", employment, by=by, at=at)
    return employment


@transaction.atomic
def end_employment(
    *, employment: Employment, ends_before: date, by: User | None, at: datetime
) -> Employment:
    """Let the person stop on a day, or set another day for an end that has yet to come.

    Who then works nowhere in the organisation loses the roles held there, from the same day.
    """
    _lock(employment.user)
    ended = _current(employment)
    if ended.ends_before == ends_before:
        return ended
    if ended.ends_before is not None and ended.ends_before <= timezone.localdate(at):
        raise AlreadyEnded
    check_end(ended.starts_on, ends_before, at=at)
    old = ended.ends_before
    ended.ends_before = ends_before
    ended.save(update_fields=["ends_before"])
    _record("employment_ended", ended, by=by, at=at, planned_before=iso(old))
    _end_roles_with(ended, ends_before, by=by, at=at)
    return ended


@transaction.atomic
def correct_start(
    *, employment: Employment, starts_on: date, by: User | None, at: datetime
) -> Employment:
    """Put another first working day in the place of one that was recorded by mistake.

    The wrong row is withdrawn and kept; the returned one has the same end. Raises
    `CameFromAnotherTeam` for work that began by moving: its first day is that of the move.
    """
    check_days(starts_on, at=at)
    _lock(employment.user)
    wrong = _current(employment)
    if wrong.starts_on == starts_on:
        return wrong
    if is_empty(starts_on=wrong.starts_on, ends_before=wrong.ends_before):
        raise AlreadyEnded
    before = came_from(wrong)
    if before is not None:
        raise CameFromAnotherTeam(team=before.name)
    ends_before, wrong.ends_before = wrong.ends_before, wrong.starts_on
    check_period(starts_on, ends_before, at=at)
    wrong.save(update_fields=["ends_before"])
    _check_free(wrong.user, wrong.team, starts_on, ends_before)
    with unique_or(Overlaps()):
        right = Employment.objects.create(
            user=wrong.user,
            team=wrong.team,
            job_function=wrong.job_function,
            hours_per_week=wrong.hours_per_week,
            starts_on=starts_on,
            ends_before=ends_before,
        )
    _record("start_corrected", right, by=by, at=at, wrong=wrong.public_id, was=iso(wrong.starts_on))
    return right


def came_from(work: Employment) -> Team | None:
    """The team of the same organisation that the person left on the day that this work began."""
    before = Employment.objects.filter(
        was_in_force(),
        user=work.user_id,
        team__organisation=work.team.organisation_id,
        ends_before=work.starts_on,
    ).exclude(pk=work.pk)
    found = before.select_related("team").order_by("pk").first()
    return found.team if found is not None else None


@transaction.atomic
def move_to_team(
    *,
    employment: Employment,
    team: Team,
    on: date,
    job_function: str | None = None,
    hours_per_week: Decimal | int | None = None,
    by: User | None,
    at: datetime,
) -> Employment:
    """End the work in one team and begin it in another of the same organisation on the same day.

    An end that was already planned stays planned. Roles are kept: they are given by themselves.
    """
    _lock(employment.user)
    left = _current(employment)
    if team.organisation_id != left.team.organisation_id:
        raise OtherOrganisation
    if team.pk == left.team_id:
        raise SameTeam
    if left.ends_before is not None and left.ends_before <= on:
        return _already_begun(left, team, on)
    check_end(left.starts_on, on, at=at)
    planned_end, left.ends_before = left.ends_before, on
    _check_free(left.user, team, on, planned_end)
    left.save(update_fields=["ends_before"])
    with unique_or(Overlaps()):
        begun = Employment.objects.create(
            user=left.user,
            team=team,
            job_function=job_function or left.job_function,
            hours_per_week=hours_per_week or left.hours_per_week,
            starts_on=on,
            ends_before=planned_end,
        )
    _record("moved_to_team", begun, by=by, at=at, from_team=left.team.public_id)
    return begun


def _already_begun(left: Employment, team: Team, on: date) -> Employment:
    """The next employment of a move that was asked for twice."""
    begun = Employment.objects.filter(user=left.user, team=team, starts_on=on).first()
    if begun is None or left.ends_before != on:
        raise AlreadyEnded
    return begun


def _lock(user: User) -> None:
    """One change of somebody's work at a time."""
    User.objects.select_for_update().get(pk=user.pk)


def _current(employment: Employment) -> Employment:
    """The row as it is now, inside the transaction."""
    return Employment.objects.select_related("user", "team__organisation").get(pk=employment.pk)


def _check_free(user: User, team: Team, starts_on: date, ends_before: date | None) -> None:
    for held in Employment.objects.filter(user=user, team=team):
        if overlap(
            starts_on=starts_on,
            ends_before=ends_before,
            other_start=held.starts_on,
            other_end=held.ends_before,
        ):
            raise Overlaps


def _end_roles_with(ended: Employment, left_on: date, *, by: User | None, at: datetime) -> None:
    """End the roles that the person holds in the organisation that they leave.

    Never before today: until now the person could see what the role shows.
    """
    organisation = ended.team.organisation
    others = Employment.objects.filter(user=ended.user, team__organisation=organisation)
    for other in others.exclude(pk=ended.pk):
        goes_on = other.ends_before is None or other.ends_before > left_on
        if goes_on and not is_empty(starts_on=other.starts_on, ends_before=other.ends_before):
            return
    held = RoleGrant.objects.filter(user=ended.user, organisation=organisation)
    last = max(left_on, timezone.localdate(at))
    for grant in held.exclude(ends_before__lte=last):
        end_role(grant=grant, ends_before=max(last, grant.starts_on), by=by, at=at)


def _record(
    action: str, employment: Employment, *, by: User | None, at: datetime, **detail: str | None
) -> None:
    record(
        action,
        by=by,
        at=at,
        organisation=employment.team.organisation,
        subject=employment.user,
        employment=employment.public_id,
        team=employment.team.public_id,
        starts_on=iso(employment.starts_on),
        ends_before=iso(employment.ends_before),
        **detail,
    )
