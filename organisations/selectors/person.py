"""One person as the coordinator of one organisation sees them."""

from dataclasses import dataclass
from datetime import date, datetime

from organisations.models import AuditEvent, Employment, Leave, Organisation, RoleGrant, User
from organisations.rules.periods import covers, is_empty
from organisations.selectors.people import State, rows_of


@dataclass(frozen=True)
class Line:
    """Something that holds for a period, with whether it can still be ended."""

    row: Employment | RoleGrant | Leave
    is_withdrawn: bool
    is_current: bool
    can_end: bool


@dataclass(frozen=True)
class PersonPage:
    """What is shown. `is_present` says whether the account is still this organisation's to keep."""

    person: User
    state: State
    state_on: date | None
    is_present: bool
    employments: tuple[Line, ...]
    roles: tuple[Line, ...]
    leaves: tuple[Line, ...]
    link_sent_at: datetime | None

    @property
    def has_signed_in(self) -> bool:
        return self.person.last_login is not None


def person_page(person: User, organisation: Organisation, *, on: date) -> PersonPage:
    """Work, roles and leave within the organisation; nothing of another employer. Six queries."""
    employments = person.employments.filter(team__organisation=organisation)
    roles = person.role_grants.filter(organisation=organisation).select_related("team")
    leaves = Leave.objects.filter(user=person).during_work_at([organisation.pk])
    sent = AuditEvent.objects.filter(action="sign_in_link_sent", subject_id=person.public_id)
    row = rows_of([person], organisation, on=on)[0]
    lines = [
        tuple(_line(found, on) for found in rows.order_by("-starts_on", "-pk"))
        for rows in (employments.select_related("team"), roles, leaves)
    ]
    return PersonPage(
        person=person,
        state=row.state,
        state_on=row.on,
        is_present=any(line.can_end for line in lines[0] + lines[1]),
        employments=lines[0],
        roles=lines[1],
        leaves=lines[2],
        link_sent_at=sent.order_by("-at").values_list("at", flat=True).first(),
    )


def _line(row: Employment | RoleGrant | Leave, on: date) -> Line:
    withdrawn = is_empty(starts_on=row.starts_on, ends_before=row.ends_before)
    return Line(
        row=row,
        is_withdrawn=withdrawn,
        is_current=covers(starts_on=row.starts_on, ends_before=row.ends_before, day=on),
        can_end=not withdrawn and (row.ends_before is None or row.ends_before > on),
    )
