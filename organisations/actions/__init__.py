"""All that changes people, teams, roles and leave. Each says who did it and when.

Permission is the views' business: what is refused here would be wrong whoever asked.
"""

from organisations.actions.joining import add_role_holder, add_worker
from organisations.actions.leave import end_leave, start_leave
from organisations.actions.organisations import change_organisation, create_organisation
from organisations.actions.people import add_person, change_person, send_sign_in_link
from organisations.actions.roles import end_role, grant_role
from organisations.actions.teams import add_team, change_team
from organisations.actions.work import (
    correct_start,
    end_employment,
    move_to_team,
    start_employment,
)

__all__ = [
    "add_person",
    "add_role_holder",
    "add_team",
    "add_worker",
    "change_organisation",
    "change_person",
    "change_team",
    "correct_start",
    "create_organisation",
    "end_employment",
    "end_leave",
    "end_role",
    "grant_role",
    "move_to_team",
    "send_sign_in_link",
    "start_employment",
    "start_leave",
]
