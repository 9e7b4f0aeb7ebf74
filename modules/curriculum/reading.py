"""From a curriculum file to the raw values of our fields.

Ids follow from the place in the file (or from the ids that it names), so that loading twice gives
the same ids and the answers of learners stay attached to their questions.
"""

import uuid
from pathlib import Path
from typing import Any

import yaml

from modules.curriculum.markup import to_html

FOLDER = Path(__file__).parent
NAMESPACE = uuid.UUID("6f1d7c1e-4f57-4b8e-9b58-0d0a3c1f7e21")
MODULES = ("het-gesprek-openen",)

Raw = dict[str, Any]


def read(name: str) -> Any:
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def stable_id(*place: object) -> str:
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in place)))


def _listed(values: list[Any], *place: object) -> list[Raw]:
    """A list block: each value with an id of its own, from its `id` or its number."""
    return [
        {
            "type": "item",
            "value": value,
            "id": stable_id(*place, value.pop("id", number) if isinstance(value, dict) else number),
        }
        for number, value in enumerate(values)
    ]


def module_fields(data: Raw) -> Raw:
    review = data.get("review", {})
    return {
        "title": data["title"],
        "summary": data["summary"].strip(),
        "minutes": data["minutes"],
        "content_note": to_html(data.get("content_note", "")),
        "support": to_html(data.get("support", "")),
        "review_status": review.get("status", "concept"),
        "reviewed_by_role": review.get("by_role", ""),
        "reviewed_on": review.get("on"),
        "law_checked_on": data.get("law_checked_on"),
    }


def steps(data: Raw, scenario_ids: dict[str, int]) -> list[Raw]:
    """Raw steps. `scenario_ids` gives the primary key of each scenario by its slug."""
    return [
        {
            "type": step["kind"],
            "id": stable_id(data["slug"], step.get("id", number)),
            "value": _step(step, stable_id(data["slug"], step.get("id", number)), scenario_ids),
        }
        for number, step in enumerate(data["steps"])
    ]


def _step(step: Raw, step_id: str, scenario_ids: dict[str, int]) -> Raw:
    value = {
        "title": step["title"],
        "minutes": step["minutes"],
        "text": to_html(step.get("text", "")),
    }
    if step["kind"] == "self_rating":
        value["occasion"] = step["occasion"]
    if step["kind"] == "scenario":
        value["scenario"] = scenario_ids[step["scenario"]]
    if step["kind"] == "knowledge_check":
        items = [_item(item, step_id, number) for number, item in enumerate(step["items"])]
        value["items"] = _listed(items, step_id)
    return value


def _item(item: Raw, step_id: str, number: int) -> Raw:
    name = item.get("id", number)
    options = [
        {
            "id": option.get("id", place),
            "text": option["text"],
            "is_correct": option.get("correct", False),
            "feedback": option.get("feedback", "").strip(),
        }
        for place, option in enumerate(item["options"])
    ]
    return {
        "id": name,
        "question": item["question"],
        "options": _listed(options, step_id, name),
        "explanation": item.get("explanation", "").strip(),
    }


def nodes(scenario: Raw) -> list[Raw]:
    return [
        {
            "type": node["kind"],
            "id": stable_id("scenario", scenario["slug"], node["id"]),
            "value": _node(node, scenario["slug"]),
        }
        for node in scenario["nodes"]
    ]


def _node(node: Raw, slug: str) -> Raw:
    value: Raw = {"name": node["id"], "text": node.get("text", "").strip()}
    for key in ("speaker", "next"):
        if key in node:
            value[key] = node[key]
    if node["kind"] == "decision":
        choices = [_choice(choice) for choice in node["choices"]]
        value["choices"] = _listed(choices, "scenario", slug, node["id"], "choice")
    if node["kind"] == "debrief":
        value["takeaways"] = _listed(list(node.get("takeaways", ())), slug, node["id"], "takeaway")
    return value


def _choice(choice: Raw) -> Raw:
    return {
        "id": choice["id"],
        "text": choice["text"].strip(),
        "quality": choice["quality"],
        "consequence": choice.get("consequence", "").strip(),
        "why": choice.get("why", "").strip(),
        "alternative": choice.get("alternative", "").strip(),
        "competencies": list(choice.get("competencies", ())),
        "is_consult": choice.get("consult", False),
        "next": choice["next"],
    }


def shipped_competencies() -> list[Raw]:
    return list(read("competencies"))
