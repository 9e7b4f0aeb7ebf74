"""What each list holds for each person. The canary is everything of the other organisation."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import QuerySet

from organisations.access import Access, access_of
from organisations.models import (
    AuditEvent,
    Employment,
    Leave,
    Organisation,
    Role,
    RoleGrant,
    Team,
    User,
)
from organisations.models.audit import AppendOnlyError
from organisations.trail import record
from tests.factories import (
    make_administrator,
    make_coordinator,
    make_editor,
    make_employment,
    make_focal_person,
    make_grant,
    make_leave,
    make_manager,
    make_organisation,
    make_researcher,
    make_team,
    make_user,
    make_worker,
)

pytestmark = pytest.mark.django_db
D = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


@dataclass
class World:
    """Ours with a nested team, and the other organisation with a canary everywhere."""

    ours: Organisation
    top: Team
    below: Team
    in_top: User
    in_below: User
    other: Organisation
    canaries: set[int]
    canary_user: User


@pytest.fixture
def world() -> World:
    ours, other = make_organisation("Ours"), make_organisation("CANARY other")
    top = make_team(ours, "Top")
    below = make_team(parent=top, name="Below")
    canary_team = make_team(other, "CANARY team")
    canary = make_worker(canary_team, first_name="CANARY", last_name="person")
    make_grant(Role.FOCAL_PERSON, canary, organisation=other)
    make_leave(canary)
    record("person_added", by=canary, at=AT, organisation=other, subject=canary)
    return World(
        ours=ours,
        top=top,
        below=below,
        in_top=make_worker(top),
        in_below=make_worker(below),
        other=other,
        canaries={canary.pk},
        canary_user=canary,
    )


def access(user: User) -> Access:
    return access_of(user, D)


def everything(access: Access) -> list[QuerySet[object]]:
    """Every scoped list there is."""
    return [  # type: ignore[return-value]
        Organisation.objects.visible_to(access),
        Organisation.objects.coordinated_by(access),
        Organisation.objects.counted_by(access),
        Team.objects.visible_to(access),
        Team.objects.coordinated_by(access),
        User.objects.visible_to(access),
        User.objects.coordinated_by(access),
        User.objects.staff_of(access),
        Employment.objects.visible_to(access),
        Employment.objects.coordinated_by(access),
        RoleGrant.objects.coordinated_by(access),
        Leave.objects.coordinated_by(access),
        AuditEvent.objects.visible_to(access),
    ]


def belongs_to(row: object, other: Organisation, canaries: set[int]) -> bool:
    if isinstance(row, Organisation):
        return row == other
    if isinstance(row, User):
        return row.pk in canaries
    if isinstance(row, Employment):
        return row.team.organisation_id == other.pk
    if isinstance(row, Leave):
        return row.user_id in canaries
    return row.organisation_id == other.pk  # type: ignore[attr-defined,no-any-return]


ROLES = ["worker", "manager", "whole manager", "focal", "coordinator", "researcher", "editor"]


def somebody(role: str, world: World) -> User:
    return {
        "worker": lambda: make_worker(world.top),
        "manager": lambda: make_manager(world.top),
        "whole manager": lambda: make_grant(Role.MANAGER, organisation=world.ours).user,
        "focal": lambda: make_focal_person(world.ours),
        "coordinator": lambda: make_coordinator(world.ours),
        "researcher": make_researcher,
        "editor": make_editor,
    }[role]()


@pytest.mark.parametrize("role", ROLES)
def test_nothing_of_the_other_organisation_is_in_any_list(role: str, world: World) -> None:
    seen = access(somebody(role, world))
    for rows in everything(seen):
        assert not [row for row in rows if belongs_to(row, world.other, world.canaries)]


def test_an_administrator_keeps_every_organisation(world: World) -> None:
    seen = access(make_administrator())
    assert set(Organisation.objects.coordinated_by(seen)) == {world.ours, world.other}
    assert world.canary_user in User.objects.staff_of(seen)


def test_worker_sees_only_themselves(world: World) -> None:
    seen = access(world.in_top)
    assert list(User.objects.visible_to(seen)) == [world.in_top]
    assert not User.objects.coordinated_by(seen).exists()
    assert not Team.objects.visible_to(seen).exists()


def test_researcher_and_editor_see_nobody_else(world: World) -> None:
    for user in (make_researcher(), make_editor()):
        assert list(User.objects.visible_to(access(user))) == [user]
        assert not Organisation.objects.visible_to(access(user)).exists()


def test_manager_sees_own_team_and_below_but_not_beside(world: World) -> None:
    beside = make_worker(make_team(world.ours))
    manager = make_manager(world.top)
    people = set(User.objects.visible_to(access(manager)))
    assert people == {manager, world.in_top, world.in_below}
    assert beside not in people


def test_manager_does_not_see_who_left_the_team_and_coordinator_does(world: World) -> None:
    gone = make_employment(team=world.top, ends_before=D).user
    assert gone not in User.objects.visible_to(access(make_manager(world.top)))
    coordinator = access(make_coordinator(world.ours))
    assert gone in User.objects.visible_to(coordinator)
    assert gone in User.objects.coordinated_by(coordinator)
    assert gone not in User.objects.staff_of(coordinator)


def test_who_starts_later_is_staff_already_and_whose_work_was_withdrawn_is_not(
    world: World,
) -> None:
    coming = make_employment(team=world.top, starts_on=D + timedelta(days=30)).user
    never = make_employment(team=world.top, starts_on=D, ends_before=D).user
    seen = access(make_coordinator(world.ours))
    assert coming in User.objects.staff_of(seen)
    assert never not in User.objects.staff_of(seen)
    assert never not in User.objects.visible_to(seen)


def test_holder_of_a_role_without_work_is_kept_by_the_coordinator(world: World) -> None:
    focal = make_focal_person(world.ours)
    assert focal in User.objects.staff_of(access(make_coordinator(world.ours)))


def test_leave_is_kept_only_where_it_falls_in_work(world: World) -> None:
    mover = make_user()
    make_employment(mover, world.top, starts_on=date(2024, 1, 1), ends_before=date(2025, 1, 1))
    make_employment(
        mover, make_team(world.other), starts_on=date(2025, 1, 1), ends_before=date(2026, 1, 1)
    )
    here = make_leave(mover, starts_on=date(2024, 5, 1), ends_before=date(2024, 6, 1))
    elsewhere = make_leave(mover, starts_on=date(2025, 5, 1), ends_before=date(2025, 6, 1))
    on_the_border = make_leave(mover, starts_on=date(2025, 1, 1), ends_before=date(2025, 1, 9))
    without_end = make_leave(mover, starts_on=date(2025, 12, 1))
    kept = set(Leave.objects.coordinated_by(access(make_coordinator(world.ours))))
    assert kept == {here}
    other = set(Leave.objects.during_work_at([world.other.pk]).filter(user=mover))
    assert other == {elsewhere, on_the_border, without_end}


def test_trail_is_seen_by_coordinator_and_administrator_only(world: World) -> None:
    event = record("team_added", by=None, at=AT, organisation=world.ours, subject=world.top)
    assert list(AuditEvent.objects.visible_to(access(make_coordinator(world.ours)))) == [event]
    assert not AuditEvent.objects.visible_to(access(make_focal_person(world.ours))).exists()
    assert AuditEvent.objects.visible_to(access(make_administrator())).count() == 2


def test_trail_is_never_changed_or_deleted(world: World) -> None:
    event = AuditEvent.objects.get()
    event.action = "nothing"
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()
    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.update(action="nothing")
    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.bulk_update([event], ["action"])
    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.all().delete()
