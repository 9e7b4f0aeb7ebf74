"""What a browser would send from the edit pages of the Wagtail admin."""

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.test.utils.form_data import rich_text

from modules.models import ModulePage, Scenario


def module_form(page: ModulePage, **changes: Any) -> dict[str, Any]:
    """The form of the module as it stands, with other values where `changes` says so."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "minutes": page.minutes,
        "content_note": rich_text(page.content_note),
        "support": rich_text(page.support),
        "review_status": page.review_status,
        "reviewed_by_role": page.reviewed_by_role,
        "reviewed_on": page.reviewed_on or "",
        "law_checked_on": page.law_checked_on or "",
        **_posted(page.steps.stream_block, page.steps, "steps"),
        **no_comments(),
    }
    return {**data, **changes}


def scenario_form(scenario: Scenario, **changes: Any) -> dict[str, Any]:
    data = {
        "title": scenario.title,
        "slug": scenario.slug,
        "purpose": scenario.purpose,
        "note": scenario.note,
        "law_checked_on": scenario.law_checked_on or "",
        "start": scenario.start,
        **_posted(scenario.nodes.stream_block, scenario.nodes, "nodes"),
    }
    return {**data, **changes}


def no_comments() -> dict[str, Any]:
    names = ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS"]
    return {f"comments-{name}": 0 for name in names} | {"comments-MAX_NUM_FORMS": 1000}


def _posted(block: Any, value: Any, prefix: str) -> dict[str, Any]:
    if isinstance(block, blocks.StreamBlock):
        return _children(list(value), prefix, with_type=True)
    if isinstance(block, blocks.ListBlock):
        return _children(value.bound_blocks, prefix, with_type=False)
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        found: dict[str, Any] = {}
        for name, child in block.child_blocks.items():
            found |= _posted(child, value.get(name), f"{prefix}-{name}")
        return found
    return _field(block, value, prefix)


def _field(block: Any, value: Any, prefix: str) -> dict[str, Any]:
    if isinstance(block, ImageBlock):
        return {f"{prefix}-image": value.pk if value else "", f"{prefix}-alt_text": ""}
    if isinstance(block, blocks.RichTextBlock):
        return {prefix: rich_text(value.source if value else "")}
    if isinstance(block, blocks.BooleanBlock):
        return {prefix: "on"} if value else {}
    return {prefix: getattr(value, "pk", value) if value is not None else ""}


def _children(children: list[Any], prefix: str, *, with_type: bool) -> dict[str, Any]:
    found: dict[str, Any] = {f"{prefix}-count": len(children)}
    for number, child in enumerate(children):
        start = f"{prefix}-{number}"
        found |= {f"{start}-deleted": "", f"{start}-order": number, f"{start}-id": child.id or ""}
        if with_type:
            found[f"{start}-type"] = child.block_type
        found |= _posted(child.block, child.value, f"{start}-value")
    return found
