"""Rules, work and what people hold, gathered for matching."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from learning.models import AssignmentEvent, AssignmentRule, Programme, Validity
from learning.models.rule import RuleDraft, comparable, drafted
from learning.rules.matching import Held, Rule, Work, not_over
from organisations.models import Employment, Organisation, Team
from organisations.querysets import was_in_force
from organisations.rules.periods import is_empty
from organisations.rules.scope import with_subteams

Parents = dict[int, int | None]


@dataclass(frozen=True)
class Asked:
    """People with their work and what they hold, for matching."""

    work: dict[int, list[Work]]
    held: dict[int, dict[int, Held]]  # worker, then programme


def rules_at(
    organisations: Collection[int], today: date, programmes: Collection[int] | None = None
) -> list[Rule]:
    """Rules in force of organisations that are live. Four queries."""
    live = Organisation.objects.filter(
        pk__in=organisations, works_council_agreed_on__lte=today
    ).values_list("pk", flat=True)
    known = known_rules(list(live), programmes)
    return [rule for rule in known.values() if rule.in_force(today)]


def known_rules(
    organisations: Collection[int], programmes: Collection[int] | None = None
) -> dict[int, Rule]:
    """All rules there are or were, each with the one that it replaced. Three queries."""
    rows = AssignmentRule.objects.filter(organisation__in=organisations)
    if programmes is not None:
        rows = rows.filter(programme__in=programmes)
    trees = parents_of(organisations)
    known: dict[int, Rule] = {}
    came_before: dict[int, int | None] = {}
    for row in rows.prefetch_related("teams").order_by("pk"):
        came_before[row.pk] = row.replaces_id
        known[row.pk] = as_rule(
            row,
            teams=[(one.team_id, one.with_subteams) for one in row.teams.all()],
            parents=trees[row.organisation_id],
            earlier=in_its_place(row.replaces_id, known, came_before),
        )
    return known


def in_its_place(
    replaced: int | None, known: dict[int, Rule], came_before: dict[int, int | None]
) -> Rule | None:
    """The nearest earlier rule that ever held: what was withdrawn in time asked nobody."""
    while replaced is not None:
        rule = known[replaced]
        if not is_empty(starts_on=rule.starts_on, ends_before=rule.ends_before):
            return rule
        replaced = came_before[replaced]
    return None


def parents_of(organisations: Collection[int]) -> defaultdict[int, Parents]:
    """The team above each team, per organisation."""
    parents: defaultdict[int, Parents] = defaultdict(dict)
    trees = Team.objects.filter(organisation__in=organisations).order_by()
    for pk, parent, organisation in trees.values_list("pk", "parent_id", "organisation_id"):
        parents[organisation][pk] = parent
    return parents


def as_rule(
    row: AssignmentRule,
    *,
    teams: Collection[tuple[int, bool]],
    parents: Parents,
    earlier: Rule | None = None,
) -> Rule:
    """A rule, saved or not, with the teams that it holds for."""
    meant: set[int] = set()
    for team, with_those_below in teams:
        meant |= with_subteams([team], parents) if with_those_below else {team}
    return Rule(
        public_id=row.public_id,
        pk=row.pk or 0,
        organisation=row.organisation_id,
        programme=row.programme_id,
        teams=frozenset(meant) if teams else None,
        job_functions=frozenset(row.job_functions) or None,
        from_employment=row.due_from == AssignmentRule.DueFrom.EMPLOYMENT,
        due_after_days=row.due_after_days,
        due_on=row.due_on,
        counts_from=row.counts_from,
        starts_on=row.starts_on,
        ends_before=row.ends_before,
        earlier=earlier,
    )


def said_already(
    draft: RuleDraft,
    *,
    organisation: Organisation,
    programme: Programme,
    replaces: AssignmentRule | None,
    today: date,
) -> bool:
    """Whether a rule that goes on says just this, from the same day or an earlier one.

    One that is still to begin may be replaced by the same on another day.
    """
    rows = AssignmentRule.objects.filter(
        organisation=organisation,
        programme=programme,
        ends_before__isnull=True,
        starts_on__lte=draft.starts_on or today,
    ).prefetch_related("teams")
    if replaces is not None and replaces.starts_on > today:
        rows = rows.exclude(pk=replaces.pk)
    return any(drafted(row) == comparable(draft) for row in rows)


def asked_of(
    workers: Collection[int], today: date, programmes: Collection[int] | None = None
) -> Asked:
    """The work of people and what they hold. Three queries."""
    work: defaultdict[int, list[Work]] = defaultdict(list)
    employments = Employment.objects.filter(was_in_force(), user__in=workers)
    for worker, organisation, team, function, start, end in employments.order_by(
        "starts_on", "pk"
    ).values_list(
        "user_id", "team__organisation_id", "team_id", "job_function", "starts_on", "ends_before"
    ):
        work[worker].append(Work(organisation, team, function, start, end))
    exempt_until = _exempt_until(workers)
    held: defaultdict[int, dict[int, Held]] = defaultdict(dict)
    rows = Validity.objects.filter(worker__in=workers)
    if programmes is not None:
        rows = rows.filter(programme__in=programmes)
    for pk, worker, programme, assigned, exempt, through, due_on, organisation in rows.values_list(
        "assignment_id",
        "worker_id",
        "programme_id",
        "is_assigned",
        "is_exempt",
        "certified_through",
        "due_on",
        "assignment__organisation_id",
    ):
        held[worker][programme] = Held(
            assignment=pk,
            is_assigned=assigned,
            is_exempt=exempt,
            exempt_until=exempt_until.get(pk),
            is_certified=through is not None,
            due_on=due_on,
            works_there=any(
                one.organisation == organisation for one in not_over(work[worker], today)
            ),
        )
    return Asked(work=dict(work), held=dict(held))


def _exempt_until(workers: Collection[int]) -> dict[int, date | None]:
    rows = AssignmentEvent.objects.filter(
        assignment__worker__in=workers, assignment__validity__is_exempt=True, kind="unassigned"
    )
    return dict(rows.order_by("on", "pk").values_list("assignment_id", "until"))
