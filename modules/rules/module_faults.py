"""What keeps a module from being published. All faults are named, in the order of the steps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from modules.rules.content import Item, Review, Step
from modules.rules.scenario_faults import Fault, faults

FEWEST_OPTIONS = 2
NEEDS_TEXT = {"explanation", "reflection", "references"}
SCORED_HERE = {"scenario", "knowledge_check"}

_ = str  # marks the texts for the translators; wording.py translates them
MESSAGES = {
    "NO_STEPS": _("The module has no steps."),
    "NOT_LIVE": _("The module is not published."),
    "NO_REVIEWER": _("The module says that it was reviewed, but not by whom and when."),
    "NO_TITLE": _("Step {number} has no title."),
    "NO_TEXT": _("Step {number} ({title}) has no text."),
    "NO_SCENARIO": _("Step {number} ({title}) has no scenario that is published."),
    "SCENARIO_FAULTY": _("Step {number} ({title}): the scenario has a fault. {detail}"),
    "NO_ACTIVITY": _("Step {number} ({title}) has no H5P activity that can be played."),
    "H5P_ALONE": _(
        "What H5P reports proves nothing. Add a scenario or a knowledge check to this module."
    ),
    "NO_QUESTIONS": _("Step {number} ({title}) has no questions."),
    "NO_QUESTION": _("Step {number} ({title}): a question has no text."),
    "FEW_OPTIONS": _("Step {number} ({title}): “{detail}” needs at least two answers."),
    "EMPTY_OPTION": _("Step {number} ({title}): an answer to “{detail}” has no text."),
    "NOT_ONE_CORRECT": _("Step {number} ({title}): “{detail}” needs exactly one correct answer."),
    "NO_EXPLANATION": _("Step {number} ({title}): “{detail}” has no explanation."),
}


@dataclass(frozen=True)
class ModuleFault:
    """Something wrong with a module, with the step where it can be put right."""

    code: str
    number: int = 0  # of the step, from 1; 0 when it is the whole module
    title: str = ""
    detail: str = ""  # the question concerned
    inner: Fault | None = None  # the fault of the scenario in the step

    @property
    def message_en(self) -> str:
        detail = self.inner.message_en if self.inner else self.detail
        return MESSAGES[self.code].format(number=self.number, title=self.title, detail=detail)


def step_faults(steps: Iterable[Step]) -> tuple[ModuleFault, ...]:
    steps = tuple(steps)
    if not steps:
        return (ModuleFault("NO_STEPS"),)
    found = [fault for number, step in enumerate(steps, 1) for fault in _of_step(number, step)]
    return tuple(dict.fromkeys([*found, *_of_all(steps)]))


def _of_all(steps: Sequence[Step]) -> Iterator[ModuleFault]:
    """An H5P activity is practice: the module must also hold what is scored on the server."""
    kinds = {step.kind for step in steps}
    if "h5p" in kinds and not kinds & SCORED_HERE:
        yield ModuleFault("H5P_ALONE")


def review_faults(review: Review) -> tuple[ModuleFault, ...]:
    if review.is_reviewed and not (review.by_role.strip() and review.on):
        return (ModuleFault("NO_REVIEWER"),)
    return ()


def _of_step(number: int, step: Step) -> Iterator[ModuleFault]:
    def fault(code: str, detail: str = "", inner: Fault | None = None) -> ModuleFault:
        return ModuleFault(code, number, step.title, detail, inner)

    if not step.title.strip():
        yield fault("NO_TITLE")
    if step.kind in NEEDS_TEXT and not step.html.strip():
        yield fault("NO_TEXT")
    if step.kind == "scenario":
        if step.scenario is None:
            yield fault("NO_SCENARIO")
        else:
            yield from (fault("SCENARIO_FAULTY", inner=inner) for inner in faults(step.scenario))
    if step.kind == "h5p" and step.activity is None:
        yield fault("NO_ACTIVITY")
    if step.kind == "knowledge_check":
        if not step.items:
            yield fault("NO_QUESTIONS")
        yield from (fault(code, item.question) for item in step.items for code in _of_item(item))


def _of_item(item: Item) -> Iterator[str]:
    if not item.question.strip():
        yield "NO_QUESTION"
    if len(item.options) < FEWEST_OPTIONS:
        yield "FEW_OPTIONS"
    if any(not option.text.strip() for option in item.options):
        yield "EMPTY_OPTION"
    if sum(option.is_correct for option in item.options) != 1:
        yield "NOT_ONE_CORRECT"
    if not item.explanation.strip():
        yield "NO_EXPLANATION"
