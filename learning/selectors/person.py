"""One person's training as those who may see their validity see it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from learning.models import Assignment, Completion
from learning.rules.status import Dates, Standing, standing_on
from organisations.access import Access
from organisations.models import User


@dataclass(frozen=True)
class Training:
    """One programme of a person. `is_ours` says that an organisation in scope gave it."""

    assignment: Assignment
    standing: Standing
    completions: tuple[Completion, ...]  # the newest first
    is_ours: bool


def trainings_of(
    person: User,
    access: Access,
    *,
    organisations: Collection[int],
    today: date,
    employed: bool,
    on_leave: bool,
) -> list[Training]:
    """All programmes but those that are another employer's own. Two queries."""
    rows = (
        Assignment.objects.visible_to(access)
        .filter(
            Q(programme__organisation=None) | Q(programme__organisation__in=organisations),
            worker=person,
        )
        .select_related("programme__policy", "organisation", "worker", "validity")
        .order_by("programme__title", "pk")
    )
    completions = _completions(person, access)
    return [
        Training(
            assignment=row,
            standing=standing_on(_dates(row), today, employed=employed, on_leave=on_leave),
            completions=tuple(completions[row.pk]),
            is_ours=row.organisation_id in organisations,
        )
        for row in rows
    ]


def _dates(assignment: Assignment) -> Dates:
    validity = getattr(assignment, "validity", None)
    return validity.dates if validity is not None else Dates()


def _completions(person: User, access: Access) -> defaultdict[int, list[Completion]]:
    found: defaultdict[int, list[Completion]] = defaultdict(list)
    rows = Completion.objects.visible_to(access).filter(worker=person)
    for row in rows.select_related("revocation").order_by("-completed_on", "-pk"):
        found[row.assignment_id].append(row)
    return found
