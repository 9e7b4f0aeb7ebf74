"""What follows from a decision about somebody's training, before it is saved."""

from datetime import date

from django.utils.translation import gettext as _

from learning.actions.work import DueDate
from learning.presenters.day_words import in_words
from learning.rules.status import Status
from learning.selectors.consequences import Consequence

LATE = {Status.OVERDUE, Status.EXPIRED}


def extension_words(found: Consequence) -> list[str]:
    """After more time was given."""
    return [*_covered(found), *_due(found), *_no_longer_late(found), _reminders_of(found)]


def due_words(found: Consequence) -> list[str]:
    """After the due date moved."""
    lines = _due(found)
    through = found.after.certified_through
    if through is not None and found.after.due_on is not None and found.after.due_on > through:
        lines.append(
            _("The certification itself does not become longer: valid through %(day)s.")
            % {"day": in_words(through)}
        )
    return [*lines, *_no_longer_late(found), _reminders_of(found)]


def exemption_words(found: Consequence, until: date | None) -> list[str]:
    """After an exemption."""
    lines = [
        _("Reminders stop."),
        _("This person no longer counts in the figures of coverage for this training."),
    ]
    if found.after.covered and found.after.certified_through is not None:
        lines.append(
            _("What was achieved stays: valid through %(day)s.")
            % {"day": in_words(found.after.certified_through)}
        )
    lines.append(
        _("It holds through %(day)s. If a rule still asks for it then, the training comes back.")
        % {"day": in_words(until)}
        if until is not None
        else _("It holds until you end it.")
    )
    return lines


def end_of_exemption_words(found: Consequence) -> list[str]:
    """After an exemption was ended."""
    if found.after.covered and found.after.certified_through is not None:
        through = in_words(found.after.certified_through)
        lines = [_("The dates of before come back: valid through %(day)s.") % {"day": through}]
    else:
        lines = _due(found)
    return [
        *lines,
        _("Reminders start again, and this person counts in the figures of coverage again."),
    ]


def moved_words(due: DueDate) -> str:
    """What a corrected first working day did to a due date."""
    facts = {"programme": due.programme, "day": in_words(due.now) if due.now else ""}
    if due.now is None:
        return _("%(programme)s: the due date is still to be decided.") % facts
    if due.before is None:
        return _("%(programme)s: the due date is now %(day)s.") % facts
    if due.now != due.before:
        return _("%(programme)s: the due date moves to %(day)s.") % facts
    return _("%(programme)s: the due date stays %(day)s. A date never moves earlier.") % facts


def _covered(found: Consequence) -> list[str]:
    after = found.after
    if not after.covered or after.certified_through is None:
        return []
    return [_("Covered through %(day)s.") % {"day": in_words(after.certified_through)}]


def _due(found: Consequence) -> list[str]:
    before, after = found.before.due_on, found.after.due_on
    if after is None or after == before:
        return []
    facts = {"day": in_words(after), "before": in_words(before) if before else ""}
    if before is None:
        return [_("The last day to finish becomes %(day)s.") % facts]
    return [_("The last day to finish moves from %(before)s to %(day)s.") % facts]


def _no_longer_late(found: Consequence) -> list[str]:
    if found.before.status in LATE and found.after.status not in LATE:
        return [_("This person is no longer too late.")]
    return []


def _reminders_of(found: Consequence) -> str:
    if found.after.due_on is None:
        return _("There are no reminders.")
    return _("Reminders count from %(day)s.") % {"day": in_words(found.after.due_on)}
