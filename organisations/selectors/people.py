"""The people of an organisation as their coordinator lists them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from organisations.models import Employment, Leave, Organisation, Team, User
from organisations.querysets import UserQuerySet, not_ended
from organisations.rules.periods import covers, is_empty


class State(StrEnum):
    """How somebody stands towards the organisation on a day."""

    WORKS = "works"
    ON_LEAVE = "on_leave"
    STARTS = "starts"
    LEFT = "left"
    NO_WORK = "no_work"  # holds or held a role, but works in no team


class Shown(StrEnum):
    """Which people the list holds."""

    CURRENT = "current"
    LEFT = "left"


@dataclass(frozen=True)
class Work:
    """One employment as a line of a list."""

    team: str
    function: str
    starts_on: date


@dataclass(frozen=True)
class PersonRow:
    """One person of the list. `on` is the day that the state is about, where there is one."""

    public_id: str
    name: str
    work: tuple[Work, ...]
    state: State
    on: date | None


def people_of(
    organisation: Organisation,
    *,
    on: date,
    shown: Shown = Shown.CURRENT,
    team: Team | None = None,
    words: str = "",
) -> UserQuerySet:
    """The people to list. Of those who left only the name is searched, never the address."""
    here = [organisation.pk]
    current = User.objects.staying_at(here, on=on)
    people = User.objects.of_organisations(here)
    people = people.exclude(pk__in=current) if shown == Shown.LEFT else current
    if team is not None:
        work = Employment.objects.filter(user=OuterRef("pk"), team=team)
        people = people.filter(Exists(work if shown == Shown.LEFT else work.filter(not_ended(on))))
    for word in words.split()[:5]:
        named = Q(first_name__icontains=word) | Q(last_name__icontains=word)
        if shown == Shown.CURRENT:
            named |= Q(email__icontains=word)
        people = people.filter(named)
    return people.order_by(Lower("last_name"), Lower("first_name"), "pk")


def rows_of(people: Sequence[User], organisation: Organisation, *, on: date) -> list[PersonRow]:
    """The lines of one page of the list. Two queries."""
    work: defaultdict[int, list[Employment]] = defaultdict(list)
    employments = Employment.objects.filter(user__in=people, team__organisation=organisation)
    for employment in employments.select_related("team").order_by("starts_on", "pk"):
        if not is_empty(starts_on=employment.starts_on, ends_before=employment.ends_before):
            work[employment.user_id].append(employment)
    leaves = Leave.objects.on(on).filter(user__in=people).during_work_at([organisation.pk])
    away = {leave.user_id: leave for leave in leaves}
    return [_row(person, work[person.pk], away.get(person.pk), on) for person in people]


def _row(person: User, work: list[Employment], leave: Leave | None, on: date) -> PersonRow:
    state, day = _state(work, leave, on)
    current = [e for e in work if e.ends_before is None or e.ends_before > on]
    return PersonRow(
        public_id=person.public_id,
        name=str(person),
        work=tuple(_lines(current or work[-1:])),
        state=state,
        on=day,
    )


def _lines(employments: Iterable[Employment]) -> Iterable[Work]:
    for employment in employments:
        yield Work(
            team=employment.team.name,
            function=employment.get_job_function_display(),
            starts_on=employment.starts_on,
        )


def _state(work: list[Employment], leave: Leave | None, on: date) -> tuple[State, date | None]:
    if not work:
        return State.NO_WORK, None
    if any(covers(starts_on=e.starts_on, ends_before=e.ends_before, day=on) for e in work):
        return (State.ON_LEAVE, leave.ends_before) if leave else (State.WORKS, None)
    coming = [e.starts_on for e in work if e.starts_on > on]
    if coming:
        return State.STARTS, min(coming)
    return State.LEFT, max(e.ends_before for e in work if e.ends_before is not None)
