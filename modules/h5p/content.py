"""A scenario in the fields of our content type. Plain facts in, plain facts out."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from modules.h5p import library
from modules.rules.scenario import Choice, Node, Scenario

NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:opmerkzaam:scenarios")


@dataclass(frozen=True)
class Packed:
    """A picture or recording as it stands in the package."""

    path: str
    mime: str
    width: int = 0
    height: int = 0

    @property
    def fields(self) -> dict[str, Any]:
        size = {"width": self.width, "height": self.height} if self.width else {}
        return {"path": self.path, "mime": self.mime, **size}


@dataclass(frozen=True)
class Files:
    """By the number of the node: what there is to see and to hear there."""

    pictures: Mapping[int, Packed] = field(default_factory=dict)
    recordings: Mapping[int, Packed] = field(default_factory=dict)


def content_of(
    scenario: Scenario,
    *,
    language: str,
    competencies: Mapping[str, str],
    files: Files,
    is_concept: bool = False,
) -> dict[str, Any]:
    """What content.json holds. `language` is that of buttons and headings; scenarios are Dutch."""
    words = library.words(language)
    shown = sorted({code for node in scenario.nodes for code in _codes(node)} & set(competencies))
    return _without_empty(
        {
            "note": escaped(scenario.note),
            "concept": is_concept or None,
            "language": "nl",
            "start": escaped(scenario.start),
            "nodes": [_node(scenario, place, files) for place in range(len(scenario.nodes))],
            "competencies": [
                {"code": escaped(code), "name": escaped(competencies[code])} for code in shown
            ],
            "contacts": escaped(words["contacts"]),
            "behaviour": {"enableRetry": True, "randomAnswers": True},
            "l10n": {name: escaped(text) for name, text in words["l10n"].items()},
        }
    )


def escaped(text: str) -> str:
    """Text fields of H5P hold escaped text: hosts escape what is not, and leave what is.

    Quotation marks stay: they mean nothing between tags, and our script reads both.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _node(scenario: Scenario, place: int, files: Files) -> dict[str, Any]:
    node = scenario.nodes[place]
    picture, recording = files.pictures.get(place), files.recordings.get(place)
    is_decision = node.kind == "decision"
    return _without_empty(
        {
            "id": escaped(node.id),
            "kind": node.kind,
            "speaker": escaped(node.speaker),
            "text": escaped(node.text),
            "next": escaped(node.next or "") if node.kind not in {"decision", "end"} else "",
            "choices": [_choice(choice) for choice in node.choices] if is_decision else [],
            "takeaways": [escaped(line) for line in node.takeaways],
            "picture": picture.fields if picture else None,
            "alt": escaped(node.picture.alt) if node.picture else "",
            "decoration": node.picture.is_decoration if node.picture else None,
            "recording": [recording.fields] if recording else None,
            "transcript": escaped(node.recording.transcript) if node.recording else "",
            "subContentId": _id_of(scenario, node) if is_decision else "",
        }
    )


def _choice(choice: Choice) -> dict[str, Any]:
    return _without_empty(
        {
            "id": escaped(choice.id),
            "text": escaped(choice.text),
            "quality": choice.quality,
            "consequence": escaped(choice.consequence),
            "why": escaped(choice.why),
            "alternative": escaped(choice.alternative),
            "competencies": [escaped(code) for code in choice.competencies],
            "consult": choice.is_consult or None,
            "next": escaped(choice.next),
        }
    )


def _id_of(scenario: Scenario, node: Node) -> str:
    """The same decision has the same id in each export, so that a host can tell it again."""
    return str(uuid.uuid5(NAMES, f"{scenario.id}/{node.id}"))


def _codes(node: Node) -> Iterable[str]:
    return (code for choice in node.choices for code in choice.competencies)


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields that may be left out are left out."""
    return {name: value for name, value in fields.items() if value not in ("", None, [])}
