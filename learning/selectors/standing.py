"""Where one person stands with one assignment."""

from datetime import date

from learning.models import Assignment
from learning.rules.status import Standing, standing_on
from learning.selectors.facts import facts_of_one


def standing_of(assignment: Assignment, day: date) -> Standing:
    """The standing of one person's assignment, as the worker sees it.

    Whether the person is at work plays no part here: a worker on leave may train.
    """
    return standing_on(facts_of_one(assignment).ledger_on(day).dates, day)
