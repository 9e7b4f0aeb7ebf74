"""Small parts for the pages of the coordinator: training of one person, and what waits."""

from typing import Any

from django import template
from django.template.context import RequestContext

from learning.models import Assignment, ExceptionCase
from learning.selectors.facts import facts_of
from organisations.clock import today_of
from organisations.models import Organisation, User

register = template.Library()


@register.inclusion_tag("learning/parts/trainings_of_person.html", takes_context=True)
def trainings_of_person(
    context: RequestContext, organisation: Organisation, person: User
) -> dict[str, Any]:
    """What the organisation asks of a person, with a link to each. About eight queries."""
    held = Assignment.objects.filter(worker=person, organisation=organisation)
    rows = list(held.select_related("programme", "validity").order_by("programme__title", "pk"))
    facts, today = facts_of([row.pk for row in rows]), today_of(context["request"])
    lines = [(row, facts[row.pk].standing_on(today)) for row in rows]
    return {"organisation": organisation, "lines": lines}


@register.inclusion_tag("learning/parts/exceptions_hint.html")
def exceptions_hint(organisation: Organisation) -> dict[str, Any]:
    """How many questions wait for the coordinator here. One query."""
    return {"organisation": organisation, "waiting": _waiting(organisation)}


@register.inclusion_tag("learning/parts/exceptions_place.html", takes_context=True)
def exceptions_place(context: RequestContext, organisation: Organisation) -> dict[str, Any]:
    """The page *Exceptions* among those of an organisation, with its number. One query."""
    here = context.get("here", "")
    return {"organisation": organisation, "waiting": _waiting(organisation), "here": here}


def _waiting(organisation: Organisation) -> int:
    return ExceptionCase.objects.open().filter(organisation=organisation).count()
