"""Keeping somebody's training in step with their work and leave."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from learning.actions.assigning import Assigning, follow_rules
from learning.actions.decisions import change_due_date
from learning.actions.exceptions import close_overtaken_of
from learning.actions.upkeep import bring_up_to_date
from learning.models import Assignment, AssignmentEvent, Validity
from learning.selectors.planning import plan_for
from organisations.models import Organisation, User


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


def first_due_dates(user: User, organisation: Organisation) -> dict[str, date | None]:
    """Due dates of what the organisation asks and the person never finished. One query."""
    held = Validity.objects.filter(
        worker=user,
        is_assigned=True,
        certified_through__isnull=True,
        assignment__organisation=organisation,
    )
    return dict(held.order_by("pk").values_list("programme__title", "due_on"))


def due_dates_since(
    before: dict[str, date | None], user: User, organisation: Organisation
) -> list[DueDate]:
    """The due dates of before beside those of now."""
    now = first_due_dates(user, organisation)
    return [
        DueDate(programme, due_on, now[programme])
        for programme, due_on in before.items()
        if programme in now
    ]
