"""The decision tree, published as it is shipped or as a test wants it."""

import json
from datetime import date
from typing import Any

from django.conf import settings

from modules.decision_tree import SLUG
from modules.models import Scenario
from modules.scenario_text.blocks import raw_nodes
from modules.scenario_text.library import Library
from modules.scenario_text.reading import read

FILE = settings.BASE_DIR / "curriculum" / "nl" / "scenarios" / f"{SLUG}.yaml"


def shipped_nodes() -> list[dict[str, Any]]:
    """The moments of the shipped tree, as the field keeps them."""
    said = read(FILE.read_bytes()).said
    assert said is not None
    return raw_nodes(said, Library())


def question(name: str, text: str, answers: dict[str, str]) -> dict[str, Any]:
    """A moment that asks; `answers` are texts with the moment that each leads to."""
    choices = [
        {"type": "item", "id": f"{name}-{number}", "value": {"text": answer, "next": leads_to}}
        for number, (answer, leads_to) in enumerate(answers.items())
    ]
    value = {"name": name, "text": text, "choices": choices}
    return {"type": "decision", "id": name, "value": value}


def moment(name: str, text: str, leads_to: str = "", contact: str = "") -> dict[str, Any]:
    """Something to read; an end where nothing follows."""
    value = {"name": name, "text": text, "contact": contact}
    kind = "situation" if leads_to else "end"
    return {"type": kind, "id": name, "value": value | ({"next": leads_to} if leads_to else {})}


def make_tree(nodes: list[dict[str, Any]] | None = None, **fields: Any) -> Scenario:
    """Published; the shipped text, checked on the first day of 2026, where nothing is said."""
    values = {
        "slug": SLUG,
        "title": "Beslissingsboom melden en registreren",
        "purpose": Scenario.Purpose.REFERENCE,
        "law_checked_on": date(2026, 1, 1),
        "nodes": json.dumps(shipped_nodes() if nodes is None else nodes),
        "live": False,
    }
    tree = Scenario.objects.create(**values | fields)
    tree.save_revision().publish()
    tree.refresh_from_db()
    return tree
