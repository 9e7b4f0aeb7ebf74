"""The daily run: what follows from the calendar alone.

Each piece is a transaction of its own that leaves behind nothing for a second run to do. So a run
that was killed is simply run again, one that was missed is caught up with, and several may run
at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone

from learning.actions.assigning import Assigning, add, follow_rules
from learning.actions.upkeep import DATES, bring_up_to_date, validity_row
from learning.models import Assignment, AssignmentEvent, AssignmentRule, DailyRun, Validity
from learning.selectors.facts import facts_of
from learning.selectors.planning import AT_A_TIME
from organisations.models import AuditEvent, Employment

PIECE = 1000
# A team that moved in the tree, or a works council that agreed: other people may be meant.
REARRANGED = ["team_changed", "organisation_changed"]


@dataclass(frozen=True)
class Done:
    """What one run did."""

    assigning: Assigning
    moved_on: int  # assignments whose dates or periods followed the calendar


def follow_calendar(*, as_of: date, at: datetime) -> Done:
    """Carry out everything through the day that follows from the calendar.

    `at` is the moment that new facts are recorded with; its day is `as_of`.
    """
    since = DailyRun.objects.filter(as_of__lt=as_of).aggregate(last=Max("as_of"))["last"]
    assigning = Assigning()
    for workers in touched_by_rules(since, as_of):
        assigning = add(assigning, follow_rules(workers=workers, by=None, at=at))
    return Done(assigning=assigning, moved_on=move_on(as_of=as_of))


def close_run(*, as_of: date, at: datetime) -> None:
    """Note that everything through the day was done. The next run begins after it."""
    DailyRun.objects.get_or_create(as_of=as_of, defaults={"finished_at": at})


def move_on(*, as_of: date) -> int:
    """Open windows, close lapsed periods and move due dates; the number of assignments."""
    total, last = 0, 0
    while True:
        with transaction.atomic():
            due = _due(as_of, last)
            if not due:
                return total
            bring_up_to_date(due, today=as_of)
        total += len(due)
        last = due[-1]


def _due(as_of: date, after: int) -> list[int]:
    """The next assignments with something to do, locked; those another run holds are its own."""
    rows = Assignment.objects.filter(validity__next_change_on__lte=as_of, pk__gt=after)
    skips = connection.features.has_select_for_update_skip_locked
    locked = rows.select_for_update(skip_locked=skips, of=("self",) if skips else ())
    return list(locked.order_by("pk").values_list("pk", flat=True)[:PIECE])


def touched_by_rules(since: date | None, as_of: date) -> Iterator[list[int]]:
    """People for whom a rule, work or an exemption begins or ends after `since`; all, if None.

    In pieces, in order, each person once.
    """
    people = Employment.objects.order_by("user_id")
    if since is not None:
        people = people.filter(_begins_or_ends(since, as_of))
    last = 0
    while True:
        rows = people.filter(user__gt=last).values_list("user_id", flat=True).distinct()
        piece = list(rows[:AT_A_TIME])
        if not piece:
            return
        yield piece
        last = piece[-1]


def _begins_or_ends(since: date, as_of: date) -> Q:
    span = (since + timedelta(days=1), as_of)
    changing = AssignmentRule.objects.filter(Q(starts_on__range=span) | Q(ends_before__range=span))
    arranged = AuditEvent.objects.filter(
        action__in=REARRANGED,
        at__gte=timezone.make_aware(datetime.combine(since, time.min)),
    )
    exempted = AssignmentEvent.objects.filter(
        assignment__validity__is_exempt=True,
        kind=AssignmentEvent.Kind.UNASSIGNED,
        until__gte=since,
        until__lt=as_of,
    )
    return (
        Q(starts_on__range=span)
        | Q(ends_before__range=span)
        | Q(team__organisation__in=changing.values("organisation"))
        | Q(team__organisation__in=arranged.values("organisation"))
        | Q(user__in=exempted.values("assignment__worker"))
    )


def moment_on(as_of: date, now: datetime) -> datetime:
    """Now, or the same time of day on another day for a run as of that day."""
    local = timezone.localtime(now)
    if local.date() == as_of:
        return now
    return local.replace(year=as_of.year, month=as_of.month, day=as_of.day)


def strays(*, as_of: date) -> Iterator[tuple[int, list[str]]]:
    """Assignments whose maintained dates differ from a replay of their facts, with the fields."""
    last = 0
    while True:
        rows = list(Validity.objects.filter(pk__gt=last).order_by("pk")[:PIECE])
        if not rows:
            return
        facts = facts_of([row.pk for row in rows])
        for row in rows:
            known = facts[row.pk]
            should = validity_row(known, known.ledger_on(as_of), as_of)
            wrong = [name for name in DATES if _value(row, name) != _value(should, name)]
            if wrong:
                yield row.pk, wrong
        last = rows[-1].pk


def _value(row: Validity, name: str) -> object:
    return getattr(row, f"{name}_id" if name in {"worker", "programme"} else name)
