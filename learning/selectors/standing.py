"""Facts about people's training, gathered for the rules."""

from dataclasses import dataclass
from datetime import date

from learning.models import Assignment
from learning.rules.coverage import Group, group_of
from learning.rules.status import Dates, Standing, standing_on
from learning.selectors.facts import Facts, Period, any_covers, facts_of, facts_of_one, periods_of
from organisations.models import Employment, Leave
from organisations.querysets import EmploymentQuerySet


def standing_of(assignment: Assignment, day: date) -> Standing:
    """The standing of one person's assignment, as the worker sees it.

    Whether the person is at work plays no part here: a worker on leave may train.
    """
    return standing_on(facts_of_one(assignment).ledger_on(day).dates, day)


@dataclass(frozen=True)
class PersonFacts:
    """What decides one person's standing on any day."""

    facts: Facts | None
    employed: tuple[Period, ...]
    leaves: tuple[Period, ...]

    def standing_on(self, day: date) -> Standing:
        """Computed from the facts; knows nothing that happened after the day."""
        dates = self.facts.ledger_on(day).dates if self.facts else Dates()
        return standing_on(
            dates, day, employed=any_covers(self.employed, day), on_leave=self.on_leave(day)
        )

    def group_on(self, day: date) -> Group | None:
        """Where the person is counted on the page *Team*."""
        return group_of(self.standing_on(day), day)

    def on_leave(self, day: date) -> bool:
        return any_covers(self.leaves, day)

    def covered_on(self, day: date) -> bool:
        return self.standing_on(day).covered


def facts_of_people(employments: EmploymentQuerySet) -> dict[int, PersonFacts]:
    """Facts per person who has an employment among those given, as of any day."""
    people = set(employments.order_by().values_list("user_id", flat=True))
    employed = periods_of(Employment, people)
    leaves = periods_of(Leave, people)
    rows = Assignment.objects.filter(worker__in=people).order_by("-pk")
    first: dict[int, int] = dict(rows.values_list("worker_id", "pk"))
    facts = facts_of(list(first.values()))
    return {
        person: PersonFacts(
            facts=facts[first[person]] if person in first else None,
            employed=tuple(employed.get(person, ())),
            leaves=tuple(leaves.get(person, ())),
        )
        for person in people
    }
