from organisations.models.audit import AuditEvent
from organisations.models.contact import Contact, ContactKind
from organisations.models.demo import DemoSite
from organisations.models.employment import Employment, Leave
from organisations.models.organisation import Organisation, Team
from organisations.models.role import Role, RoleGrant
from organisations.models.user import User

__all__ = [
    "AuditEvent",
    "Contact",
    "ContactKind",
    "DemoSite",
    "Employment",
    "Leave",
    "Organisation",
    "Role",
    "RoleGrant",
    "Team",
    "User",
]
