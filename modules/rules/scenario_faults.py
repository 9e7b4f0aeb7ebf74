"""What keeps a scenario from being published. All faults are named, in the order of the nodes.

Going back to an earlier moment is no fault, as long as there is a way out (`scenario.offered`).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from modules.rules.scenario import QUALITY_POINTS, Node, Scenario

FEWEST_CHOICES, MOST_CHOICES = 2, 5
GOOD = QUALITY_POINTS["+"]

_ = str  # marks the texts for the translators; wording.py translates them
MESSAGES = {
    "NO_LAW_DATE": _("The aid does not say on which day law and rules were checked."),
    "NO_START": _(
        "The scenario does not say with which moment it starts, or that one is not there."
    ),
    "NO_END": _("The scenario has no end."),
    "DUPLICATE_NODE": _("The name “{node}” is used more than once."),
    "NO_TEXT": _("“{node}” has no text."),
    "NO_SPEAKER": _("“{node}” does not say who speaks."),
    "MISSING_TARGET": _("“{node}” leads to “{target}”, which is not there."),
    "NO_TARGET": _("“{node}” does not say what comes next{choice}."),
    "UNREACHABLE": _("“{node}” is never reached."),
    "NO_WAY_OUT": _("From “{node}” one can never come to an end."),
    "CHOICE_COUNT": _("“{node}” has {count} choices; two to five are possible."),
    "NO_CHOICE_TEXT": _("In “{node}” a choice has no text."),
    "DUPLICATE_CHOICE": _("In “{node}” two choices are the same{choice}."),
    "NO_QUALITY": _("In “{node}” the choice{choice} does not say how good it is."),
    "NO_FEEDBACK": _("In “{node}” the choice{choice} does not say why."),
    "NO_GOOD_CHOICE": _("“{node}” has no good choice."),
    "NO_CONSULT": _("In “{node}” one cannot consult somebody first."),
    "NO_ALT": _("The picture in “{node}” is not described in words."),
    "NO_TRANSCRIPT": _("The recording in “{node}” is not written out."),
    "CONSULT_TOO_LOW": _("In “{node}” consulting first counts as wrong{choice}."),
}


@dataclass(frozen=True)
class Fault:
    """Something wrong, with the node where it can be put right ("" when it is the whole)."""

    code: str
    node_id: str = ""
    choice: str = ""  # the text of the choice concerned
    target: str = ""
    count: int = 0

    @property
    def message_en(self) -> str:
        quoted = f" “{self.choice}”" if self.choice else ""
        return MESSAGES[self.code].format(
            node=self.node_id, choice=quoted, target=self.target, count=self.count
        )


def faults(scenario: Scenario) -> tuple[Fault, ...]:
    """Everything that is wrong; an empty tuple means that it may be published."""
    found = list(_of_the_whole(scenario))
    times = Counter(node.id for node in scenario.nodes)
    reached = _reached_from(scenario, scenario.start)
    leads_out = _leading_out(scenario)
    for node in scenario.nodes:
        if times[node.id] > 1:
            found.append(Fault("DUPLICATE_NODE", node.id))
        if not node.text.strip() and node.kind != "end":
            found.append(Fault("NO_TEXT", node.id))
        if node.kind == "turn" and not node.speaker.strip():
            found.append(Fault("NO_SPEAKER", node.id))
        found += _of_targets(scenario, node)
        if reached and node.id not in reached:
            found.append(Fault("UNREACHABLE", node.id))
        if node.id not in leads_out:
            found.append(Fault("NO_WAY_OUT", node.id))
        found += _of_media(node)
        if node.kind == "decision":
            found += _of_choices(node)
            if not scenario.is_reference:
                found += _of_qualities(node)
    return tuple(dict.fromkeys(found))


def _of_the_whole(scenario: Scenario) -> Iterator[Fault]:
    if scenario.node(scenario.start) is None:
        yield Fault("NO_START", target=scenario.start)
    if not any(node.kind == "end" for node in scenario.nodes):
        yield Fault("NO_END")
    if scenario.is_reference and not scenario.law_checked_on:
        yield Fault("NO_LAW_DATE")


def _of_targets(scenario: Scenario, node: Node) -> Iterator[Fault]:
    texts = [choice.text for choice in node.choices] if node.kind == "decision" else [""]
    for target, text in zip(node.targets, texts, strict=False):
        if not target:
            yield Fault("NO_TARGET", node.id, choice=text)
        elif scenario.node(target) is None:
            yield Fault("MISSING_TARGET", node.id, choice=text, target=target)


def _of_choices(node: Node) -> Iterator[Fault]:
    if not FEWEST_CHOICES <= len(node.choices) <= MOST_CHOICES:
        yield Fault("CHOICE_COUNT", node.id, count=len(node.choices))
    times = Counter(choice.id for choice in node.choices)
    for choice in node.choices:
        if not choice.text.strip():
            yield Fault("NO_CHOICE_TEXT", node.id)
        if times[choice.id] > 1:
            yield Fault("DUPLICATE_CHOICE", node.id, choice=choice.text)


def _of_media(node: Node) -> Iterator[Fault]:
    picture, recording = node.picture, node.recording
    if picture is not None and not picture.alt.strip() and not picture.is_decoration:
        yield Fault("NO_ALT", node.id)
    if recording is not None and not recording.transcript.strip():
        yield Fault("NO_TRANSCRIPT", node.id)


def _of_qualities(node: Node) -> Iterator[Fault]:
    """What scores need; a reference aid has answers instead of choices, and no points."""
    for choice in node.choices:
        if choice.quality not in QUALITY_POINTS:
            yield Fault("NO_QUALITY", node.id, choice=choice.text)
        if not choice.why.strip():
            yield Fault("NO_FEEDBACK", node.id, choice=choice.text)
    if not any(choice.points >= GOOD for choice in node.choices):
        yield Fault("NO_GOOD_CHOICE", node.id)
    consults = [choice for choice in node.choices if choice.is_consult]
    if not consults:
        yield Fault("NO_CONSULT", node.id)
    for choice in consults:
        if choice.points < GOOD:
            yield Fault("CONSULT_TOO_LOW", node.id, choice=choice.text)


def _reached_from(scenario: Scenario, start: str) -> set[str]:
    """Ids of the nodes that one can come to, the start included."""
    return _spread({start}, lambda node_id: _targets_of(scenario, node_id), scenario)


def _leading_out(scenario: Scenario) -> set[str]:
    """Ids of the nodes from which an end can be reached.

    A target that is missing counts as a way out: it is a fault of its own, to be named once.
    """
    before: dict[str, list[str]] = {}
    ways_out = set()
    for node in scenario.nodes:
        for target in node.targets:
            before.setdefault(target, []).append(node.id)
        broken = not node.targets or any(scenario.node(target) is None for target in node.targets)
        if node.kind == "end" or broken:
            ways_out.add(node.id)
    return _spread(ways_out, lambda node_id: before.get(node_id, []), scenario)


def _targets_of(scenario: Scenario, node_id: str) -> list[str]:
    node = scenario.node(node_id)
    return list(node.targets) if node is not None else []


def _spread(
    starting: set[str], neighbours: Callable[[str], list[str]], scenario: Scenario
) -> set[str]:
    found: set[str] = set()
    waiting = list(starting)
    while waiting:
        node_id = waiting.pop()
        if node_id not in found and scenario.node(node_id) is not None:
            found.add(node_id)
            waiting.extend(neighbours(node_id))
    return found
