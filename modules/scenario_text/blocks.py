"""From what a text says to the raw values of our fields."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from modules.rules.scenario import PRACTICE
from modules.scenario_text.ids import choice_id, stable_id
from modules.scenario_text.library import Library
from modules.scenario_text.story import Said

Raw = dict[str, Any]
FIELDS = ("title", "purpose", "note", "law_checked_on", "reviewed_by_role", "reviewed_on", "start")


def raw_fields(
    said: Said, library: Library, block_ids: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The fields of a `Scenario` but its slug."""
    values = {field: said.get(field, "") for field in FIELDS}
    values["purpose"] = said.get("purpose", PRACTICE)
    for field in ("law_checked_on", "reviewed_on"):
        values[field] = date.fromisoformat(said[field]) if field in said else None
    return {**values, "nodes": json.dumps(raw_nodes(said, library, block_ids))}


def raw_nodes(
    said: Said, library: Library, block_ids: Mapping[str, str] | None = None
) -> list[Raw]:
    """The moments as a stream. `block_ids` are those of moments that are there, by name."""
    slug, known = said["slug"], block_ids or {}
    times: Counter[str] = Counter()
    nodes = []
    for node in said["nodes"]:
        name = node.get("id", "")
        times[name] += 1
        again = () if times[name] == 1 else (times[name],)  # two alike: a fault, not a mess
        own = known.get(name) if not again else None
        block_id = own or stable_id("scenario", slug, name, *again)
        nodes.append({"type": node["kind"], "id": block_id, "value": _node(node, slug, library)})
    return nodes


def _node(node: Said, slug: str, library: Library) -> Raw:
    name = node.get("id", "")
    value: Raw = {"name": name, "text": node.get("text", "")}
    for key in ("speaker", "next", "contact", "remark"):
        if key in node:
            value[key] = node[key]
    if "image" in node:
        value["image"] = _image(node["image"], library)
    if "recording" in node:
        value["recording"] = library.recordings[node["recording"]].id
    if node["kind"] == "decision":
        value["choices"] = [
            _item(choice_id(slug, name, choice.get("id"), number), _choice(choice))
            for number, choice in enumerate(node.get("choices", ()))
        ]
    if node["kind"] == "debrief":
        value["takeaways"] = [
            _item(stable_id(slug, name, "takeaway", number), line)
            for number, line in enumerate(node.get("takeaways", ()))
        ]
    return value


def _item(id_: str, value: Any) -> Raw:
    return {"type": "item", "value": value, "id": id_}


def _image(image: Said, library: Library) -> Raw:
    return {
        "image": library.images[image["title"]][0],
        "decorative": image.get("decoration", False),
        "alt_text": image.get("alt", ""),
    }


def _choice(choice: Said) -> Raw:
    return {
        "text": choice.get("text", ""),
        "quality": choice.get("quality", ""),
        "consequence": choice.get("consequence", ""),
        "why": choice.get("why", ""),
        "alternative": choice.get("alternative", ""),
        "competencies": list(choice.get("competencies", ())),
        "is_consult": choice.get("consult", False),
        "next": choice.get("next", ""),
    }
