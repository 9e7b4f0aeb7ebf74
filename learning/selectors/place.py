"""Where a module that was finished stands on the path of its person."""

from dataclasses import dataclass

from learning.models import Attempt
from learning.selectors.rotation import modules_of, rounds_of
from modules.models import ModulePage


@dataclass(frozen=True)
class Place:
    """How many modules of the path are done, and which is the first that is not."""

    done: int
    total: int
    next: ModulePage | None


def place_of(attempt: Attempt) -> Place | None:
    """None when the path of the attempt is over. At most five queries."""
    assignment = attempt.cycle.assignment_id
    this_round = rounds_of([assignment])[assignment]
    if attempt.cycle_id not in this_round.cycles or this_round.path is None:
        return None
    completed = Attempt.objects.filter(
        cycle__in=this_round.cycles, completed_at__isnull=False
    ).values_list("module", flat=True)
    done = set(completed)
    modules = modules_of(this_round.path)
    left = [module for module in modules if module.pk not in done]
    return Place(len(modules) - len(left), len(modules), left[0] if left else None)
