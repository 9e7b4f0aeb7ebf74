"""What the templates of the decision tree need of its contacts."""

from django import template

from organisations.selectors.contacts import ContactMap, ShownContact

register = template.Library()


@register.filter
def contact_of(map_: ContactMap, kind: str) -> ShownContact | None:
    """The contact that a moment asks for, also when nobody filled it in; None when none is."""
    return map_.of(kind)
