"""Who was covered, as of any date, with the teams as they were."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Min

from learning.models import AssignmentEvent, Programme
from learning.rules.calendar import first_of_month, last_of_month
from learning.rules.coverage import Tally, TeamTallies, per_team, tally_of
from learning.selectors.counting import as_of
from learning.selectors.statements import BY_ORGANISATION, BY_TEAM, TOGETHER

AT_WORK = ("covered", "not_covered", "unassigned")


@dataclass(frozen=True)
class Coverage:
    """Workers with a valid completion among those who count, on one day."""

    covered: int
    eligible: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when nobody counts."""
        return self.covered / self.eligible if self.eligible else None


@dataclass(frozen=True)
class MonthTally:
    month: date
    day: date  # the month's last day, or the day asked for in the current month
    tally: Tally


def coverage_at_month_ends(
    *,
    organisations: Iterable[int],
    months: Sequence[date],
    today: date,
    programme: Programme | None = None,
) -> dict[tuple[int, date], Coverage]:
    """Coverage per organisation at the end of each month (given by its first day).

    Who works there on that day, has the training and is not on leave counts; before the
    organisation first gave it to anybody, everybody at work counts: coverage is then 0, not
    unknown. Without a programme somebody is covered who has a valid completion of anything
    asked of them (ANALYTICS: *a valid completed training*), so that a second programme for some
    does not look like a loss of training. The current month is taken at `today`; later months are
    absent. Two queries.
    """
    places = list(organisations)
    days = _ends_of(months, today)
    first = _first_assigned(places, programme)
    found: defaultdict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    for day, one in as_of(
        list(days),
        organisations=places,
        programme=programme.pk if programme else None,
        place=BY_ORGANISATION,
    ):
        found[one.team, day][one.group] += one.number
    return {
        (place, days[day]): _coverage(counts, has_begun=place in first and first[place] <= day)
        for (place, day), counts in found.items()
    }


def _coverage(counts: Mapping[str, int], *, has_begun: bool) -> Coverage:
    if not has_begun:
        return Coverage(covered=0, eligible=sum(counts.get(group, 0) for group in AT_WORK))
    covered = counts.get("covered", 0)
    return Coverage(covered=covered, eligible=covered + counts.get("not_covered", 0))


def _first_assigned(organisations: Collection[int], programme: Programme | None) -> dict[int, date]:
    """The day on which a rule of each organisation first gave somebody training."""
    events = AssignmentEvent.objects.filter(kind="assigned", rule__organisation__in=organisations)
    if programme is not None:
        events = events.filter(assignment__programme=programme)
    return dict(events.order_by().values_list("rule__organisation").annotate(first=Min("on")))


def _ends_of(months: Iterable[date], today: date) -> dict[date, date]:
    """The last day of each month that has begun, with the month."""
    return {
        min(last_of_month(month), today): month
        for month in months
        if month <= first_of_month(today)
    }


def months_of(
    teams: Collection[int], programme: int, *, day: date, months: Sequence[date]
) -> tuple[MonthTally, ...]:
    """All teams together at the end of each month, everybody once. One statement."""
    days = _ends_of(months, day)
    counts: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for when, one in as_of(list(days), teams=teams, programme=programme, place=TOGETHER):
        counts[when][as_group(one.group)] += one.number
    return tuple(MonthTally(month, end, tally_of(counts[end])) for end, month in days.items())


def coverage_on(day: date, parents: Mapping[int, int | None], programme: int) -> TeamTallies:
    """Per team as it was, own people and with the teams below. One statement."""
    rows = as_of([day], teams=list(parents), programme=programme, place=BY_TEAM)
    return per_team((replace(one, group=as_group(one.group)) for _day, one in rows), parents)


def as_group(group: str) -> str:
    """Who was not assigned stands outside, on leave or not."""
    return "unassigned" if group == "unassigned_away" else group
