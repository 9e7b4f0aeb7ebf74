"""The one place that answers who may see whom.

Facts about one person on one day, read once per request (three queries at the most) and passed
to every `visible_to`. A superuser counts as an administrator.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from organisations.models import Employment, Role, RoleGrant, Team, User
from organisations.rules.scope import with_subteams


@dataclass(frozen=True)
class Access:
    """What one person may do on one day. All numbers are primary keys."""

    user_id: int
    on: date
    is_administrator: bool
    is_editor: bool
    is_researcher: bool
    employed_at: frozenset[int]  # organisations
    coordinates: frozenset[int]  # organisations whose staff and training this person keeps
    counts_for: frozenset[int]  # organisations whose counts this person keeps
    manages_organisations: frozenset[int]  # managed as a whole
    manages_teams: frozenset[int]  # teams, subteams included
    decides_libraries: bool = False  # lets code of others play, or not

    @cached_property
    def oversees(self) -> frozenset[int]:
        """Organisations whose coverage this person sees as a whole."""
        return self.coordinates | self.counts_for | self.manages_organisations

    @cached_property
    def organisations(self) -> frozenset[int]:
        """Organisations that this person belongs to in any way."""
        return self.employed_at | self.oversees

    @property
    def is_manager(self) -> bool:
        return bool(self.manages_teams)

    @property
    def sees_team(self) -> bool:
        """Whether the page *Team* is this person's."""
        return bool(self.manages_teams or self.oversees)

    @property
    def keeps_counts(self) -> bool:
        return bool(self.counts_for)

    @property
    def is_coordinator(self) -> bool:
        return self.is_administrator or bool(self.coordinates)

    @property
    def is_privileged(self) -> bool:
        """Roles that see other people's data or change content: second factor, short idle time."""
        keeps_content = self.is_editor or self.decides_libraries
        return self.is_administrator or keeps_content or self.is_researcher or self.sees_team


def access_of(user: User, on: date) -> Access:
    """Read what the person may do on the day. Two queries, three for a manager."""
    grants = list(
        RoleGrant.objects.on(on).filter(user=user).values_list("role", "organisation_id", "team_id")
    )
    employed_at = frozenset(
        Employment.objects.on(on).filter(user=user).values_list("team__organisation_id", flat=True)
    )

    def organisations_as(role: Role) -> frozenset[int]:
        return frozenset(org for given, org, _team in grants if given == role and org)

    whole = frozenset(
        org for given, org, team in grants if given == Role.MANAGER and org and not team
    )
    roots = {team for given, _org, team in grants if given == Role.MANAGER and team}
    roles = {given for given, _org, _team in grants}
    is_administrator = user.is_superuser or Role.ADMINISTRATOR in roles
    return Access(
        user_id=user.pk,
        on=on,
        is_administrator=is_administrator,
        is_editor=Role.EDITOR in roles,
        is_researcher=Role.RESEARCHER in roles,
        employed_at=employed_at,
        coordinates=organisations_as(Role.COORDINATOR),
        counts_for=organisations_as(Role.FOCAL_PERSON),
        manages_organisations=whole,
        manages_teams=_teams_in_scope(roots, whole),
        decides_libraries=is_administrator or Role.LIBRARIES in roles,
    )


def _teams_in_scope(roots: set[int], whole: frozenset[int]) -> frozenset[int]:
    if not roots and not whole:
        return frozenset()
    tree = Team.objects.filter(
        Q(organisation__in=whole) | Q(organisation__teams__in=roots)
    ).values_list("pk", "parent_id", "organisation_id")
    rows = list(tree.distinct())
    starting = roots | {team for team, _parent, org in rows if org in whole}
    return with_subteams(starting, {team: parent for team, parent, _org in rows})
