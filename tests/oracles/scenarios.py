"""A scenario judged and walked a second time: slow, plain, and by other means than the rules.

Reachability by multiplying matrices instead of spreading, roads by trying everything.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from modules.rules.scenario import Choice, Node, Scenario

POINTS = {"++": 3, "+": 2, "0": 1, "-": 0}


def wrong_with(scenario: Scenario) -> set[tuple[str, str]]:
    """(code, node) of each fault, "" for the whole."""
    first = {node.id: node for node in reversed(scenario.nodes)}
    names = [node.id for node in scenario.nodes]
    closure = _closure(first)
    found = {(code, "") for code in _wrong_with_the_whole(scenario, first)}
    for node in scenario.nodes:
        if names.count(node.id) > 1:
            found.add(("DUPLICATE_NODE", node.id))
        if scenario.start in first and not closure[scenario.start][node.id]:
            found.add(("UNREACHABLE", node.id))
        # Two of one name are judged together: either may be where it goes on.
        same = [one for one in scenario.nodes if one.id == node.id]
        if not any(_can_leave(one, scenario, first) for one in same):
            found.add(("NO_WAY_OUT", node.id))
        found |= {(code, node.id) for code in _wrong_here(node, first)}
        if node.kind == "decision":
            found |= {(code, node.id) for code in _wrong_choices(node)}
            if scenario.purpose != "reference":
                found |= {(code, node.id) for code in _wrong_qualities(node)}
    return found


def _wrong_with_the_whole(scenario: Scenario, first: Mapping[str, Node]) -> Iterator[str]:
    if scenario.start not in first:
        yield "NO_START"
    if not [node for node in scenario.nodes if node.kind == "end"]:
        yield "NO_END"
    if scenario.purpose == "reference" and not scenario.law_checked_on:
        yield "NO_LAW_DATE"


def _leads_to(node: Node) -> list[str]:
    if node.kind == "end":
        return []
    if node.kind == "decision":
        return [choice.next for choice in node.choices]
    return [node.next or ""]


def _closure(first: Mapping[str, Node]) -> dict[str, dict[str, bool]]:
    """Whether one comes from each node to each other, by squaring the matrix of steps."""
    names = list(first)
    reach = {a: {b: a == b or b in _leads_to(first[a]) for b in names} for a in names}
    for _round in range(len(names).bit_length() + 1):
        reach = {
            a: {b: any(reach[a][c] and reach[c][b] for c in names) for b in names} for a in names
        }
    return reach


def _can_leave(node: Node, scenario: Scenario, first: Mapping[str, Node]) -> bool:
    """Walk on as long as there are nodes: an end, or a way that leads nowhere (told apart)."""
    edge = {node.id: [node]}
    seen = {node.id}
    for _step in range(len(scenario.nodes) + 1):
        here = [one for ones in edge.values() for one in ones]
        for one in here:
            targets = _leads_to(one)
            if one.kind == "end" or not targets or any(name not in first for name in targets):
                return True
        names = {name for one in here for name in _leads_to(one)} - seen
        seen |= names
        edge = {name: [one for one in scenario.nodes if one.id == name] for name in names}
    return False


def _wrong_here(node: Node, first: Mapping[str, Node]) -> Iterator[str]:
    if node.kind != "end" and node.text.strip() == "":
        yield "NO_TEXT"
    if node.kind == "turn" and node.speaker.strip() == "":
        yield "NO_SPEAKER"
    for target in _leads_to(node):
        if target == "":
            yield "NO_TARGET"
        elif target not in first:
            yield "MISSING_TARGET"
    if node.picture and node.picture.alt.strip() == "" and not node.picture.is_decoration:
        yield "NO_ALT"
    if node.recording and node.recording.transcript.strip() == "":
        yield "NO_TRANSCRIPT"


def _wrong_choices(node: Node) -> Iterator[str]:
    if len(node.choices) not in {2, 3, 4, 5}:
        yield "CHOICE_COUNT"
    if "" in [choice.text.strip() for choice in node.choices]:
        yield "NO_CHOICE_TEXT"
    if len({choice.id for choice in node.choices}) < len(node.choices):
        yield "DUPLICATE_CHOICE"


def _wrong_qualities(node: Node) -> Iterator[str]:
    if any(choice.quality not in POINTS for choice in node.choices):
        yield "NO_QUALITY"
    if any(choice.why.strip() == "" for choice in node.choices):
        yield "NO_FEEDBACK"
    if not {choice.quality for choice in node.choices} & {"++", "+"}:
        yield "NO_GOOD_CHOICE"
    consults = [choice for choice in node.choices if choice.is_consult]
    if not consults:
        yield "NO_CONSULT"
    if any(choice.quality not in {"++", "+"} for choice in consults):
        yield "CONSULT_TOO_LOW"


def shares(scenario: Scenario, *, most_choices: int) -> set[Fraction]:
    """The share of every road that comes to an end with at most so many choices, by trying all."""
    first = {node.id: node for node in reversed(scenario.nodes)}
    found: set[Fraction] = set()
    waiting: list[tuple[str, list[tuple[Node, Choice]]]] = [(scenario.start, [])]
    while waiting:
        name, road = waiting.pop()
        node = first[name]
        if node.kind == "end":
            share = _share(road)
            if share is not None:
                found.add(share)
        elif node.kind != "decision":
            waiting.append((node.next or "", road))
        elif len(road) < most_choices:
            made = [choice.id for met, choice in road if met.id == node.id]
            fewest = min(made.count(choice.id) for choice in node.choices)
            waiting += [
                (choice.next, [*road, (node, choice)])
                for choice in node.choices
                if made.count(choice.id) == fewest
            ]
    return found


def _share(road: list[tuple[Node, Choice]]) -> Fraction | None:
    firsts: dict[str, tuple[Node, Choice]] = {}
    for node, choice in road:
        firsts.setdefault(node.id, (node, choice))
    best = sum(max(POINTS[c.quality] for c in node.choices) for node, _choice in firsts.values())
    got = sum(POINTS[choice.quality] for _node, choice in firsts.values())
    return Fraction(got, best) if best else None
