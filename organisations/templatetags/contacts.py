"""What other pages say about the contacts that a person keeps."""

from typing import Any

from django import template

from organisations.selectors.contacts import overdue_contacts

register = template.Library()


@register.inclusion_tag("organisations/parts/contacts_hint.html", takes_context=True)
def contacts_hint(context: dict[str, Any]) -> dict[str, int]:
    """A notice for who keeps contacts that were not checked in time. One query for them alone."""
    access = context["request"].access
    return {"overdue": overdue_contacts(access, access.on)}
