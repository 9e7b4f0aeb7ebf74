"""Who is covered, as of any date."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from learning.rules.calendar import first_of_month, last_of_month
from learning.selectors.standing import PersonFacts, facts_of_people
from organisations.models import Employment
from organisations.rules.periods import covers


@dataclass(frozen=True)
class Coverage:
    """Workers with a valid completion among those who count, on one day."""

    covered: int
    eligible: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when nobody counts."""
        return self.covered / self.eligible if self.eligible else None


def coverage_at_month_ends(
    *, organisations: Iterable[int], months: Sequence[date], today: date
) -> dict[tuple[int, date], Coverage]:
    """Coverage per organisation at the end of each month (given by its first day).

    Everybody who works there on that day and is not on leave counts, assigned or not: before a
    training begins coverage is 0, not unknown. The current month is taken at `today`; later
    months are absent. Five queries, however many people and months.
    """
    employments = Employment.objects.filter(team__organisation__in=list(organisations))
    facts = facts_of_people(employments)
    places = employments.order_by("starts_on", "pk").values_list(
        "team__organisation_id", "user_id", "starts_on", "ends_before"
    )
    staff: defaultdict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    for organisation, person, starts_on, ends_before in places:
        staff[organisation].append((person, starts_on, ends_before))
    days = {
        month: min(last_of_month(month), today)
        for month in months
        if month <= first_of_month(today)
    }
    return {
        (organisation, month): _coverage(rows, facts, day)
        for organisation, rows in staff.items()
        for month, day in days.items()
    }


def _coverage(
    rows: Sequence[tuple[int, date, date | None]], facts: dict[int, PersonFacts], day: date
) -> Coverage:
    present = {
        person
        for person, starts_on, ends_before in rows
        if covers(starts_on=starts_on, ends_before=ends_before, day=day)
    }
    counted = [p for p in present if not facts[p].on_leave(day)]
    return Coverage(
        covered=sum(facts[person].covered_on(day) for person in counted), eligible=len(counted)
    )
