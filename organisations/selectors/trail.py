"""The audit trail as people read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from organisations.models import AuditEvent, Role, Team, User
from organisations.trail_words import UNKNOWN, WORDS


@dataclass(frozen=True)
class TrailLine:
    """Who did what, to whom or what, and when. `actor` is empty for the system itself."""

    at: datetime
    actor: str
    action: str
    subject: str
    extra: str


def lines_of(events: Sequence[AuditEvent]) -> list[TrailLine]:
    """The events in words. Two queries, for the names of people and teams."""
    names = _names(events)
    return [
        TrailLine(
            at=event.at,
            actor=str(event.actor) if event.actor else "",
            action=str(WORDS.get(event.action, UNKNOWN)),
            subject=names.get(event.subject_id, ""),
            extra=_role(event),
        )
        for event in events
    ]


def _names(events: Iterable[AuditEvent]) -> dict[str, str]:
    """Names as they are now: the trail keeps identifiers only."""
    wanted: dict[str, set[str]] = {"User": set(), "Team": set()}
    for event in events:
        wanted.setdefault(event.subject_type, set()).add(event.subject_id)
    people = User.objects.filter(public_id__in=wanted["User"])
    teams = Team.objects.filter(public_id__in=wanted["Team"])
    return {found.public_id: str(found) for found in [*people, *teams]}


def _role(event: AuditEvent) -> str:
    role = event.detail.get("role") if isinstance(event.detail, dict) else None
    return str(Role(role).label) if role in Role.values else ""
