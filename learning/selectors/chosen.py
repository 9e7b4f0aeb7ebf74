"""Which programme the pages about teams show."""

from collections.abc import Collection, Sequence
from datetime import date

from learning.models import AssignmentRule, Programme
from learning.selectors.statements import in_teams
from organisations.models import Team

MOST_HELD = """
SELECT v.programme_id, COUNT(DISTINCT v.worker_id)
FROM organisations_employment e JOIN learning_validity v ON v.worker_id = e.user_id
WHERE e.team_id IN ({teams}) AND e.starts_on <= %(day)s
  AND (e.ends_before IS NULL OR e.ends_before > %(day)s) AND v.is_assigned
GROUP BY v.programme_id"""


def programmes_for(teams: Collection[Team]) -> list[Programme]:
    """Programmes that a rule of the teams' organisations asks or asked for. One query."""
    organisations = {team.organisation_id for team in teams}
    rules = AssignmentRule.objects.filter(organisation__in=organisations)
    return list(Programme.objects.filter(pk__in=rules.values("programme")).order_by("title", "pk"))


def programme_in(
    teams: Sequence[Team], programmes: Sequence[Programme], asked: str, *, today: date
) -> Programme | None:
    """The one asked for; otherwise the one that most people in the teams have now.

    A query only where there is a choice and none was made.
    """
    if len(programmes) <= 1:
        return programmes[0] if programmes else None
    named = next((one for one in programmes if one.public_id == asked), None)
    if named is not None:
        return named
    held = dict(in_teams(MOST_HELD, [team.pk for team in teams], day=today))
    return max(programmes, key=lambda one: held.get(one.pk, 0))
