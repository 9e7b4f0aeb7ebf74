"""The sentences of *Why must I do this, and why then?*: one for each thing that happened."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import AssignmentEvent, ExceptionCase
from learning.presenters.day_words import days_in, in_words
from learning.presenters.validity_words import VALIDITY
from learning.rules.explained import Step
from learning.selectors.explaining import Told

Values = Mapping[str, Any]
Reason = AssignmentEvent.Reason


def fact_words(told: Told) -> str:
    """What happened, in a sentence or two."""
    words = FACTS[told.step.code]
    return words(told.step.values, told.row)


def coming_words(step: Step) -> str:
    """What will happen if nothing changes."""
    return COMING[step.code](step.values)


# Assigning and its dates


def _asked(row: Any) -> str:
    if isinstance(row, AssignmentEvent) and row.reason == Reason.EXEMPTION_OVER:
        return _("The exemption is over: the training is asked again.")
    if isinstance(row, AssignmentEvent) and row.rule_id is not None:
        return _("A rule of the organisation asks for this training.")
    return _("The training coordinator asks for this training.")


def _assigned(values: Values, row: Any) -> str:
    if values["due"] is None:
        undecided = _("No last day was set.")
        return f"{_asked(row)} {undecided}"
    due = _("The last day to finish in time is %(due)s.") % days_in(values)
    return f"{_asked(row)} {due}"


def _too_little_time(values: Values, row: Any) -> str:
    near = _(
        "The day that follows from it, %(asked)s, was too near or had passed. "
        "That is why the training coordinator sets the day."
    )
    return f"{_asked(row)} {near % days_in(values)}"


def _dates_restored(values: Values, row: Any) -> str:
    if values["through"] is not None:
        text = _(
            "What was finished before is still valid, through %(through)s: those dates count again."
        )
    else:
        text = _("The last day to finish stays what it was: %(due)s.")
    return f"{_asked(row)} {text % days_in(values)}"


def _asked_once_more(_values: Values, _row: Any) -> str:
    return _("Another rule asks for this training too. That changed no date.")


def _due_changed(values: Values, row: Any) -> str:
    reason = row.reason if isinstance(row, AssignmentEvent) else ""
    words = days_in(values)
    if reason == Reason.CORRECTED_START and row.counted_from is not None:
        words["start"] = in_words(row.counted_from)
        why = _("The first working day was corrected to %(start)s.") % words
    elif reason == Reason.RULE_CHANGED:
        why = _("The rule of the organisation gives more time now.")
    elif reason in {Reason.LATEST_DUE, Reason.RULE, Reason.RULE_AGAIN}:
        why = _("More than one rule asks for this training: the latest day holds.")
    else:
        why = _("The training coordinator decided on the date.")
    if values["was"] is None:
        then = _("The last day to finish is %(due)s.")
    elif values["was"] == values["due"]:
        then = _("The last day to finish stays %(due)s.")
    else:
        then = _("The last day to finish moved from %(was)s to %(due)s.")
    return f"{why} {then % words}"


def _extended(values: Values, row: Any) -> str:
    reason = EXTENDED.get(getattr(row, "reason", ""))
    text = (
        _("There is more time, through %(to)s. What was finished stays valid until then.")
        if values["covers"]
        else _("There is more time: the last day to finish is now %(to)s.")
    )
    return _with_reason(text % days_in(values), reason)


def _unassigned(values: Values, row: Any) -> str:
    if isinstance(row, AssignmentEvent) and row.is_exemption:
        if row.until is not None:
            text = _("Exempt through %(until)s: nothing needs to be done.") % {
                "until": in_words(row.until)
            }
        else:
            text = _("Exempt: nothing needs to be done.")
        text = _with_reason(text, EXEMPT.get(row.reason))
    else:
        text = _("No rule of the organisation asks for this training any more.")
    if values["through"] is not None:
        kept = _("What was finished stays valid through %(through)s.") % days_in(values)
        text = f"{text} {kept}"
    return text


def _with_reason(text: str, reason: Callable[[], str] | None) -> str:
    if reason is None:
        return text
    because = _("Reason: %(reason)s.") % {"reason": reason()}
    return f"{text} {because}"


EXTENDED: dict[str, Callable[[], str]] = {
    Reason.EXTENDED_ILLNESS: lambda: _("long absence or adjusted work"),
    Reason.EXTENDED_WORKLOAD: lambda: _("not enough people on duty to free time"),
    Reason.EXTENDED_CONTENT: lambda: _("the training could not be followed"),
    Reason.EXTENDED_OTHER: lambda: _("agreed with the manager"),
}
EXEMPT: dict[str, Callable[[], str]] = {
    Reason.EXEMPT_NO_CLIENTS: lambda: _("no contact with young people at work"),
    Reason.EXEMPT_ELSEWHERE: lambda: _("follows equal training elsewhere"),
    Reason.EXEMPT_LEAVING: lambda: _("leaves before the last day"),
    Reason.EXEMPT_OTHER: lambda: _("agreed with the manager"),
}


def _to_be_decided(values: Values, _row: Any) -> str:
    if values["kind"] == ExceptionCase.Kind.EVIDENCE_TOO_OLD:
        return _("Evidence of training elsewhere came in, but it is old. The coordinator decides.")
    return _("Some facts did not fit together. The training coordinator looks at it.")


def _decided(values: Values, _row: Any) -> str:
    if values["decision"] == ExceptionCase.Decision.REFUSE_EVIDENCE:
        return _("The training coordinator decided: this evidence does not count.")
    return _("The training coordinator decided: everything stays as it is.")


def _coming_back(values: Values) -> str:
    days = ngettext("%(days)d day", "%(days)d days", values["days"]) % values
    return _("Back from leave. From then on there is time for at least %(days)s.") % {"days": days}


FACTS: dict[str, Callable[[Values, Any], str]] = {
    "assigned": _assigned,
    "assigned_again": _assigned,
    "assigned_too_little_time": _too_little_time,
    "asked_once_more": _asked_once_more,
    "dates_restored": _dates_restored,
    "due_changed": _due_changed,
    "extended": _extended,
    "unassigned": _unassigned,
    "to_be_decided": _to_be_decided,
    "decided": _decided,
    **VALIDITY,
}
COMING: dict[str, Callable[[Values], str]] = {
    "window_opens": lambda values: WINDOWS[values["basis"]](),
    "expires": lambda _values: _("Through this day the training is valid."),
    "grace_ends": lambda _values: _("Through this day there is still cover."),
    "due": lambda _values: _("The last day to finish the training in time."),
    "due_undecided": lambda _values: _("The training coordinator sets the last day to finish."),
    "exemption_ends": lambda _values: _("The last day of the exemption."),
    "back": _coming_back,
}
WINDOWS: dict[str, Callable[[], str]] = {
    "expiry": lambda: _("From this day the training can be renewed; the yearly date is kept."),
    "fixed": lambda: _("From this day the training can be renewed for the next fixed date."),
    "completion": lambda: _("From this day the training can be renewed; it counts from that day."),
}
