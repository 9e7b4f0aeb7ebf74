"""Setting and ending rules. A rule is replaced, never changed."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from learning.actions.assigning import Assigning, follow_rules
from learning.errors import NotLive
from learning.models import AssignmentRule, Programme, RuleTeam
from organisations.models import Employment, Organisation, User
from organisations.querysets import not_ended
from organisations.trail import record


@dataclass(frozen=True)
class RuleDraft:
    """A rule as a coordinator writes it. No teams: everybody; no functions: every function."""

    due_from: str = AssignmentRule.DueFrom.EMPLOYMENT
    due_after_days: int | None = 90
    due_on: date | None = None
    starts_on: date | None = None  # None: today
    teams: tuple[tuple[int, bool], ...] = ()  # team and whether its subteams are meant
    job_functions: tuple[str, ...] = field(default=())


@transaction.atomic
def set_rule(
    *,
    organisation: Organisation,
    programme: Programme,
    draft: RuleDraft | None = None,
    replaces: AssignmentRule | None = None,
    by: User | None,
    at: datetime,
) -> Assigning:
    """Let people follow the programme, in place of another rule or beside the ones there are.

    Due dates that were given stay or move later. Raises `NotLive` before the works council has
    agreed.
    """
    today = timezone.localdate(at)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not organisation.is_live_on(today):
        raise NotLive
    rule = made_from(
        draft or RuleDraft(), organisation=organisation, programme=programme, today=today
    )
    if replaces is not None:
        _end(replaces, max(today, replaces.starts_on))
        rule.replaces = replaces
        rule.counts_from = replaces.counts_from
    rule.made_by, rule.made_at = by, at
    rule.save()
    RuleTeam.objects.bulk_create(
        RuleTeam(rule=rule, team_id=team, with_subteams=below)
        for team, below in (draft.teams if draft else ())
    )
    record(
        "training_rule_set",
        by=by,
        at=at,
        organisation=organisation,
        subject=rule,
        due_after_days=rule.due_after_days,
        due_on=rule.due_on.isoformat() if rule.due_on else None,
        before=replaces.public_id if replaces else None,
    )
    return follow_rules(workers=staff_of(organisation, today), by=by, at=at)


def made_from(
    draft: RuleDraft, *, organisation: Organisation, programme: Programme, today: date
) -> AssignmentRule:
    """The rule of a draft, not saved."""
    starts_on = draft.starts_on or today
    return AssignmentRule(
        organisation=organisation,
        programme=programme,
        job_functions=sorted(draft.job_functions),
        due_from=draft.due_from,
        due_after_days=draft.due_after_days,
        due_on=draft.due_on,
        counts_from=starts_on,
        starts_on=starts_on,
    )


@transaction.atomic
def end_rule(*, rule: AssignmentRule, by: User | None, at: datetime) -> Assigning:
    """Let the rule end today. Who has no other rule for it no longer has the training."""
    today = timezone.localdate(at)
    rule = AssignmentRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if rule.ends_before is not None and rule.ends_before <= today:
        return Assigning()
    _end(rule, max(today, rule.starts_on))
    record("training_rule_ended", by=by, at=at, organisation=rule.organisation, subject=rule)
    return follow_rules(workers=staff_of(rule.organisation, today), by=by, at=at)


def _end(rule: AssignmentRule, ends_before: date) -> None:
    """The one thing that is filled in later: until when it held."""
    rule.ends_before = ends_before
    rule.save(update_fields=["ends_before"])


def staff_of(organisation: Organisation, today: date) -> Collection[int]:
    """Everybody who works at the organisation now or later."""
    here = Employment.objects.filter(not_ended(today), team__organisation=organisation)
    return list(here.order_by().values_list("user_id", flat=True).distinct())
