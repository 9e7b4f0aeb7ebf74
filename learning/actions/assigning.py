"""Giving people the training that their work asks for."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from learning.errors import NotLive
from learning.models import Assignment, AssignmentRule, Cycle, Programme
from learning.models.programme import Path
from organisations.models import Employment, Organisation, User
from organisations.querysets import not_ended
from organisations.trail import record


@transaction.atomic
def assign_by_rules(*, user: User, by: User | None, at: datetime) -> list[Assignment]:
    """Give the person what the rules of their organisations ask for; running it again adds nothing.

    Work that begins on a later day counts already: its training is due from that day on.

    Due so many days after the first working day or the rule's start, whichever is later, and
    never sooner than so many days from now: nobody is overdue the moment they are assigned.
    """
    today = timezone.localdate(at)
    employments = Employment.objects.filter(not_ended(today), user=user).select_related("team")
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


@transaction.atomic
def set_rule(
    *,
    organisation: Organisation,
    programme: Programme,
    due_after_days: int,
    by: User | None,
    at: datetime,
) -> int:
    """Let everybody who works at the organisation follow the programme; how many got it now.

    A second time changes how long people have from then on: due dates that were given stay.
    Raises `NotLive` before the works council has agreed.
    """
    today = timezone.localdate(at)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not organisation.is_live_on(today):
        raise NotLive
    rule, made = AssignmentRule.objects.get_or_create(
        organisation=organisation,
        programme=programme,
        defaults={"due_after_days": due_after_days, "starts_on": today},
    )
    if made or rule.due_after_days != due_after_days:
        record(
            "training_rule_set",
            by=by,
            at=at,
            organisation=organisation,
            subject=rule,
            due_after_days=due_after_days,
            before=None if made else rule.due_after_days,
        )
        rule.due_after_days = due_after_days
        rule.save(update_fields=["due_after_days"])
    here = Employment.objects.filter(not_ended(today), team__organisation=organisation)
    people = User.objects.filter(pk__in=here.order_by().values("user")).order_by("pk")
    return sum(len(assign_by_rules(user=user, by=by, at=at)) for user in people)
