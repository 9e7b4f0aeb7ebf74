"""Who is to be reminded of what on a day, gathered in sets."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from learning.models import (
    AssignmentEvent,
    Attempt,
    Cycle,
    Programme,
    Reminder,
)
from learning.rules.ladder import Ladder, latest_due_dates
from organisations.models import Employment, Leave, Role, RoleGrant, User

DATES = "assignment__validity__"
FIELDS = (
    "pk",
    "opened_on",
    "assignment_id",
    "assignment__public_id",
    "assignment__worker_id",
    "assignment__organisation_id",
    "assignment__programme_id",
    "assignment__programme__title",
    f"{DATES}due_on",
    f"{DATES}certified_through",
    f"{DATES}covered_through",
)
SETS_THE_DATE = [
    AssignmentEvent.Kind.ASSIGNED,
    AssignmentEvent.Kind.DUE_CHANGED,
    AssignmentEvent.Kind.EXTENDED,
]
TOLD_OF_OTHERS = [Role.MANAGER, Role.FOCAL_PERSON]


@dataclass(frozen=True, slots=True)
class Period:
    """An open period of somebody who is at work, with the dates that hold now."""

    cycle: int
    opened_on: date
    assignment: int
    public_id: str  # of the assignment
    worker: int
    organisation: int
    programme: int
    title: str
    due_on: date
    certified_through: date | None
    covered_through: date | None


def open_periods(day: date) -> QuerySet[Cycle]:
    """Periods in which somebody may be reminded on the day.

    At work, not on leave, in a live organisation, and not certified beyond the due date.
    """
    work = Employment.objects.on(day).filter(user=OuterRef("assignment__worker"))
    leave = Leave.objects.on(day).filter(user=OuterRef("assignment__worker"))
    not_beyond = Q(**{f"{DATES}certified_through__isnull": True}) | Q(
        **{f"{DATES}certified_through__lte": F(f"{DATES}due_on")}
    )
    return Cycle.objects.open().filter(
        Exists(work),
        ~Exists(leave),
        not_beyond,
        assignment__validity__is_assigned=True,
        assignment__validity__due_on__isnull=False,
        assignment__organisation__works_council_agreed_on__lte=day,
        assignment__worker__is_active=True,
    )


def up_to_date(periods: QuerySet[Cycle], day: date) -> QuerySet[Cycle]:
    """Without those whose dates the daily run of the day has still to move on."""
    return periods.exclude(assignment__validity__next_change_on__lte=day)


def as_periods(rows: QuerySet[Cycle]) -> list[Period]:
    """One query, in an order that is always the same."""
    ordered = rows.order_by(f"{DATES}due_on", "pk").values_list(*FIELDS)
    return [Period(*row) for row in ordered]


def ladders_on(day: date) -> dict[int, Ladder]:
    """The ladder of each programme on the day. Three queries."""
    found = {}
    rows = Programme.objects.select_related("policy").prefetch_related("policy__terms")
    for programme in rows.order_by("pk"):
        if programme.policy.terms.all():
            terms = programme.policy.terms_on(day)
            found[programme.pk] = Ladder(
                days=tuple(terms.ladder),
                manager_after=terms.manager_after_days,
                focal_person_after=terms.focal_person_after_days,
            )
    return found


def with_new_rung(
    periods: QuerySet[Cycle], ladders: Mapping[int, Ladder], day: date
) -> QuerySet[Cycle]:
    """Periods of which the latest rung that was reached is not done yet."""
    alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for programme, ladder in ladders.items():
        if ladder.days:
            alike[ladder.days].append(programme)
    whens, within = [], Q()
    for days, programmes in alike.items():
        here = Q(assignment__validity__programme__in=programmes)
        steps = latest_due_dates(Ladder(days), day)
        whens += [
            When(here & Q(assignment__validity__due_on__lte=due), then=Value(name))
            for name, due in steps
        ]
        within |= here & Q(assignment__validity__due_on__lte=steps[-1][1])
    if not whens:
        return periods.none()
    done = Reminder.objects.filter(
        assignment=OuterRef("assignment"),
        due_on=OuterRef(f"{DATES}due_on"),
        rung=OuterRef("latest"),
        recipient=OuterRef("assignment__worker"),
    )
    latest = Case(*whens, default=Value(""), output_field=CharField())
    return periods.filter(within).annotate(latest=latest).filter(~Exists(done))


def recipients_on(day: date, ladders: Mapping[int, Ladder]) -> "array[int]":
    """Everybody who may get a mail, in order; eight bytes a person. Two queries."""
    own = with_new_rung(up_to_date(open_periods(day), day), ladders, day).order_by()
    told = RoleGrant.objects.on(day).filter(role__in=TOLD_OF_OTHERS, user__is_active=True)
    workers = own.values_list("assignment__worker_id", flat=True).distinct()
    found = set(told.order_by().values_list("user_id", flat=True))
    collected = array("q", workers.iterator(chunk_size=5000))
    collected.extend(found.difference(collected))
    return array("q", sorted(collected))


def since_of(periods: Collection[Period]) -> dict[int, date]:
    """Per period from when its due date existed: what came before is no reminder. Two queries."""
    facts = AssignmentEvent.objects.filter(
        assignment__in={period.assignment for period in periods}, kind__in=SETS_THE_DATE
    )
    rows = facts.order_by().values_list("assignment_id").annotate(last=Max("on"))
    last: dict[int, date] = dict(rows)
    opened = _opened_first(periods)
    return {
        period.cycle: max(opened[period.cycle], last.get(period.assignment, date.min))
        for period in periods
    }


def _opened_first(periods: Collection[Period]) -> dict[int, date]:
    """When a period with this due date first opened: a lapse opens another with the same date."""
    rows = Cycle.objects.filter(assignment__in={period.assignment for period in periods})
    first = {
        (assignment, due_on): opened
        for assignment, due_on, opened in rows.order_by()
        .values_list("assignment_id", "due_on")
        .annotate(first=Min("opened_on"))
    }
    return {
        period.cycle: first.get((period.assignment, period.due_on), period.opened_on)
        for period in periods
    }


def begun_in(periods: Collection[Period]) -> dict[int, str]:
    """The attempt that somebody is in the middle of, per assignment. One query."""
    rows = Attempt.objects.filter(
        cycle__assignment__in={period.assignment for period in periods}, completed_at__isnull=True
    ).exclude(cycle__closed_as__in=[Cycle.ClosedAs.ON_TIME, Cycle.ClosedAs.LATE])
    ordered = rows.order_by("started_at", "pk")
    return dict(ordered.values_list("cycle__assignment_id", "public_id"))


def names_of(people: Collection[int]) -> dict[int, str]:
    """One query."""
    return {person.pk: str(person) for person in User.objects.filter(pk__in=people)}
