"""Reading a scenario from text, with everything that is wrong and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from modules.rules.scenario_faults import Fault
from modules.scenario_text.form import SCENARIO
from modules.scenario_text.library import Library
from modules.scenario_text.locating import located_faults
from modules.scenario_text.story import Said
from modules.yaml_text.found import Found
from modules.yaml_text.problems import Problem, Unreadable
from modules.yaml_text.tree import lines_of, tree_of

_ = str  # marks the texts for the translators; wording.py translates them
MESSAGES = {
    "WRONG_FORMAT": _("This is written in format {value}; only format 1 can be read here."),
    "NOT_A_QUALITY": _('How good a choice is, stands in quotes: "++", "+", "0" or "-".'),
    "NO_IMAGE": _("There is no picture with the title “{value}” in the library."),
    "MANY_IMAGES": _(
        "The library has {number} pictures with the title “{value}”. Give each a title of its own."
    ),
    "NO_RECORDING": _("There is no recording with the title “{value}”."),
    "UNKNOWN_COMPETENCY": _("There is no competency “{value}”. Possible are: {options}."),
}


@dataclass(frozen=True)
class Told:
    """A problem of the text, or a fault of the scenario in it, with where to put it right."""

    problem: Problem
    node: str = ""  # the moment that it lies in, if any
    fault: Fault | None = None  # as the rules name it

    @property
    def code(self) -> str:
        return self.fault.code if self.fault else self.problem.code

    @property
    def line(self) -> int:
        return self.problem.line

    @property
    def may_be_in_a_draft(self) -> bool:
        """As in Wagtail: a draft may be faulty, what is published may not."""
        return self.fault is not None


@dataclass(frozen=True)
class Reading:
    """What a text says, and everything that is wrong with it in the order of its lines."""

    said: Said | None  # None when the text could not be read at all
    told: tuple[Told, ...]
    found: Found = field(default_factory=Found, compare=False)  # the line of everything in it

    @property
    def is_sound(self) -> bool:
        return not self.told

    @property
    def can_be_a_draft(self) -> bool:
        return self.said is not None and all(one.may_be_in_a_draft for one in self.told)


def read(source: str | bytes, library: Library | None = None) -> Reading:
    """Without a library it is not checked whether pictures, recordings and competencies exist."""
    found = Found()
    try:
        said = SCENARIO.read(tree_of(source), (), found)
    except Unreadable as refusal:
        return Reading(None, (Told(_quality_in_quotes(source, refusal.problem)),))
    if said is None:
        return Reading(None, tuple(Told(problem) for problem in found.problems))
    found.problems += [] if library is None else _missing_in(library, said, found)
    told = [Told(problem, _node_at(problem.line, said, found)) for problem in found.problems]
    told += [
        Told(problem, fault.node_id, fault)
        for problem, fault in located_faults(said, library, found)
    ]
    return Reading(said, tuple(sorted(told, key=lambda one: one.line)), found)


def _quality_in_quotes(source: str | bytes, problem: Problem) -> Problem:
    """A bare hyphen after `quality:` begins a list for YAML; tell what was meant."""
    if problem.code != "YAML_DASH":
        return problem
    text = source if isinstance(source, str) else source.decode("utf-8")
    line = lines_of(text)[problem.line - 1]
    is_quality = line.replace(" ", "").lstrip("-").startswith("quality:-")
    return Problem("NOT_A_QUALITY", problem.line) if is_quality else problem


def _missing_in(library: Library, said: Said, found: Found) -> Iterator[Problem]:
    for number, node in enumerate(said.get("nodes", ())):
        place = ("nodes", number)
        title = node.get("image", {}).get("title")
        if title is not None:
            line = found.line(*place, "image", "title")
            yield from _image_problem(library, title, line, found)
        sound = node.get("recording")
        if sound is not None and sound not in library.recordings:
            near = found.closest(sound, list(library.recordings))
            line = found.line(*place, "recording")
            yield Problem("NO_RECORDING", line, value=sound, suggestion=near)
        for which, choice in enumerate(node.get("choices", ())):
            line = found.line(*place, "choices", which, "competencies")
            for code in choice.get("competencies", ()):
                if code not in library.competencies:
                    options = ", ".join(library.competencies)
                    yield Problem("UNKNOWN_COMPETENCY", line, value=code, options=options)


def _image_problem(library: Library, title: str, line: int, found: Found) -> Iterator[Problem]:
    ids = library.images.get(title, ())
    if not ids:
        near = found.closest(title, list(library.images))
        yield Problem("NO_IMAGE", line, value=title, suggestion=near)
    elif len(ids) > 1:
        yield Problem("MANY_IMAGES", line, value=title, number=len(ids))


def _node_at(line: int, said: Said, found: Found) -> str:
    """The name of the moment on the line, or ""."""
    name = ""
    for number, node in enumerate(said.get("nodes", ())):
        if found.line("nodes", number) <= line:
            name = node.get("id", "")
    return name
