"""The teams of an organisation as a tree with how many people work in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from organisations.models import Employment, Organisation, Team
from organisations.rules.tree import Branch, grown, in_order


@dataclass(frozen=True)
class TeamNode:
    """A team in the tree. A person in two of its subteams counts once."""

    public_id: str
    name: str
    own: int
    altogether: int
    below: tuple[TeamNode, ...]


def team_tree(organisation: Organisation, *, on: date) -> tuple[TeamNode, ...]:
    """All teams, with the people who work in them on the day. Two queries."""
    teams = {team.pk: team for team in organisation.teams.order_by("name", "pk")}
    people: defaultdict[int, set[int]] = defaultdict(set)
    working = Employment.objects.on(on).filter(team__organisation=organisation)
    for team, user in working.values_list("team", "user"):
        people[team].add(user)
    trees = grown({pk: team.parent_id for pk, team in teams.items()})
    return tuple(_node(branch, teams, people) for branch in trees)


def _node(branch: Branch, teams: dict[int, Team], people: dict[int, set[int]]) -> TeamNode:
    everybody = {user for member in branch.members() for user in people.get(member, ())}
    return TeamNode(
        public_id=teams[branch.team].public_id,
        name=teams[branch.team].name,
        own=len(people.get(branch.team, ())),
        altogether=len(everybody),
        below=tuple(_node(below, teams, people) for below in branch.below),
    )


def teams_in_order(organisation: Organisation) -> list[tuple[Team, int]]:
    """All teams with their depth, as the tree is read. One query."""
    teams = {team.pk: team for team in organisation.teams.order_by("name", "pk")}
    trees = grown({pk: team.parent_id for pk, team in teams.items()})
    return [(teams[pk], depth) for pk, depth in in_order(trees)]
