"""The people of an organisation who have one programme, and where they stand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from learning.models import Programme, Validity
from learning.rules.status import Standing, Status, standing_on
from learning.selectors.training import people_having
from organisations.models import Employment, Leave, Organisation
from organisations.querysets import in_period, not_ended


class Shown(StrEnum):
    """What the list may be narrowed to: a standing, to be decided, or exempt."""

    ASSIGNED = Status.ASSIGNED.value
    OVERDUE = Status.OVERDUE.value
    EXPIRED = Status.EXPIRED.value
    WINDOW_OPEN = Status.WINDOW_OPEN.value
    CERTIFIED = Status.CERTIFIED.value
    ON_LEAVE = Status.ON_LEAVE.value
    TO_DECIDE = "to_decide"
    EXEMPT = "exempt"


@dataclass(frozen=True)
class HavingRow:
    """One person with the programme. `assignment` is empty where another employer keeps it."""

    name: str
    teams: str
    standing: Standing
    is_exempt: bool
    assignment: str


def people_with(
    organisation: Organisation, programme: Programme, *, today: date, shown: Shown | None
) -> QuerySet[Validity]:
    """Who has it, the earliest date first; what is to be decided before all."""
    rows = (
        people_having(organisation, today)
        .filter(Q(is_assigned=True) | Q(is_exempt=True), programme=programme)
        .select_related("worker", "assignment")
        .annotate(
            is_away=Exists(
                Leave.objects.filter(in_period(today), user=OuterRef("worker")).order_by()
            )
        )
        .order_by(
            "is_exempt",
            F("due_on").asc(nulls_first=True),
            "worker__last_name",
            "worker__first_name",
            "pk",
        )
    )
    return rows if shown is None else rows.filter(_condition(shown, today))


def _condition(shown: Shown, today: date) -> Q:
    """The same as `rules.status.status_on`, for the database; a test holds them together."""
    if shown is Shown.EXEMPT:
        return Q(is_exempt=True)
    here = Q(is_assigned=True)
    if shown is Shown.ON_LEAVE:
        return here & Q(is_away=True)
    if shown is Shown.TO_DECIDE:
        return here & Q(certified_through__isnull=True, due_on__isnull=True)
    never = Q(certified_through__isnull=True)
    late = Q(due_on__isnull=False, due_on__lt=today)
    valid = Q(certified_through__gte=today)
    opened = Q(window_opens_on__isnull=False, window_opens_on__lte=today)
    conditions = {
        Shown.ASSIGNED: never & ~late,
        Shown.OVERDUE: (never & late) | Q(certified_through__lt=today, covered_through__gte=today),
        Shown.EXPIRED: Q(covered_through__lt=today),
        Shown.WINDOW_OPEN: valid & opened,
        Shown.CERTIFIED: valid & ~opened,
    }
    return here & Q(is_away=False) & conditions[shown]


def rows_of(page: Sequence[Any], organisation: Organisation, *, today: date) -> list[HavingRow]:
    """The rows of one page of `people_with`, with their teams here. One query."""
    teams: defaultdict[int, list[str]] = defaultdict(list)
    work = Employment.objects.filter(
        not_ended(today),
        team__organisation=organisation,
        user__in=[validity.worker_id for validity in page],
    )
    for worker, name in work.order_by("starts_on", "pk").values_list("user_id", "team__name"):
        teams[worker].append(name)
    return [
        HavingRow(
            name=str(validity.worker),
            teams=", ".join(dict.fromkeys(teams[validity.worker_id])),
            standing=standing_on(validity.dates, today, on_leave=validity.is_away),
            is_exempt=validity.is_exempt,
            assignment=(
                validity.assignment.public_id
                if validity.assignment.organisation_id == organisation.pk
                else ""
            ),
        )
        for validity in page
    ]
