"""Why somebody must follow training and why then: sentences for people, values for programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from learning.models import Assignment, AssignmentEvent, Completion
from learning.presenters.reason_words import coming_words, fact_words
from learning.presenters.rule_words import rule_lines
from learning.presenters.validity_words import counted_words
from learning.rules.status import Standing
from learning.selectors.explaining import Explanation, Told, explanation_of

MISSED = {"overdue", "lapsed", "grace_began", "revoked"}


@dataclass(frozen=True)
class Reason:
    """One dated fact and what followed from it. Without a day it is still to be decided."""

    on: date | None
    text: str
    is_coming: bool = False
    is_missed: bool = False
    details: tuple[str, ...] = ()  # the rules that matched, one sentence each


def reasons_for(assignment: Assignment, today: date) -> list[Reason]:
    """The facts in order of date, what is still to come last. About twelve queries."""
    return reasons_in(explanation_of(assignment, today))


def reasons_in(explanation: Explanation) -> list[Reason]:
    """The sentences of an explanation."""
    facts = [
        Reason(
            on=one.step.on,
            text=fact_words(one),
            is_missed=one.step.code in MISSED,
            details=tuple(line["text"] for line in _rules(one, explanation)),
        )
        for one in explanation.facts
    ]
    coming = [
        Reason(on=step.on, text=coming_words(step), is_coming=True) for step in explanation.coming
    ]
    return [*facts, *coming]


def counted_for(completion: Completion, today: date) -> str:
    """From which day the validity of a completion counts. Empty where it cannot be said."""
    explanation = explanation_of(completion.assignment, max(today, completion.recorded_on))
    for told in explanation.facts:
        if told.row == completion and "counts" in told.step.values:
            return counted_words(told.step.values)
    return ""


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """The same as the API gives it: days in ISO form, codes beside the sentences."""
    standing = explanation.standing
    return {
        "assignment": explanation.assignment.public_id,
        "programme": explanation.assignment.programme.title,
        "as_of": explanation.day.isoformat(),
        "status": standing.status.value,
        "covered": standing.covered,
        "dates": _dates(standing),
        "facts": [_fact_json(one, explanation) for one in explanation.facts],
        "coming": [
            {"on": _plain(step.on), "code": step.code, "text": coming_words(step)}
            | _values(step.values)
            for step in explanation.coming
        ],
    }


def _dates(standing: Standing) -> dict[str, Any]:
    return {
        "due": _plain(standing.due_on),
        "window_opens": _plain(standing.window_opens_on),
        "certified_through": _plain(standing.certified_through),
    }


def _fact_json(one: Told, explanation: Explanation) -> dict[str, Any]:
    told = {"on": _plain(one.step.on), "code": one.step.code, "text": fact_words(one)}
    told |= _values(one.step.values)
    if isinstance(one.row, AssignmentEvent):
        told["reason"] = one.row.reason
        if one.row.counted_from is not None:
            told["counted_from"] = _plain(one.row.counted_from)
    rules = _rules(one, explanation)
    return told | ({"rules": rules} if rules else {})


def _rules(one: Told, explanation: Explanation) -> list[dict[str, Any]]:
    row = one.row
    if not isinstance(row, AssignmentEvent) or not row.matched:
        return []
    return rule_lines(row, explanation.rules)


def _values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
