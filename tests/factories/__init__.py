"""Builders of test data, one module per app."""

from tests.factories.organisations import (
    LONG_AGO,
    PASSWORD,
    make_administrator,
    make_approver,
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

__all__ = [
    "LONG_AGO",
    "PASSWORD",
    "make_administrator",
    "make_approver",
    "make_coordinator",
    "make_editor",
    "make_employment",
    "make_focal_person",
    "make_grant",
    "make_leave",
    "make_manager",
    "make_organisation",
    "make_researcher",
    "make_team",
    "make_user",
    "make_worker",
]
