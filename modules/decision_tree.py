"""The decision tree that is published, read for every page and kept in the process."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from modules.compile import compile_scenario
from modules.models import Scenario
from modules.rules.decision_tree import DecisionTree, unfolded

SLUG = "beslissingsboom-melden-en-registreren"
LAW_HOLDS_FOR = timedelta(days=366)


@dataclass(frozen=True)
class ShownTree:
    """The tree with what stands around it."""

    title: str
    note: str
    tree: DecisionTree
    law_checked_on: date | None
    reviewed_by_role: str
    reviewed_on: date | None

    @property
    def is_concept(self) -> bool:
        return self.reviewed_on is None

    def law_is_old_on(self, day: date) -> bool:
        """Whether law and rules were checked more than a year ago."""
        return self.law_checked_on is not None and self.law_checked_on + LAW_HOLDS_FOR < day


def published_tree() -> ShownTree | None:
    """What is live now, never a draft. One query; two the first time after a publication."""
    live = Scenario.objects.filter(slug=SLUG, purpose=Scenario.Purpose.REFERENCE, live=True)
    found = live.values_list("pk", "live_revision_id", "last_published_at").first()
    if found is None:
        return None
    pk, revision, at = found
    return _read(pk) if revision is None else _kept(pk, revision, at)


@lru_cache(maxsize=4)
def _kept(pk: int, revision: int, at: datetime | None) -> ShownTree:
    return _read(pk)


def _read(pk: int) -> ShownTree:
    return shown_tree(Scenario.objects.get(pk=pk))


def shown_tree(scenario: Scenario) -> ShownTree:
    """Any reference aid as this page shows it, also a draft: for previews."""
    return ShownTree(
        title=scenario.title,
        note=scenario.note,
        tree=unfolded(compile_scenario(scenario)),
        law_checked_on=scenario.law_checked_on,
        reviewed_by_role=scenario.reviewed_by_role,
        reviewed_on=scenario.reviewed_on,
    )
