"""Why somebody must follow training and why then, in sentences."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from learning.models import Assignment
from learning.rules.status import Standing, Status
from learning.selectors.standing import standing_of


@dataclass(frozen=True)
class Reason:
    """One dated fact and what followed from it."""

    on: date
    text: str
    is_coming: bool = False
    is_missed: bool = False


def reasons_for(assignment: Assignment, today: date) -> list[Reason]:
    """The facts in order of date, what is still to come last. Two queries."""
    completions = list(assignment.completions.order_by("completed_on", "pk"))
    standing = standing_of(assignment, today)
    facts = [Reason(one.completed_on, str(one)) for one in completions]
    return facts + _coming(standing, today)


def _coming(standing: Standing, today: date) -> list[Reason]:
    if standing.certified_through is None or standing.window_opens_on is None:
        late = standing.status is Status.OVERDUE
        text = (
            _("The last day to finish in time. It can still be done.")
            if late
            else _("The last day to finish the training in time.")
        )
        return [Reason(standing.due_on or today, text, is_coming=not late, is_missed=late)]
    opens = _("From this day the training can be renewed; the yearly date is kept.")
    expires = (
        _("The training was valid through this day. Doing it again restores that.")
        if standing.status is Status.EXPIRED
        else _("Through this day the training is valid.")
    )
    return [
        Reason(standing.window_opens_on, opens, is_coming=standing.window_opens_on > today),
        Reason(
            standing.certified_through,
            expires,
            is_coming=standing.certified_through >= today,
            is_missed=standing.certified_through < today,
        ),
    ]
