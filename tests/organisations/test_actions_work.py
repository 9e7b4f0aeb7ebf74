"""Starting, moving and ending work."""

from datetime import date
from typing import Any

import pytest

from organisations import actions, errors
from organisations.models import (
    Employment,
    Role,
    RoleGrant,
    Team,
    User,
)
from tests.factories import (
    make_employment,
    make_grant,
    make_manager,
    make_organisation,
    make_team,
    make_user,
)
from tests.organisations.moment import AT, DAY, FAR, TODAY, trail

pytestmark = pytest.mark.django_db


def start(user: User, team: Team, by: User, **facts: Any) -> Employment:
    facts = {"starts_on": TODAY, "hours_per_week": 32, "job_function": "residential"} | facts
    return actions.start_employment(user=user, team=team, by=by, at=AT, **facts)


def test_same_work_twice_is_once_and_overlapping_work_is_refused(by: User) -> None:
    user, team = make_user(), make_team()
    assert start(user, team, by) == start(user, team, by)
    with pytest.raises(errors.Overlaps):
        start(user, team, by, starts_on=TODAY - 30 * DAY)
    start(user, make_team(team.organisation), by)  # another team at the same time is possible
    start(user, team, by, starts_on=TODAY - 30 * DAY, ends_before=TODAY)  # touches, no overlap


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"ends_before": TODAY}, errors.EndsBeforeStart),
        ({"ends_before": TODAY - DAY}, errors.EndsBeforeStart),
        ({"starts_on": FAR}, errors.TooFarAway),
        ({"starts_on": date(1900, 1, 1)}, errors.TooFarAway),
        ({"ends_before": date.max}, errors.TooFarAway),
    ],
)
def test_work_with_impossible_days_is_refused(
    facts: dict[str, Any], refusal: type[errors.Refused], by: User
) -> None:
    with pytest.raises(refusal):
        start(make_user(), make_team(), by, **facts)
    assert not Employment.objects.exists()


def end(employment: Employment, day: date, by: User) -> Employment:
    return actions.end_employment(employment=employment, ends_before=day, by=by, at=AT)


def test_end_can_change_while_it_has_yet_to_come_and_not_after(by: User) -> None:
    employment = make_employment()
    end(employment, TODAY + 30 * DAY, by)
    assert end(employment, TODAY, by).ends_before == TODAY
    assert end(employment, TODAY, by).ends_before == TODAY  # the same again changes nothing
    with pytest.raises(errors.AlreadyEnded):
        end(employment, TODAY + DAY, by)
    assert trail() == ["employment_ended", "employment_ended"]


def test_work_cannot_end_before_it_starts_but_can_be_withdrawn(by: User) -> None:
    employment = make_employment(starts_on=TODAY)
    with pytest.raises(errors.EndsBeforeStart):
        end(employment, TODAY - DAY, by)
    assert end(employment, TODAY, by).ends_before == TODAY
    assert not Employment.objects.on(TODAY).exists()
    start(employment.user, employment.team, by)  # and recorded rightly after that


def test_leaving_ends_the_roles_held_there_from_today_at_the_earliest(by: User) -> None:
    team = make_team()
    manager = make_manager(team)
    elsewhere = make_grant(Role.FOCAL_PERSON, manager, organisation=make_organisation())
    platform = make_grant(Role.EDITOR, manager)
    end(manager.employments.get(), TODAY - 60 * DAY, by)
    grants = {grant.role: grant.ends_before for grant in RoleGrant.objects.all()}
    assert grants == {Role.MANAGER: TODAY, Role.FOCAL_PERSON: None, Role.EDITOR: None}
    assert elsewhere.pk != platform.pk
    assert trail() == ["employment_ended", "role_ended"]


def test_who_still_works_in_another_team_keeps_roles(by: User) -> None:
    team = make_team()
    manager = make_manager(team)
    make_employment(manager, make_team(team.organisation))
    end(manager.employments.filter(team=team).get(), TODAY, by)
    assert RoleGrant.objects.get().ends_before is None


def move(employment: Employment, team: Team, by: User, on: date = TODAY) -> Employment:
    return actions.move_to_team(employment=employment, team=team, on=on, by=by, at=AT)


def test_move_ends_one_row_and_begins_the_next(by: User) -> None:
    old = make_employment(hours_per_week=20, ends_before=TODAY + 90 * DAY)
    new = move(old, make_team(old.team.organisation), by)
    old.refresh_from_db()
    assert old.ends_before == new.starts_on == TODAY
    assert new.ends_before == TODAY + 90 * DAY
    assert new.hours_per_week == 20
    assert move(old, new.team, by) == new  # asked twice, moved once
    assert Employment.objects.count() == 2


def test_move_is_refused_to_the_same_team_another_organisation_or_after_the_end(by: User) -> None:
    old = make_employment(starts_on=TODAY - 10 * DAY)
    beside = make_team(old.team.organisation)
    with pytest.raises(errors.SameTeam):
        move(old, old.team, by)
    with pytest.raises(errors.OtherOrganisation):
        move(old, make_team(), by)
    with pytest.raises(errors.EndsBeforeStart):
        move(old, beside, by, on=TODAY - 11 * DAY)
    end(old, TODAY, by)
    with pytest.raises(errors.AlreadyEnded):
        move(old, beside, by, on=TODAY + DAY)
    assert Employment.objects.count() == 1


def test_move_to_a_team_where_the_person_works_already_is_refused_whole(by: User) -> None:
    old = make_employment()
    held = make_employment(old.user, make_team(old.team.organisation))
    with pytest.raises(errors.Overlaps):
        move(old, held.team, by)
    old.refresh_from_db()
    assert old.ends_before is None


def test_a_corrected_first_day_keeps_the_wrong_row_and_its_end(by: User) -> None:
    wrong = make_employment(starts_on=TODAY - 30 * DAY, ends_before=TODAY + 60 * DAY)
    facts = {"employment": wrong, "by": by, "at": AT}
    right = actions.correct_start(starts_on=TODAY, **facts)
    wrong.refresh_from_db()
    assert wrong.ends_before == wrong.starts_on  # withdrawn
    assert (right.starts_on, right.ends_before) == (TODAY, TODAY + 60 * DAY)
    assert (right.team, right.job_function) == (wrong.team, wrong.job_function)
    assert trail() == ["start_corrected"]
    with pytest.raises(errors.AlreadyEnded):
        actions.correct_start(starts_on=TODAY + DAY, **facts)
    assert actions.correct_start(employment=right, starts_on=TODAY, by=by, at=AT) == right
    assert trail() == ["start_corrected"]


@pytest.mark.parametrize(
    ("starts_on", "refusal"),
    [
        (TODAY + 60 * DAY, errors.EndsBeforeStart),
        (FAR, errors.TooFarAway),
        (TODAY - 100 * DAY, errors.Overlaps),
    ],
)
def test_a_first_day_that_cannot_be_is_refused(
    by: User, starts_on: date, refusal: type[errors.Refused]
) -> None:
    work = make_employment(starts_on=TODAY, ends_before=TODAY + 60 * DAY)
    make_employment(work.user, work.team, starts_on=TODAY - 90 * DAY, ends_before=TODAY - 30 * DAY)
    with pytest.raises(refusal):
        actions.correct_start(employment=work, starts_on=starts_on, by=by, at=AT)
    work.refresh_from_db()
    assert work.ends_before == TODAY + 60 * DAY
    assert trail() == []


def test_the_first_day_after_a_move_is_that_of_the_move(by: User) -> None:
    before = make_employment(starts_on=TODAY - 90 * DAY)
    after = make_team(before.team.organisation)
    moved = actions.move_to_team(employment=before, team=after, on=TODAY, by=by, at=AT)
    with pytest.raises(errors.CameFromAnotherTeam):
        actions.correct_start(employment=moved, starts_on=TODAY - DAY, by=by, at=AT)
    before.refresh_from_db()
    first = actions.correct_start(employment=before, starts_on=TODAY - 80 * DAY, by=by, at=AT)
    assert first.ends_before == TODAY
