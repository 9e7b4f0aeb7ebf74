"""What the page at the end of a conversation needs beside the conversation itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from learning.models import Attempt, Replay
from learning.selectors.replays import latest_replays
from modules.models import Competency
from modules.rules.content import Step
from modules.rules.scenario import Play
from organisations.access import Access
from organisations.selectors.contacts import ContactMap, contacts_for


@dataclass(frozen=True)
class LookingBack:
    competencies: Mapping[str, str]  # code to name, in the language of the reader
    replays: Sequence[Replay]
    contacts: Sequence[ContactMap]
    first_run: Play | None = None  # of a replay


def looking_back(
    access: Access, attempt: Attempt, step: Step, *, today: date, first_run: Play | None = None
) -> LookingBack:
    """Contacts only of organisations that filled one in. Four queries, whatever was done."""
    maps = contacts_for(access, today)
    return LookingBack(
        competencies={one.code: one.name for one in Competency.objects.order_by("code")},
        replays=latest_replays(attempt, step),
        contacts=[one for one in maps if any(c.name and not c.is_national for c in one.contacts)],
        first_run=first_run,
    )
