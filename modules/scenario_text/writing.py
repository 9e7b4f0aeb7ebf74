"""Writing a scenario as text. Reading the text gives the same scenario."""

from datetime import date
from typing import Any

from modules.rules.scenario import PRACTICE
from modules.scenario_text.form import CHOICE, FORMAT, NODE, SCENARIO
from modules.scenario_text.ids import choice_id
from modules.scenario_text.story import Said
from modules.yaml_text.emitting import Quoted, mapping, parts


def write(scenario: Any) -> str:
    """Of a `Scenario`, as it is published or as one of its revisions holds it.

    Queries: its pictures and recordings.
    """
    return text_of(said_by(scenario))


def text_of(said: Said) -> str:
    """The same as text."""
    head = {key: said.get(key) for key in SCENARIO.keys if key != "nodes"}
    nodes = parts([_ordered_node(node) for node in said.get("nodes", ())], 1)
    return "\n".join([*mapping(head), *(["nodes:", *nodes] if nodes else ["nodes: []"]), ""])


def _ordered_node(node: Said) -> Said:
    form = NODE.kinds[node["kind"]]
    ordered = {key: node.get(key) for key in form.keys}
    if node.get("choices"):
        ordered["choices"] = [_ordered_choice(choice) for choice in node["choices"]]
    return ordered


def _ordered_choice(choice: Said) -> Said:
    ordered = {key: choice.get(key) for key in CHOICE.keys}
    if choice.get("quality"):
        ordered["quality"] = Quoted(choice["quality"])
    return ordered


def said_by(scenario: Any) -> Said:
    """What the scenario says, in the form of the text."""
    said = {
        "format": FORMAT,
        "slug": scenario.slug,
        "title": _tidy(scenario.title),
        "purpose": scenario.purpose or PRACTICE,
        "law_checked_on": _day(scenario.law_checked_on),
        "reviewed_by_role": _tidy(scenario.reviewed_by_role),
        "reviewed_on": _day(scenario.reviewed_on),
        "note": _tidy(scenario.note),
        "start": scenario.start,
        "nodes": [_node(block, scenario.slug) for block in scenario.nodes],
    }
    return _filled(said)


def _node(block: Any, slug: str) -> Said:
    value, name = block.value, block.value["name"] or ""
    texts = {key: _tidy(value.get(key)) for key in ("speaker", "text", "remark")}
    said = {
        "id": name,
        "kind": block.block_type,
        **texts,
        "next": value.get("next"),
        "contact": value.get("contact"),
        "image": _image(value.get("image")),
        "recording": value["recording"].title if value.get("recording") else None,
        "takeaways": [_tidy(line) for line in value.get("takeaways", ()) if _tidy(line)],
    }
    if block.block_type == "decision":
        children = value["choices"].bound_blocks
        said["choices"] = [
            _choice(child, choice_id(slug, name, None, number))
            for number, child in enumerate(children)
        ]
    return _filled(said)


def _choice(child: Any, id_by_place: str) -> Said:
    value = child.value
    texts = ("text", "consequence", "why", "alternative")
    return _filled(
        {
            "id": None if child.id == id_by_place else child.id,
            "quality": value["quality"],
            "consult": True if value["is_consult"] else None,
            **{key: _tidy(value[key]) for key in texts},
            "competencies": list(value["competencies"] or ()),
            "next": value["next"],
        }
    )


def _image(image: Any) -> Said | None:
    if image is None:
        return None
    alt = "" if image.decorative else _tidy(image.contextual_alt_text)
    return _filled({"title": image.title, "alt": alt, "decoration": image.decorative or None})


def _filled(said: Said) -> Said:
    return {key: value for key, value in said.items() if value not in ("", None, [], {})}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _tidy(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
