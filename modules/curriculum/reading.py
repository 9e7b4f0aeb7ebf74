"""From what the file of a module says to the raw values of our fields.

Ids follow from the place in the file (or from the ids that it names), so that loading twice gives
the same ids and the answers of learners stay attached to their questions.
"""

from typing import Any

from modules.curriculum.markup import to_html
from modules.scenario_text.ids import stable_id

Raw = dict[str, Any]


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
