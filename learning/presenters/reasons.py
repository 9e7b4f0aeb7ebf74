"""Why somebody must follow training and why then, in sentences."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import Assignment, Completion
from learning.rules.recertification import Standing, Status
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
    facts = [_assigned(assignment)]
    facts += [
        _completed(assignment, completion, is_first=index == 0)
        for index, completion in enumerate(completions)
    ]
    return facts + _coming(assignment, standing, today)


def _assigned(assignment: Assignment) -> Reason:
    days = (assignment.first_due_on - assignment.counted_from).days
    why = (
        _("Works at %(organisation)s: everybody there follows this training.")
        if assignment.reason == Assignment.Reason.EMPLOYMENT
        else _("%(organisation)s started with this training for everybody who works there.")
    ) % {"organisation": assignment.organisation}
    due = ngettext(
        "The first time there is %(days)d day for it, counted from %(start)s: until %(due)s.",
        "The first time there are %(days)d days for it, counted from %(start)s: until %(due)s.",
        days,
    ) % {
        "days": days,
        "start": date_format(assignment.counted_from, "DATE_FORMAT"),
        "due": date_format(assignment.first_due_on, "DATE_FORMAT"),
    }
    return Reason(on=assignment.assigned_on, text=f"{why} {due}")


def _completed(assignment: Assignment, completion: Completion, *, is_first: bool) -> Reason:
    if is_first and completion.completed_on <= assignment.first_due_on:
        how = _("Counted from the due date, because it was done in time.")
    elif completion.cycle.window_opens_on and completion.completed_on <= completion.cycle.due_on:
        how = _("Renewed in time, so the yearly date stays the same.")
    else:
        how = _("Counted from the day on which it was finished.")
    text = _("Training finished. Valid through %(through)s.") % {
        "through": date_format(completion.valid_through, "DATE_FORMAT")
    }
    return Reason(on=completion.completed_on, text=f"{text} {how}")


def _coming(assignment: Assignment, standing: Standing, today: date) -> list[Reason]:
    if standing.certified_through is None or standing.window_opens_on is None:
        late = standing.status is Status.OVERDUE
        text = (
            _("The last day to finish in time. It can still be done.")
            if late
            else _("The last day to finish the training in time.")
        )
        return [Reason(assignment.first_due_on, text, is_coming=not late, is_missed=late)]
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
