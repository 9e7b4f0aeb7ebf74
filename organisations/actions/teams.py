"""Making teams and arranging them in a tree."""

from datetime import datetime

from django.db import transaction

from organisations.actions.checks import just_done, unique_or
from organisations.errors import NameInUse, OtherOrganisation, TeamWithinItself
from organisations.models import Organisation, Team, User
from organisations.rules.tree import would_loop
from organisations.trail import record


@transaction.atomic
def add_team(
    *,
    organisation: Organisation,
    name: str,
    parent: Team | None = None,
    by: User | None,
    at: datetime,
) -> Team:
    """Add a team, at the top or as part of another team of the same organisation."""
    _lock(organisation)
    namesake = Team.objects.filter(organisation=organisation, name=name, parent=parent).first()
    if namesake is not None and just_done("team_added", namesake.public_id, at=at, by=by):
        return namesake
    _check(organisation, name, parent, itself=None)
    with unique_or(NameInUse()):
        team = Team.objects.create(organisation=organisation, name=name, parent=parent)
    record(
        "team_added",
        by=by,
        at=at,
        organisation=organisation,
        subject=team,
        under=parent.public_id if parent else None,
    )
    return team


@transaction.atomic
def change_team(
    *, team: Team, name: str, parent: Team | None, by: User | None, at: datetime
) -> Team:
    """Rename a team or put it elsewhere in the tree."""
    _lock(team.organisation)
    changed = Team.objects.select_related("parent", "organisation").get(pk=team.pk)
    _check(changed.organisation, name, parent, itself=changed)
    old_parent, old_name = changed.parent, changed.name
    if (old_name, old_parent) == (name, parent):
        return changed
    changed.name, changed.parent = name, parent
    with unique_or(NameInUse()):
        changed.save(update_fields=["name", "parent"])
    record(
        "team_changed",
        by=by,
        at=at,
        organisation=changed.organisation,
        subject=changed,
        old={"name": old_name, "under": old_parent.public_id if old_parent else None},
        new={"name": name, "under": parent.public_id if parent else None},
    )
    return changed


def _lock(organisation: Organisation) -> None:
    """One change of the tree at a time: two together could make a loop that neither makes alone."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _check(
    organisation: Organisation, name: str, parent: Team | None, *, itself: Team | None
) -> None:
    teams = Team.objects.filter(organisation=organisation)
    if parent is not None and parent.organisation_id != organisation.pk:
        raise OtherOrganisation
    others = teams.exclude(pk=itself.pk) if itself else teams
    if others.filter(name__iexact=name).exists():
        raise NameInUse
    if itself is not None and parent is not None:
        parents = dict(teams.values_list("pk", "parent_id"))
        if would_loop(team=itself.pk, under=parent.pk, parents=parents):
            raise TeamWithinItself
