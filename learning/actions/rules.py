"""Setting and ending rules. A rule is replaced, never changed."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from learning.actions.assigning import Assigning, follow_rules
from learning.errors import DueDateTooNear, NotLive, RuleChanged, RuleIsThere, RuleStartsInThePast
from learning.models import AssignmentRule, Programme, RuleTeam
from learning.models.rule import RuleDraft, made_from
from learning.selectors.planning import staff_of
from learning.selectors.rules import said_already
from organisations.errors import OtherOrganisation
from organisations.models import Organisation, User
from organisations.rules.periods import is_empty
from organisations.trail import record


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
    agreed, `RuleIsThere` when a rule says this already and `RuleChanged` when somebody replaced
    or ended the other rule before.
    """
    today = timezone.localdate(at)
    draft = draft or RuleDraft()
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_draft(
        draft, organisation=organisation, programme=programme, replaces=replaces, today=today
    )
    if replaces is not None:
        replaces = _last_version(replaces, today)
        _make_way(replaces, on=draft.starts_on or today, today=today)
    rule = made_from(
        draft, organisation=organisation, programme=programme, replaces=replaces, today=today
    )
    rule.made_by, rule.made_at = by, at
    rule.save()
    RuleTeam.objects.bulk_create(
        RuleTeam(rule=rule, team_id=team, with_subteams=below) for team, below in draft.teams
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
    return _follow(organisation, programme, by=by, at=at)


def check_draft(
    draft: RuleDraft,
    *,
    organisation: Organisation,
    programme: Programme,
    replaces: AssignmentRule | None,
    today: date,
) -> None:
    """Raises why a draft cannot become a rule today. Three queries at most."""
    starts_on = draft.starts_on or today
    if not organisation.is_live_on(today):
        raise NotLive
    if starts_on < today:
        raise RuleStartsInThePast
    first = starts_on + timedelta(days=settings.LEAST_DAYS_TO_FINISH)
    if draft.due_on is not None and draft.due_on < first:
        raise DueDateTooNear(days=settings.LEAST_DAYS_TO_FINISH, first=date_format(first, "j F Y"))
    teams = {team for team, _below in draft.teams}
    if organisation.teams.filter(pk__in=teams).count() != len(teams):
        raise OtherOrganisation
    if said_already(
        draft, organisation=organisation, programme=programme, replaces=replaces, today=today
    ):
        raise RuleIsThere


@transaction.atomic
def end_rule(*, rule: AssignmentRule, by: User | None, at: datetime) -> Assigning:
    """Let the rule end today, and a change of it that was planned too.

    Who has no other rule for it no longer has the training. A second time nothing happens.
    """
    today = timezone.localdate(at)
    organisation = Organisation.objects.select_for_update().get(pk=rule.organisation_id)
    try:
        rule = _last_version(rule, today)
    except RuleChanged:
        if AssignmentRule.objects.filter(replaces=rule).exists():
            raise
        return Assigning()
    _make_way(rule, on=today, today=today)
    record("training_rule_ended", by=by, at=at, organisation=organisation, subject=rule)
    return _follow(organisation, rule.programme, by=by, at=at)


def _last_version(rule: AssignmentRule, today: date) -> AssignmentRule:
    """The rule as it is now. The caller holds the organisation. Raises `RuleChanged`."""
    there = AssignmentRule.objects.not_ended(today).filter(replaced_by__isnull=True)
    now: AssignmentRule | None = there.select_related("programme").filter(pk=rule.pk).first()
    if now is None:
        raise RuleChanged
    return now


def _make_way(last: AssignmentRule, *, on: date, today: date) -> None:
    """Versions that are still to come do not come; the one in force holds until the day."""
    version: AssignmentRule | None = last
    while version is not None:
        held_once = not is_empty(starts_on=version.starts_on, ends_before=version.ends_before)
        if held_once:
            if version.ends_before is not None and version.ends_before <= today:
                return
            version.ends_before = version.starts_on if version.starts_on > today else on
            version.save(update_fields=["ends_before"])  # the one thing that is filled in later
        version = version.replaces


def _follow(
    organisation: Organisation, programme: Programme, *, by: User | None, at: datetime
) -> Assigning:
    workers = staff_of(organisation, timezone.localdate(at))
    return follow_rules(workers=workers, programmes=[programme.pk], by=by, at=at)
