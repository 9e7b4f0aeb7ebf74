"""Sentences about what was finished and how long it is valid, about being away and about time."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import Revocation
from learning.presenters.day_words import days_in

Values = Mapping[str, Any]


def counted_words(values: Values) -> str:
    """From which day validity was counted. Empty where that cannot be said for sure."""
    text = COUNTED.get(values["counts"], str)()
    months = ngettext("%(months)d month", "%(months)d months", values["months"])
    return text % (days_in(values) | {"months": months % {"months": values["months"]}})


COUNTED: dict[str, Callable[[], str]] = {
    "due": lambda: _(
        "It was finished in time, so the %(months)s count from the last day to finish, %(from)s."
    ),
    "anniversary": lambda: _(
        "It was renewed before the expiry, so the %(months)s count from the expiry, %(from)s: "
        "the yearly date stays."
    ),
    "completion": lambda: _("The %(months)s count from the day it was finished, %(from)s."),
    "calendar": lambda: _("The organisation works with fixed dates: %(from)s is the next one."),
}


def _completed(values: Values, _row: Any) -> str:
    text = _("Finished. The training is valid through %(through)s.") % days_in(values)
    return _joined(text, counted_words(values), _grace(values))


def _imported(values: Values, _row: Any) -> str:
    text = _(
        "Training that was finished elsewhere on %(completed_on)s was taken over. "
        "It is valid through %(through)s."
    )
    return _joined(text % days_in(values), counted_words(values), _grace(values))


def _grace(values: Values) -> str:
    if values["covered_through"] is None:
        return ""
    return _("After that there is cover through %(covered_through)s.") % days_in(values)


def _history(values: Values, _row: Any) -> str:
    text = (
        _("Training that was finished elsewhere on %(completed_on)s was taken over.")
        if values["imported"]
        else _("Finished once more on %(completed_on)s.")
    )
    return _joined(text % days_in(values), _("It is kept, but changed no date."))


def _revoked(values: Values, row: Any) -> str:
    text = _("What was finished on %(completed_on)s no longer counts.") % days_in(values)
    reason = REVOKED.get(row.reason) if isinstance(row, Revocation) else None
    return _joined(text, _("Reason: %(reason)s.") % {"reason": reason()} if reason else "")


REVOKED: dict[str, Callable[[], str]] = {
    Revocation.Reason.MISTAKE: lambda: _("it was recorded by mistake"),
    Revocation.Reason.EVIDENCE: lambda: _("the evidence turned out not to be right"),
    Revocation.Reason.OTHER_PERSON: lambda: _("somebody else did the training"),
}


def _leave(values: Values, _row: Any) -> str:
    if values["until"] is None:
        return _("On leave from this day. The day of return is not known yet.")
    return _("On leave from this day, through %(until)s.") % days_in(values)


def _back(values: Values, _row: Any) -> str:
    return _joined(_("Back from leave."), _moved(values))


def _came_back(values: Values, _row: Any) -> str:
    return _joined(_("Back in service."), _moved(values))


def _moved(values: Values) -> str:
    if values["was"] is None:
        return ""
    days = ngettext("%(days)d day", "%(days)d days", values["days"]) % {"days": values["days"]}
    return _(
        "Who comes back has %(days)s, so the last day to finish moved from %(was)s to %(due)s."
    ) % (days_in(values) | {"days": days})


def _window_opened(values: Values, _row: Any) -> str:
    return _("The training can be renewed. It stays valid through %(through)s.") % days_in(values)


def _lapsed(values: Values, _row: Any) -> str:
    return _(
        "The training was valid through %(through)s and has expired. Doing it again restores that."
    ) % days_in(values)


def _overdue(values: Values, _row: Any) -> str:
    return _("The last day to finish, %(through)s, has passed. It can still be done.") % days_in(
        values
    )


def _grace_began(values: Values, _row: Any) -> str:
    return _(
        "The training was valid through %(through)s. There is still cover through "
        "%(covered_through)s."
    ) % days_in(values)


def _policy(values: Values, _row: Any) -> str:
    months = ngettext("%(months)d month", "%(months)d months", values["months"])
    words = {"months": months % {"months": values["months"]}}
    return (
        _(
            "Other rules for validity began: what is finished from now on is valid for %(months)s. "
            "What was finished before keeps its dates."
        )
        % words
    )


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


VALIDITY: dict[str, Callable[[Values, Any], str]] = {
    "completed": _completed,
    "imported": _imported,
    "history": _history,
    "revoked": _revoked,
    "leave": _leave,
    "back": _back,
    "came_back": _came_back,
    "left_work": lambda _values, _row: _("No longer in service. No training is asked."),
    "window_opened": _window_opened,
    "lapsed": _lapsed,
    "overdue": _overdue,
    "grace_began": _grace_began,
    "policy_changed": _policy,
    "not_taken": lambda _values, _row: _("A change was asked that the rules do not allow."),
}
