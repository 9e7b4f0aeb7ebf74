"""Changing the numbers of a policy: a new row from a day on, never another number in an old one."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.actions.upkeep import bring_up_to_date
from learning.errors import TermsInThePast, TermsTooFarAhead
from learning.models import Assignment, PolicyTerms, Programme, RecertificationPolicy
from learning.models.policy import FOCAL_PERSON_AFTER, LADDER, MANAGER_AFTER
from learning.rules.calendar import add_months
from learning.rules.policy import Policy, PolicyPeriod
from organisations.models import User
from organisations.trail import record

FURTHEST_MONTHS = 60
AT_A_TIME = 500


@dataclass(frozen=True)
class TermsDraft:
    """The numbers as somebody wrote them, with the mails that go with them."""

    policy: Policy = field(default_factory=Policy)
    ladder: tuple[int, ...] = tuple(LADDER)
    manager_after_days: int | None = MANAGER_AFTER
    focal_person_after_days: int | None = FOCAL_PERSON_AFTER
    starts_on: date | None = None  # None: today

    @property
    def numbers(self) -> dict[str, Any]:
        """The columns of a row of terms, without its day."""
        rule = asdict(self.policy) | {"basis": str(self.policy.basis)}
        return rule | {
            "ladder": list(self.ladder),
            "manager_after_days": self.manager_after_days,
            "focal_person_after_days": self.focal_person_after_days,
        }

    def period_from(self, today: date) -> PolicyPeriod:
        return PolicyPeriod(self.starts_on or today, self.policy)


def draft_of(terms: PolicyTerms) -> TermsDraft:
    """The numbers that stand in a row."""
    return TermsDraft(
        policy=terms.facts,
        ladder=tuple(terms.ladder),
        manager_after_days=terms.manager_after_days,
        focal_person_after_days=terms.focal_person_after_days,
        starts_on=terms.starts_on,
    )


def check_start(starts_on: date, *, today: date) -> None:
    """Refuse a day on which terms can no longer, or not yet, begin."""
    if starts_on < today:
        raise TermsInThePast
    if starts_on > add_months(today, FURTHEST_MONTHS):
        raise TermsTooFarAhead


@transaction.atomic
def set_terms(
    *, programme: Programme, draft: TermsDraft, by: User | None, at: datetime
) -> PolicyTerms:
    """Let other numbers hold from a day on. The same numbers again add nothing.

    The caller has checked that this person keeps the programme. What was certified keeps its
    dates; everybody's windows are brought up to date.
    """
    today = timezone.localdate(at)
    starts_on = draft.starts_on or today
    check_start(starts_on, today=today)
    policy = RecertificationPolicy.objects.select_for_update().get(pk=programme.policy_id)
    before = policy.terms_on(starts_on)
    if draft_of(before).numbers == draft.numbers:
        return before
    made: PolicyTerms = add_terms(policy, draft, starts_on=starts_on, by=by, at=at)
    record(
        "policy_terms_set",
        by=by,
        at=at,
        organisation=programme.organisation,
        subject=programme,
        starts_on=starts_on.isoformat(),
        old=draft_of(before).numbers,
        new=draft.numbers,
    )
    _follow(programme, today)
    return made


def add_terms(
    policy: RecertificationPolicy,
    draft: TermsDraft,
    *,
    starts_on: date,
    by: User | None,
    at: datetime,
) -> PolicyTerms:
    """One row more. The caller has locked the policy, or just made it."""
    made: PolicyTerms = PolicyTerms.objects.create(
        policy=policy, starts_on=starts_on, made_by=by, made_at=at, **draft.numbers
    )
    return made


def _follow(programme: Programme, today: date) -> None:
    """Windows open on other days now; the days that are to come must be known to the daily run."""
    held = list(
        Assignment.objects.filter(programme=programme).order_by("pk").values_list("pk", flat=True)
    )
    for start in range(0, len(held), AT_A_TIME):
        bring_up_to_date(held[start : start + AT_A_TIME], today=today)
