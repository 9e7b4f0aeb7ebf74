"""Keeping somebody's training in step with their work and leave."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from learning.actions.assigning import Assigning, follow_rules
from learning.actions.decisions import change_due_date
from learning.actions.exceptions import close_overtaken_of
from learning.actions.upkeep import bring_up_to_date
from learning.errors import StartsAfterActivity, StartsTooFarAhead
from learning.models import Assignment, AssignmentEvent, Programme, Validity
from learning.rules.calendar import add_months
from learning.rules.matching import Match
from learning.selectors.activity import active_days
from learning.selectors.planning import plan_for
from organisations.models import Employment, Organisation, User
from organisations.rules.periods import covers


@dataclass(frozen=True)
class DueDate:
    """What became of the due date of somebody who did not finish a programme yet."""

    programme: str
    before: date | None
    now: date | None


@transaction.atomic
def refresh_person(*, user: User, by: User | None, at: datetime) -> Assigning:
    """Let assignments and dates follow somebody's work and leave as they are now.

    Through all employers: the dates belong to the person. Again changes nothing.
    """
    done = follow_rules(workers=[user.pk], by=by, at=at)
    held = list(Assignment.objects.filter(worker=user).order_by("pk").values_list("pk", flat=True))
    bring_up_to_date(held, today=timezone.localdate(at))
    close_overtaken_of(user=user, at=at)
    return done


@transaction.atomic
def give_dates_after_all(*, user: User, by: User | None, at: datetime) -> None:
    """Where a coordinator must decide for want of time: take the rule's date if it fits now.

    For somebody whose first working day was corrected.
    """
    today = timezone.localdate(at)
    undecided = Assignment.objects.filter(
        worker=user, validity__is_assigned=True, validity__due_on__isnull=True
    )
    found = plan_for([user.pk], today=today).matches[user.pk] if undecided.exists() else []
    first = today + timedelta(days=settings.LEAST_DAYS_TO_FINISH)
    for assignment in undecided.order_by("pk"):
        several = [one for one in found if one.rule.programme == assignment.programme_id]
        latest = max(several, key=lambda one: (one.due_on, one.rule.pk), default=None)
        if latest is not None and latest.due_on >= first:
            change_due_date(
                assignment=assignment,
                due_on=latest.due_on,
                reason=AssignmentEvent.Reason.CORRECTED_START,
                counted_from=latest.counted_from,
                by=by,
                at=at,
            )


@contextmanager
def training_follows(user: User, *, by: User | None, at: datetime) -> Iterator[None]:
    """What happens inside and what follows for the training of the person: all or nothing."""
    with transaction.atomic():
        yield
        refresh_person(user=user, by=by, at=at)


def check_first_day(*, work: Employment, starts_on: date, at: datetime) -> None:
    """Refuse a first working day that what the person did here contradicts.

    What falls within other work at the organisation counts for that. Raises
    `StartsAfterActivity`, `StartsTooFarAhead`.
    """
    last = add_months(timezone.localdate(at), 12)
    if starts_on > last:
        raise StartsTooFarAhead(last=date_format(last, "j F Y"))
    organisation = work.team.organisation_id
    others = Employment.objects.filter(user=work.user_id, team__organisation=organisation)
    periods = list(others.exclude(pk=work.pk).values_list("starts_on", "ends_before"))
    for day in active_days(work.user_id, organisation, before=starts_on):
        if not any(covers(starts_on=one, ends_before=end, day=day) for one, end in periods):
            raise StartsAfterActivity(day=date_format(day, "j F Y"))


def first_due_dates(user: User, organisation: Organisation) -> dict[int, date | None]:
    """Due dates of what the organisation asks and the person never finished. One query.

    By programme.
    """
    held = Validity.objects.filter(
        worker=user,
        is_assigned=True,
        certified_through__isnull=True,
        assignment__organisation=organisation,
    )
    return dict(held.order_by("pk").values_list("programme", "due_on"))


def due_dates_since(
    before: dict[int, date | None], user: User, organisation: Organisation, *, today: date
) -> list[DueDate]:
    """The due dates of before beside those of now, where the first working day decides.

    What did not move is told only where the rule that gives the most time counts from that day.
    """
    now = first_due_dates(user, organisation)
    counted = _from_first_day(user, today)
    titles = dict(Programme.objects.filter(pk__in=now).values_list("pk", "title"))
    return [
        DueDate(titles[programme], due_on, now[programme])
        for programme, due_on in before.items()
        if programme in now and (programme in counted or now[programme] != due_on)
    ]


def _from_first_day(user: User, today: date) -> set[int]:
    """The programmes whose first due date is counted from the first working day."""
    matches = plan_for([user.pk], today=today).matches[user.pk]
    latest: dict[int, Match] = {}
    for one in sorted(matches, key=lambda one: (one.due_on, one.rule.pk)):
        latest[one.rule.programme] = one
    return {programme for programme, one in latest.items() if one.rule.from_employment}
