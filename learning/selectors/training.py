"""What the people of an organisation must follow: its rules, as they are, will be and were."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from learning.models import AssignmentRule, PolicyTerms, Programme, Validity
from organisations.models import Employment, Organisation
from organisations.querysets import not_ended
from organisations.rules.periods import is_empty


@dataclass(frozen=True)
class RuleLine:
    """One rule with the change of it that is planned. Either may be missing, not both."""

    now: AssignmentRule | None
    planned: AssignmentRule | None

    @property
    def last(self) -> AssignmentRule:
        """The one that is changed or ended."""
        rule = self.planned or self.now
        assert rule is not None  # noqa: S101 - there is one of both
        return rule


@dataclass(frozen=True)
class OfferedProgramme:
    """A programme with the organisation's rules for it."""

    programme: Programme
    terms: PolicyTerms
    rules: tuple[RuleLine, ...]
    past: tuple[AssignmentRule, ...]  # the last first
    people: int


def programmes_of(organisation: Organisation, today: date) -> list[OfferedProgramme]:
    """All programmes that may be used here. Six queries, however many people and rules."""
    rules: defaultdict[int, list[AssignmentRule]] = defaultdict(list)
    for rule in rules_of(organisation):
        rules[rule.programme_id].append(rule)
    people = people_per_programme(organisation, today)
    programmes = Programme.objects.usable_at(organisation).order_by("title", "pk")
    return [
        OfferedProgramme(
            programme=programme,
            terms=programme.policy.terms_on(today),
            rules=tuple(lines_of(rules[programme.pk], today)),
            past=tuple(_past(rules[programme.pk], today)),
            people=people.get(programme.pk, 0),
        )
        for programme in programmes.select_related("policy").prefetch_related("policy__terms")
    ]


def rules_of(organisation: Organisation) -> QuerySet[AssignmentRule]:
    """With what their words need."""
    return (
        AssignmentRule.objects.filter(organisation=organisation)
        .select_related("organisation")
        .prefetch_related("teams__team")
        .order_by("pk")
    )


def lines_of(rules: Iterable[AssignmentRule], today: date) -> list[RuleLine]:
    """The rules that go on, each once with its planned change."""
    known = {rule.pk: rule for rule in rules}
    replaced = {rule.replaces_id for rule in known.values()}
    lines = []
    for rule in known.values():
        if rule.pk in replaced or _is_over(rule, today):
            continue
        if rule.starts_on <= today:
            lines.append(RuleLine(now=rule, planned=None))
        else:
            lines.append(RuleLine(now=_in_force_before(rule, known, today), planned=rule))
    return lines


def _in_force_before(
    rule: AssignmentRule, known: dict[int, AssignmentRule], today: date
) -> AssignmentRule | None:
    before = known.get(rule.replaces_id or 0)
    while before is not None and (_is_over(before, today) or before.starts_on > today):
        before = known.get(before.replaces_id or 0)
    return before


def _is_over(rule: AssignmentRule, today: date) -> bool:
    """Over, or withdrawn before it began."""
    if is_empty(starts_on=rule.starts_on, ends_before=rule.ends_before):
        return True
    return rule.ends_before is not None and rule.ends_before <= today


def _past(rules: Iterable[AssignmentRule], today: date) -> list[AssignmentRule]:
    over = [
        rule
        for rule in rules
        if _is_over(rule, today)
        and not is_empty(starts_on=rule.starts_on, ends_before=rule.ends_before)
    ]
    return sorted(over, key=lambda rule: (rule.ends_before or today, rule.pk), reverse=True)


def people_having(organisation: Organisation, today: date) -> QuerySet[Validity]:
    """Who has a programme, or is exempt from it, of those who work here now or later."""
    work = Employment.objects.filter(
        not_ended(today), team__organisation=organisation, user=OuterRef("worker")
    )
    return Validity.objects.filter(Exists(work))


def people_per_programme(organisation: Organisation, today: date) -> dict[int, int]:
    """How many of those who work here now or later have each programme now. One query."""
    rows = people_having(organisation, today).filter(is_assigned=True).order_by()
    return dict(rows.values_list("programme").annotate(number=Count("pk")))
