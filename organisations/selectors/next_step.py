"""What an organisation still lacks before people can be trained."""

from datetime import date
from enum import StrEnum

from organisations.models import Employment, Organisation, Role, RoleGrant
from organisations.querysets import not_ended


class NextStep(StrEnum):
    """The one thing to do first."""

    TEAM = "team"
    PERSON = "person"
    COORDINATOR = "coordinator"
    WORKS_COUNCIL = "works_council"
    NOTHING = "nothing"


def next_step_of(organisation: Organisation, *, on: date) -> NextStep:
    """The first thing that is missing on the day. Three queries at the most."""
    here = Employment.objects.filter(not_ended(on), team__organisation=organisation)
    coordinators = RoleGrant.objects.filter(
        not_ended(on), role=Role.COORDINATOR, organisation=organisation
    )
    if not organisation.teams.exists():
        return NextStep.TEAM
    if not here.exists():
        return NextStep.PERSON
    if not coordinators.exists():
        return NextStep.COORDINATOR
    if not organisation.is_live_on(on):
        return NextStep.WORKS_COUNCIL
    return NextStep.NOTHING
