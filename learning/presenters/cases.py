"""A question to the coordinator, in sentences."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.models import Completion, ExceptionCase
from learning.presenters.day_words import in_words
from learning.rules.choices import About
from learning.selectors.exceptions import CaseRow, about_of, day_in

HEADINGS: dict[str, tuple[Any, Any]] = {
    ExceptionCase.Kind.TOO_LITTLE_TIME: (
        gettext_lazy("Too little time"),
        gettext_lazy(
            "By the rule these people had too few days, or none. Nobody is too late because of "
            "that. Until you decide they have no due date and get no reminders."
        ),
    ),
    ExceptionCase.Kind.CONFLICTING_FACTS: (
        gettext_lazy("Facts that do not fit together"),
        gettext_lazy("Nothing changes until you decide."),
    ),
    ExceptionCase.Kind.EVIDENCE_TOO_OLD: (
        gettext_lazy("Evidence too old"),
        gettext_lazy(
            "Followed elsewhere, longer ago than counts without a look. It does not count yet."
        ),
    ),
}


@dataclass(frozen=True)
class CaseText:
    """What happened, and what nobody could decide but the coordinator."""

    row: CaseRow
    lines: tuple[str, ...]
    due_on: date | None  # the near or past date that could be kept
    due_is_past: bool


def texts_of(rows: list[CaseRow], today: date) -> list[CaseText]:
    return [text_of(row, today) for row in rows]


def text_of(row: CaseRow, today: date) -> CaseText:
    due = day_in(row.case, "due")
    words = WORDS.get(about_of(row.case), _dates)
    return CaseText(
        row=row,
        lines=tuple(words(row, today)),
        due_on=due,
        due_is_past=due is not None and due < today,
    )


def _too_little_time(row: CaseRow, today: date) -> list[str]:
    on, due = day_in(row.case, "on"), day_in(row.case, "due")
    lines = []
    if on is not None:
        lines.append(_("Got this training on %(day)s.") % {"day": in_words(on)})
    if row.counted_from is not None:
        lines.append(_("The rule counts from %(day)s.") % {"day": in_words(row.counted_from)})
    if due is not None:
        lines.append(_near(due, today))
    return lines


def _near(due: date, today: date) -> str:
    left = (due - today).days
    if left < 0:
        return _("By the rule the last day was %(day)s: that is past.") % {"day": in_words(due)}
    if left == 0:
        return _("By the rule the last day is today.")
    return ngettext(
        "By the rule the last day is %(day)s: that is in %(left)d day.",
        "By the rule the last day is %(day)s: that is in %(left)d days.",
        left,
    ) % {"day": in_words(due), "left": left}


def _evidence(row: CaseRow, today: date) -> list[str]:
    done, on = day_in(row.case, "completed_on"), day_in(row.case, "on")
    lines = []
    if done is not None:
        lines.append(_("Completed elsewhere on %(day)s.") % {"day": in_words(done)})
    if on is not None and done is not None:
        age = (on - done).days
        lines.append(
            ngettext(
                "Imported on %(day)s, %(age)d day later.",
                "Imported on %(day)s, %(age)d days later.",
                age,
            )
            % {"day": in_words(on), "age": age}
        )
    lines += _named(row)
    most = row.case.facts.get("max_age_days")
    if isinstance(most, int):
        lines.append(
            ngettext(
                "The policy takes evidence of at most %(most)d day old.",
                "The policy takes evidence of at most %(most)d days old.",
                most,
            )
            % {"most": most}
        )
    return lines


def _revoked(row: CaseRow, today: date) -> list[str]:
    done, on = day_in(row.case, "completed_on"), day_in(row.case, "on")
    lines = []
    if done is not None and on is not None:
        lines.append(
            _("The training completed on %(done)s was revoked on %(day)s.")
            % {"done": in_words(done), "day": in_words(on)}
        )
    lines.append(_("There is no due date now, and there are no reminders."))
    return lines


def _imports(row: CaseRow, today: date) -> list[str]:
    done, other = day_in(row.case, "completed_on"), day_in(row.case, "other")
    if done is None or other is None:
        return _dates(row, today)
    return [
        _("On record: completed elsewhere on %(other)s.") % {"other": in_words(other)},
        _("In the file: completed elsewhere on %(done)s.") % {"done": in_words(done)},
        *_named(row),
        _("So close together, one of the two may be a mistake."),
    ]


def _named(row: CaseRow) -> list[str]:
    """What kind of evidence it is."""
    kinds = dict(Completion.Evidence.choices)
    evidence = kinds.get(row.case.facts.get("evidence", ""))
    return [_("Evidence: %(evidence)s.") % {"evidence": evidence}] if evidence else []


def _dates(row: CaseRow, _today: date) -> list[str]:
    """Whatever days there are."""
    days = [day_in(row.case, name) for name in sorted(row.case.facts)]
    return [in_words(day) for day in days if day is not None]


Words = Callable[[CaseRow, date], list[str]]
WORDS: dict[str, Words] = {
    About.TOO_LITTLE_TIME: _too_little_time,
    About.EVIDENCE_TOO_OLD: _evidence,
    About.REVOKED: _revoked,
    About.IMPORTS_CLOSE: _imports,
}
