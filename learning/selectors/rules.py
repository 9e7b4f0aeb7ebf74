"""Rules, work and what people hold, gathered for matching."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from learning.models import AssignmentEvent, AssignmentRule, Validity
from learning.rules.matching import Held, Rule, Work
from organisations.models import Employment, Organisation, Team
from organisations.querysets import was_in_force
from organisations.rules.scope import with_subteams


@dataclass(frozen=True)
class Asked:
    """People with their work and what they hold, for matching."""

    work: dict[int, list[Work]]
    held: dict[int, dict[int, Held]]  # worker, then programme


def rules_at(organisations: Collection[int], today: date) -> list[Rule]:
    """Rules in force of organisations that are live. Three queries."""
    live = Organisation.objects.filter(
        pk__in=organisations, works_council_agreed_on__lte=today
    ).values_list("pk", flat=True)
    rows = (
        AssignmentRule.objects.on(today)
        .filter(organisation__in=list(live))
        .prefetch_related("teams")
        .order_by("pk")
    )
    return as_rules(rows)


def as_rules(rows: Iterable[AssignmentRule]) -> list[Rule]:
    """Rules as they are matched, with the subteams meant. The caller prefetched `teams`."""
    rules = list(rows)
    parents: defaultdict[int, dict[int, int | None]] = defaultdict(dict)
    trees = Team.objects.filter(organisation__in={rule.organisation_id for rule in rules})
    for pk, parent, organisation in trees.values_list("pk", "parent_id", "organisation_id"):
        parents[organisation][pk] = parent
    return [
        as_rule(
            rule,
            teams=[(one.team_id, one.with_subteams) for one in rule.teams.all()],
            parents=parents[rule.organisation_id],
        )
        for rule in rules
    ]


def as_rule(
    row: AssignmentRule,
    *,
    teams: Collection[tuple[int, bool]],
    parents: dict[int, int | None],
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
    )


def asked_of(workers: Collection[int], today: date) -> Asked:
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
    rows = Validity.objects.filter(worker__in=workers).values_list(
        "assignment_id",
        "worker_id",
        "programme_id",
        "is_assigned",
        "is_exempt",
        "certified_through",
        "due_on",
        "assignment__organisation_id",
    )
    for pk, worker, programme, assigned, exempt, through, due_on, organisation in rows:
        held[worker][programme] = Held(
            assignment=pk,
            is_assigned=assigned,
            is_exempt=exempt,
            exempt_until=exempt_until.get(pk),
            is_certified=through is not None,
            due_on=due_on,
            works_there=any(
                one.organisation == organisation
                and (one.ends_before is None or one.ends_before > today)
                for one in work[worker]
            ),
        )
    return Asked(work=dict(work), held=dict(held))


def _exempt_until(workers: Collection[int]) -> dict[int, date | None]:
    rows = AssignmentEvent.objects.filter(
        assignment__worker__in=workers, assignment__validity__is_exempt=True, kind="unassigned"
    )
    return dict(rows.order_by("on", "pk").values_list("assignment_id", "until"))
