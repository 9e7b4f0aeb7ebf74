"""What somebody showed in finished modules; for the person alone."""

from dataclasses import dataclass
from datetime import datetime

from learning.models import Attempt
from learning.rules.summary import Summary
from learning.selectors.attempts import AttemptState
from organisations.access import Access


@dataclass(frozen=True)
class Result:
    attempt: str
    title: str
    completed_at: datetime | None
    summary: Summary


def results_of(access: Access) -> list[Result]:
    """All finished modules of the person, newest first. Two queries."""
    attempts = (
        Attempt.objects.visible_to(access)
        .filter(completed_at__isnull=False)
        .select_related("module_version")
        .defer("module_version__content")
        .prefetch_related("events")
        .order_by("-completed_at", "-pk")
    )
    return [_result(attempt) for attempt in attempts]


def _result(attempt: Attempt) -> Result:
    filled = {
        event.slot: (event.step_id, event.part_id, event.choice_id)
        for event in attempt.events.all()
    }
    state = AttemptState(attempt=attempt, content=attempt.module_version.parsed, filled=filled)
    return Result(
        attempt=attempt.public_id,
        title=state.content.title,
        completed_at=attempt.completed_at,
        summary=state.summary,
    )
