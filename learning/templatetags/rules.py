"""Rules in words, and what a preview of them has found."""

from typing import Any

from django import template

from learning.models import AssignmentRule
from learning.presenters.rule_words import audience, due_words
from learning.presenters.rules import seen_of
from learning.selectors.preview import Consequences

register = template.Library()


@register.filter
def who(rule: AssignmentRule) -> str:
    """Whom it is for. The teams were prefetched."""
    return audience(rule)


@register.filter
def by_when(rule: AssignmentRule) -> str:
    """By when it asks it the first time."""
    return due_words(
        due_from=rule.due_from,
        days=rule.due_after_days,
        due_on=rule.due_on,
        counts_from=rule.counts_from,
    )


@register.filter
def as_seen(said: Consequences) -> str:
    """The numbers, to send along with what is saved."""
    return seen_of(said.counts)


@register.inclusion_tag("learning/parts/affected.html")
def affected(listed: Any, kind: str, label: str) -> dict[str, Any]:
    """A list of people that folds open. `kind` says which columns it has."""
    return {"listed": listed, "kind": kind, "label": label}
