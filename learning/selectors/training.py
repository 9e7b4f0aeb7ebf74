"""What the people of an organisation must follow."""

from dataclasses import dataclass

from django.db.models import Count

from learning.models import Assignment, AssignmentRule, Programme
from organisations.models import Organisation


@dataclass(frozen=True)
class OfferedProgramme:
    """A programme with the organisation's rule for it, if there is one."""

    programme: Programme
    rule: AssignmentRule | None
    people: int


def programmes_of(organisation: Organisation) -> list[OfferedProgramme]:
    """All programmes. Three queries, however many people."""
    rules = {
        rule.programme_id: rule for rule in organisation.assignment_rules.filter(ends_before=None)
    }
    people = dict(
        Assignment.objects.filter(organisation=organisation)
        .order_by()
        .values_list("programme")
        .annotate(number=Count("pk"))
    )
    programmes = Programme.objects.select_related("policy").order_by("title", "pk")
    return [
        OfferedProgramme(programme, rules.get(programme.pk), people.get(programme.pk, 0))
        for programme in programmes
    ]
