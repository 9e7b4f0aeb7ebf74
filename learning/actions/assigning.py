"""Giving people the training that their work asks for."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from learning.models import Assignment, AssignmentRule, Cycle
from learning.models.programme import Path
from organisations.models import Employment, User
from organisations.trail import record


@transaction.atomic
def assign_by_rules(*, user: User, by: User | None, at: datetime) -> list[Assignment]:
    """Give the person what the rules of their organisations ask for; running it again adds nothing.

    Due so many days after the first working day or the rule's start, whichever is later, and
    never sooner than so many days from now: nobody is overdue the moment they are assigned.
    """
    today = timezone.localdate(at)
    employments = Employment.objects.on(today).filter(user=user).select_related("team")
    starts = {e.team.organisation_id: e.starts_on for e in employments.order_by("-starts_on", "pk")}
    rules = AssignmentRule.objects.filter(
        organisation__in=starts, starts_on__lte=today
    ).select_related("organisation", "programme")
    held = set(Assignment.objects.filter(worker=user).values_list("programme_id", flat=True))
    return [
        _assign(user, rule, starts[rule.organisation_id], by=by, at=at, today=today)
        for rule in rules
        if rule.programme_id not in held
    ]


def _assign(
    user: User,
    rule: AssignmentRule,
    employed_on: date,
    *,
    by: User | None,
    at: datetime,
    today: date,
) -> Assignment:
    reason = (
        Assignment.Reason.EMPLOYMENT if employed_on >= rule.starts_on else Assignment.Reason.RULE
    )
    counted_from = max(employed_on, rule.starts_on)
    time_to_finish = timedelta(days=rule.due_after_days)
    due_on = max(counted_from, today) + time_to_finish
    assignment = Assignment.objects.create(
        worker=user,
        programme=rule.programme,
        organisation=rule.organisation,
        rule=rule,
        reason=reason,
        counted_from=max(counted_from, today),
        assigned_on=today,
        first_due_on=due_on,
        assigned_at=at,
    )
    Cycle.objects.create(
        assignment=assignment, number=1, path=Path.ONBOARDING, due_on=due_on, opened_at=at
    )
    record("training_assigned", by=by, at=at, organisation=rule.organisation, subject=assignment)
    return assignment
