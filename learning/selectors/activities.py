"""Tries of H5P activities, as their own worker sees them; and what was refused, for who keeps the
platform."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Max, OuterRef, QuerySet, Subquery, When

from learning.models import (
    ActivityRefusal,
    ActivityRun,
    ActivityState,
    ActivityStatement,
    Attempt,
)
from learning.rules.activity_results import Result, Results, results_of
from learning.rules.reports import path_of
from modules.models import H5PVersion
from modules.rules.content import Step
from organisations.access import Access


@dataclass(frozen=True)
class ActivityHere:
    """The tries of one activity in one attempt."""

    open_run: ActivityRun | None
    next_sequence: int  # of a statement in the open try; 1 without one
    nonce: str  # of the latest try, which beginning another asks for; "" without any
    results: Results
    ended: tuple[Result, ...] = ()  # all tries that ended, in order


def run_of(access: Access, public_id: str) -> ActivityRun | None:
    """The person's own try; None for anybody else's. One query."""
    found: ActivityRun | None = (
        ActivityRun.objects.visible_to(access)
        .select_related("version")
        .only("public_id", "version__public_id")
        .filter(public_id=public_id)
        .first()
    )
    return found


def next_sequence(run: ActivityRun) -> int:
    """One query."""
    last: int | None = run.statements.aggregate(last=Max("sequence"))["last"]
    return (last or 0) + 1


def activity_here(attempt: Attempt, step: Step) -> ActivityHere:
    """One query, however many tries. The caller has checked whose attempt it is."""
    tries = ActivityRun.objects.of_step(attempt, step.id)
    told = ActivityStatement.objects.filter(run=OuterRef("pk")).order_by("-sequence")
    last_ended = tries.ended().order_by("-number").values("pk")[:1]
    runs = list(
        tries.defer("report").annotate(
            told=Subquery(told.values("sequence")[:1]),
            # Of one only: each may be as large as a post.
            report_of_last=Case(When(pk=Subquery(last_ended), then=F("report"))),
        )
    )
    latest = runs[-1] if runs else None
    open_run = latest if latest is not None and latest.ended_at is None else None
    ended = tuple(result_of(run) for run in runs if run.ended_at is not None)
    return ActivityHere(
        open_run=open_run,
        next_sequence=(getattr(open_run, "told", None) or 0) + 1,
        nonce=latest.nonce if latest is not None else "",
        results=results_of(ended),
        ended=ended,
    )


def result_of(run: ActivityRun) -> Result:
    """Of a try that ended."""
    if run.ended_at is None:
        raise ValueError("a try that is open has no result")
    return Result(
        public_id=run.public_id,
        number=run.number,
        ended_at=run.ended_at,
        raw=run.raw,
        maximum=run.maximum,
        scaled=run.scaled,
        success=run.success,
        is_verified=run.trust == ActivityRun.Trust.VERIFIED,
        path=tuple(path_of(getattr(run, "report_of_last", None))),
    )


def usable_state(attempt: Attempt, step: Step) -> str:
    """Where the worker is in the open try; "" to begin clean. One query.

    A state of another version than the one that is played is left alone, until the next one takes
    its place.
    """
    if step.activity is None:
        return ""
    states = ActivityState.objects.filter(
        run__attempt=attempt,
        run__step_id=step.id,
        run__ended_at__isnull=True,
        version__public_id=step.activity.version,
    )
    return states.values_list("state", flat=True).first() or ""


def refusals_since(day: date) -> QuerySet[ActivityRefusal]:
    """The latest day first; on a day what was refused most."""
    rows: QuerySet[ActivityRefusal] = ActivityRefusal.objects.filter(day__gte=day)
    return rows.order_by("-day", "-count", "code", "pk")


def titles_of(refusals: Iterable[ActivityRefusal]) -> dict[str, str]:
    """Of the activities, by version. One query."""
    versions = H5PVersion.objects.filter(public_id__in={one.version for one in refusals})
    return dict(versions.values_list("public_id", "title"))
