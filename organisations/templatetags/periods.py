"""Half-open periods in the words of people, who say the last day."""

from datetime import date, timedelta

from django import template

register = template.Library()


@register.filter
def day_before(value: date | None) -> date | None:
    """The last day of a period that ends before the given day."""
    return value - timedelta(days=1) if value else None
