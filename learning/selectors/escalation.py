"""Who is told of whom: people who stay late, for those who are responsible for their team."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from learning.models import Reminder
from learning.rules.ladder import FOCAL_PERSON, MANAGER, Ladder, Rung, escalated
from learning.selectors.reminders import (
    TOLD_OF_OTHERS,
    Period,
    as_periods,
    open_periods,
    since_of,
    up_to_date,
)
from organisations.models import Employment, Leave, Role, RoleGrant, Team
from organisations.rules.scope import with_subteams

# Whoever becomes responsible hears of people who became late in these days; *Team* shows the rest.
REACH = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody is to hear of another's period."""

    period: Period
    rung: Rung


def told_on(
    day: date, recipients: Collection[int], ladders: Mapping[int, Ladder]
) -> dict[int, list[Told]]:
    """Per recipient whom to tell of, the longest late first. Eight queries at the most.

    Nobody is told of themselves, nor of what another organisation asks of its people.
    """
    scopes = _scopes(day, recipients)
    if not scopes:
        return {}
    teams = {team for team, _organisation in scopes}
    periods = _late(day, teams, ladders)
    if not periods:
        return {}
    since = since_of(periods)
    done = _done(day, recipients, ladders)
    places = _places(day, teams, {period.worker for period in periods})
    found: defaultdict[int, dict[tuple[int, str], Told]] = defaultdict(dict)
    for period in periods:
        for team in sorted(places.get(period.worker, ())):
            for recipient, role in scopes.get((team, period.organisation), ()):
                rung = escalated(
                    ladders[period.programme],
                    role,
                    due_on=period.due_on,
                    day=day,
                    since=since[period.cycle],
                )
                if rung is None or recipient == period.worker:
                    continue
                if (period.assignment, period.due_on, role, recipient) not in done:
                    found[recipient][period.cycle, role] = Told(period, rung)
    return {recipient: list(told.values()) for recipient, told in found.items()}


def _scopes(day: date, recipients: Collection[int]) -> dict[tuple[int, int], list[tuple[int, str]]]:
    """Per team and its organisation who is responsible, and as what. Two queries."""
    away = Leave.objects.on(day).filter(user=OuterRef("user"))
    grants = list(
        RoleGrant.objects.on(day)
        .filter(~Exists(away), user__in=recipients, role__in=TOLD_OF_OTHERS)
        .filter(organisation__works_council_agreed_on__lte=day)
        .order_by("pk")
        .values_list("user_id", "role", "organisation_id", "team_id")
    )
    parents: defaultdict[int, dict[int, int | None]] = defaultdict(dict)
    trees = Team.objects.filter(organisation__in={grant[2] for grant in grants}).order_by("pk")
    for pk, parent, organisation in trees.values_list("pk", "parent_id", "organisation_id"):
        parents[organisation][pk] = parent
    found: defaultdict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    for user, role, organisation, team in grants:
        tree = parents[organisation]
        named = MANAGER if role == Role.MANAGER else FOCAL_PERSON
        for member in with_subteams([team], tree) if team else tree:
            found[member, organisation].append((user, named))
    return dict(found)


def _late(day: date, teams: set[int], ladders: Mapping[int, Ladder]) -> list[Period]:
    """Periods that reached an escalation in the last weeks. One query."""
    within = Q()
    alike: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for programme, ladder in ladders.items():
        days = [after for after in map(ladder.after, (MANAGER, FOCAL_PERSON)) if after is not None]
        if days:
            alike[min(days), max(days)].append(programme)
    for (first, last), programmes in alike.items():
        within |= Q(
            assignment__validity__programme__in=programmes,
            assignment__validity__due_on__lte=day - timedelta(first),
            assignment__validity__due_on__gte=day - timedelta(last) - REACH,
        )
    if not within:
        return []
    here = Employment.objects.on(day).filter(team__in=teams, user=OuterRef("assignment__worker"))
    return as_periods(up_to_date(open_periods(day), day).filter(within, Exists(here)))


def _places(day: date, teams: set[int], workers: set[int]) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = Employment.objects.on(day).filter(team__in=teams).order_by()
    for user, team in rows.values_list("user_id", "team_id").iterator():
        if user in workers:
            found[user].add(team)
    return found


def _done(
    day: date, recipients: Collection[int], ladders: Mapping[int, Ladder]
) -> set[tuple[int, date, str, int]]:
    """What these people were told already. One query."""
    days = [one.after(role) or 0 for one in ladders.values() for role in (MANAGER, FOCAL_PERSON)]
    rows = Reminder.objects.filter(
        recipient__in=recipients,
        rung__in=[MANAGER, FOCAL_PERSON],
        due_on__gte=day - timedelta(max(days)) - REACH,
    )
    return set(rows.values_list("assignment_id", "due_on", "rung", "recipient_id"))
