"""Which scenarios have faults: those of the site, or texts that are not loaded yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from modules import wording
from modules.models import Scenario
from modules.rules.scenario_faults import faults
from modules.scenario_text import Library, read
from modules.scenario_text.story import scenario_of
from modules.scenario_text.writing import said_by


@dataclass(frozen=True)
class FaultSeen:
    node: str
    code: str
    message: str
    line: int = 0  # of a text


@dataclass(frozen=True)
class Checked:
    slug: str
    published: bool
    faults: tuple[FaultSeen, ...]
    file: str = ""
    of_draft: tuple[FaultSeen, ...] = ()  # of changes that are not published yet


def check_site(library: Library) -> Iterator[Checked]:
    """By slug. What is published counts; of one that never was, what was last written."""
    for scenario in Scenario.objects.order_by("slug"):
        draft = scenario.get_latest_revision_as_object()
        of_draft = _faults_of(draft, library)
        if scenario.live:
            yield Checked(
                scenario.slug,
                published=True,
                faults=_faults_of(scenario, library),
                of_draft=of_draft if scenario.has_unpublished_changes else (),
            )
        else:
            yield Checked(scenario.slug, published=False, faults=of_draft)


def check_texts(files: Iterable[Path], library: Library) -> Iterator[Checked]:
    for file in files:
        reading = read(file.read_bytes(), library)
        said = reading.said or {}
        seen = tuple(
            FaultSeen(told.node, told.code, wording.text_problem(told), told.line)
            for told in reading.told
        )
        yield Checked(said.get("slug", ""), published=False, faults=seen, file=str(file))


def _faults_of(scenario: Scenario, library: Library) -> tuple[FaultSeen, ...]:
    """By what it says: a picture whose file was lost does not stop the check."""
    return tuple(
        FaultSeen(fault.node_id, fault.code, wording.scenario_fault_text(fault))
        for fault in faults(scenario_of(said_by(scenario), library))
    )
