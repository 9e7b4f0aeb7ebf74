"""From what a text says to the scenario that is played."""

from typing import Any

from modules.rules.scenario import PRACTICE, YOU, Choice, Node, Picture, Recording, Scenario
from modules.scenario_text.ids import choice_id
from modules.scenario_text.library import Library

Said = dict[str, Any]  # as form.py reads it


def scenario_of(said: Said, library: Library | None = None) -> Scenario:
    """Pictures have no address here, recordings no sound; without a library no transcript."""
    nodes = tuple(_node(node, said.get("slug", ""), library) for node in said.get("nodes", ()))
    return Scenario(
        id=said.get("slug", ""),
        title=said.get("title", ""),
        start=said.get("start") or (nodes[0].id if nodes else ""),
        nodes=nodes,
        purpose=said.get("purpose", PRACTICE),
        note=said.get("note", ""),
        law_checked_on=said.get("law_checked_on"),
    )


def _node(node: Said, slug: str, library: Library | None) -> Node:
    name = node.get("id", "")
    choices = node.get("choices", ()) if node.get("kind") == "decision" else ()
    return Node(
        id=name,
        kind=node.get("kind", ""),
        speaker=speaker_of(node.get("speaker", "")),
        text=node.get("text", ""),
        next=node.get("next"),
        choices=tuple(
            _choice(choice, choice_id(slug, name, choice.get("id"), number))
            for number, choice in enumerate(choices)
        ),
        takeaways=tuple(node.get("takeaways", ())),
        picture=_picture(node.get("image")),
        recording=_recording(node.get("recording"), library),
        contact=node.get("contact", ""),
    )


def speaker_of(name: str) -> str:
    """Dutch authors write “u” for the worker."""
    return YOU if name.strip().lower() in {"u", YOU} else name


def _choice(choice: Said, id_: str) -> Choice:
    return Choice(
        id=id_,
        text=choice.get("text", ""),
        quality=choice.get("quality", ""),
        consequence=choice.get("consequence", ""),
        why=choice.get("why", ""),
        alternative=choice.get("alternative", ""),
        competencies=tuple(choice.get("competencies", ())),
        next=choice.get("next", ""),
        is_consult=choice.get("consult", False),
    )


def _picture(image: Said | None) -> Picture | None:
    if image is None:
        return None
    is_decoration = image.get("decoration", False)
    alt = "" if is_decoration else image.get("alt", "")
    return Picture(url="", width=0, height=0, alt=alt, is_decoration=is_decoration)


def _recording(title: str | None, library: Library | None) -> Recording | None:
    if title is None:
        return None
    sound = library.recordings.get(title) if library else None
    return Recording(url="", transcript=sound.transcript if sound else "?")  # not known, no fault
