"""On which line of the text a fault of the scenario can be put right."""

from collections.abc import Iterator

from modules.rules.scenario_faults import Fault, faults
from modules.scenario_text.library import Library
from modules.scenario_text.story import Said, scenario_of
from modules.yaml_text.found import Found, Path
from modules.yaml_text.problems import Problem

OF_ALL_CHOICES = {"CHOICE_COUNT", "NO_GOOD_CHOICE", "NO_CONSULT"}
FOLLOW_FROM_OTHERS = {"NO_END", "UNREACHABLE", "NO_WAY_OUT"}
NAMES = {"NO_START", "MISSING_TARGET", "UNREACHABLE"}
OF_THE_WHOLE = {"NO_START": "start", "NO_LAW_DATE": "purpose", "NO_END": "nodes"}
AT_KEY = {
    "DUPLICATE_NODE": "id",
    "NO_TEXT": "text",
    "NO_SPEAKER": "speaker",
    "NO_TARGET": "next",
    "MISSING_TARGET": "next",
    "CHOICE_COUNT": "choices",
    "NO_GOOD_CHOICE": "choices",
    "NO_CONSULT": "choices",
    "NO_CHOICE_TEXT": "text",
    "DUPLICATE_CHOICE": "id",
    "NO_QUALITY": "quality",
    "CONSULT_TOO_LOW": "quality",
    "NO_FEEDBACK": "why",
    "NO_ALT": "image",
    "NO_TRANSCRIPT": "recording",
}
OF_A_CHOICE = {
    "NO_CHOICE_TEXT",
    "DUPLICATE_CHOICE",
    "NO_QUALITY",
    "CONSULT_TOO_LOW",
    "NO_FEEDBACK",
}


def located_faults(
    said: Said, library: Library | None, found: Found
) -> Iterator[tuple[Problem, Fault]]:
    """Each with its line and what was probably meant.

    What only follows from a problem in the text is kept back: first that one must be mended.
    """
    names = [node.get("id", "") for node in said.get("nodes", ())]
    for fault in faults(scenario_of(said, library)):
        if found.problems and _follows(fault, names):
            continue
        for path in _paths(fault, said, names):
            inside = fault.code in OF_ALL_CHOICES and any(
                one[: len(path)] == path for one in found.unread
            )
            if inside or path in found.unread:
                continue  # told already
            near = found.closest(fault.target, list(filter(None, names))) if fault.target else ""
            yield Problem(fault.code, found.line(*path), suggestion=near), fault


def _follows(fault: Fault, names: list[str]) -> bool:
    return fault.code in FOLLOW_FROM_OTHERS or (fault.code in NAMES and ("" in names or not names))


def _paths(fault: Fault, said: Said, names: list[str]) -> list[Path]:
    if fault.code in OF_THE_WHOLE:
        return [(OF_THE_WHOLE[fault.code],)]
    places = [number for number, name in enumerate(names) if name == fault.node_id]
    if fault.code == "DUPLICATE_NODE":
        return [("nodes", number, "id") for number in places[1:]]
    for number in places:
        paths = _in_node(fault, number, said["nodes"][number])
        if paths:
            return paths[:1]
    return [("nodes", places[0])] if places else [()]


def _in_node(fault: Fault, number: int, node: Said) -> list[Path]:
    """Where in this moment; nothing when the fault is not in this one of several alike."""
    place: Path = ("nodes", number)
    key = AT_KEY.get(fault.code)
    if key is None:
        return [place]
    if fault.code in OF_A_CHOICE or fault.choice:
        return [
            (*place, "choices", which, key)
            for which, choice in enumerate(node.get("choices", ()))
            if _is_meant(choice, fault)
        ]
    if fault.code == "MISSING_TARGET" and node.get("next", "") != fault.target:
        return [
            (*place, "choices", which, key)
            for which, choice in enumerate(node.get("choices", ()))
            if choice.get("next") == fault.target
        ]
    return [(*place, key)]


def _is_meant(choice: Said, fault: Fault) -> bool:
    if choice.get("text", "") != fault.choice:
        return False
    lacks = {"NO_QUALITY": "quality", "NO_FEEDBACK": "why", "NO_TARGET": "next"}
    key = lacks.get(fault.code)
    if fault.code == "MISSING_TARGET":
        return bool(choice.get("next") == fault.target)
    if fault.code == "CONSULT_TOO_LOW":
        return bool(choice.get("consult"))
    return key is None or not choice.get(key)
