"""Setting up organisations and teams."""

from datetime import timedelta

import pytest

from organisations import actions, errors
from organisations.models import (
    AuditEvent,
    Organisation,
    Team,
    User,
)
from tests.factories import (
    make_organisation,
    make_team,
)
from tests.organisations.moment import AT, FAR, TODAY, trail

pytestmark = pytest.mark.django_db


def test_organisation_is_made_changed_and_both_are_on_record(by: User) -> None:
    made = actions.create_organisation(name="De Linde", by=by, at=AT)
    changed = actions.change_organisation(
        organisation=made,
        name="De Linde",
        works_council_agreed_on=TODAY,
        retention_months=12,
        by=by,
        at=AT,
    )
    assert changed.is_live_on(TODAY)
    event = AuditEvent.objects.get(action="organisation_changed")
    assert event.detail["old"]["works_council_agreed_on"] is None
    assert event.detail["new"]["works_council_agreed_on"] == "2026-03-10"
    assert (event.actor, event.at, event.organisation) == (by, AT, made)


def test_organisation_unchanged_leaves_no_trail(by: User) -> None:
    made = make_organisation("De Linde", works_council_agreed_on=None)
    actions.change_organisation(
        organisation=made,
        name="De Linde",
        works_council_agreed_on=None,
        retention_months=24,
        by=by,
        at=AT,
    )
    assert trail() == []


def test_organisation_name_is_unique_whatever_the_capitals(by: User) -> None:
    other, made = make_organisation("Brug"), make_organisation("De Linde")
    with pytest.raises(errors.NameInUse):
        actions.create_organisation(name="DE LINDE", by=by, at=AT)
    with pytest.raises(errors.NameInUse):
        actions.change_organisation(
            organisation=other,
            name=made.name,
            works_council_agreed_on=None,
            retention_months=24,
            by=by,
            at=AT,
        )


def test_double_click_makes_one_organisation(by: User) -> None:
    first = actions.create_organisation(name="De Linde", by=by, at=AT)
    second = actions.create_organisation(name="De Linde", by=by, at=AT + timedelta(seconds=2))
    assert first == second
    with pytest.raises(errors.NameInUse):
        actions.create_organisation(name="De Linde", by=by, at=AT + timedelta(minutes=5))


def test_works_council_date_a_century_off_is_refused(by: User) -> None:
    with pytest.raises(errors.TooFarAway):
        actions.create_organisation(name="x", works_council_agreed_on=FAR, by=by, at=AT)
    assert not Organisation.objects.exists()


def test_team_is_added_under_another_and_moved(by: User) -> None:
    organisation = make_organisation()
    top = actions.add_team(organisation=organisation, name="Top", by=by, at=AT)
    below = actions.add_team(organisation=organisation, name="Below", parent=top, by=by, at=AT)
    actions.change_team(team=below, name="Beside", parent=None, by=by, at=AT)
    below.refresh_from_db()
    assert (below.name, below.parent) == ("Beside", None)
    assert trail() == ["team_added", "team_added", "team_changed"]
    assert AuditEvent.objects.get(action="team_changed").detail["old"]["under"] == top.public_id


def test_team_cannot_be_put_under_its_own_subteam(by: User) -> None:
    top = make_team()
    middle = make_team(parent=top)
    bottom = make_team(parent=middle)
    for under in (top, middle, bottom):
        with pytest.raises(errors.TeamWithinItself):
            actions.change_team(team=top, name=top.name, parent=under, by=by, at=AT)


def test_team_cannot_be_put_under_a_team_of_another_organisation(by: User) -> None:
    team, other = make_team(), make_team()
    with pytest.raises(errors.OtherOrganisation):
        actions.add_team(organisation=team.organisation, name="x", parent=other, by=by, at=AT)
    with pytest.raises(errors.OtherOrganisation):
        actions.change_team(team=team, name="x", parent=other, by=by, at=AT)


def test_team_name_is_unique_within_the_organisation(by: User) -> None:
    team = make_team(name="Kade")
    with pytest.raises(errors.NameInUse):
        actions.add_team(organisation=team.organisation, name="KADE", by=by, at=AT)
    actions.add_team(organisation=make_organisation(), name="Kade", by=by, at=AT)


def test_double_click_makes_one_team(by: User) -> None:
    organisation = make_organisation()
    for _press in range(2):
        actions.add_team(organisation=organisation, name="Kade", by=by, at=AT)
    assert Team.objects.count() == 1
