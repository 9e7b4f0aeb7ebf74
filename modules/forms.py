"""The forms of the Wagtail admin. A draft may be faulty; what is published may not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from modules import wording
from modules.rules.content import Review
from modules.rules.module_faults import review_faults, step_faults

MOST_ON_TOP = 6  # one wrong name can make twenty moments unreachable
SENT = ("slug", "title", "purpose", "note", "start", "nodes", "law_checked_on")


class ModuleForm(WagtailAdminPageForm):  # type: ignore[misc]
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.is_deferred_validation or self.errors:
            return cleaned
        from modules.compile import compile_steps, published_story
        from modules.pictures import shown

        steps = compile_steps(cleaned["steps"], show=shown, story_of=published_story)
        review = Review(
            status=cleaned["review_status"],
            by_role=cleaned["reviewed_by_role"],
            on=cleaned["reviewed_on"],
        )
        found = step_faults(steps)
        texts = [(fault.number - 1, wording.module_fault_text(fault)) for fault in found]
        _refuse(self, "steps", texts)
        for fault in review_faults(review):
            self.add_error("review_status", wording.module_fault_text(fault))
        return cleaned


class ScenarioForm(WagtailAdminModelForm):  # type: ignore[misc]
    refused: Any = None  # the scenario as it was sent, when it may not be published

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.is_deferred_validation or set(self.errors) - {"nodes"}:
            return cleaned
        is_filled_in = not self.errors
        sent = self._as_sent(cleaned)
        found = sent.faults
        if found:
            self.refused = sent
        if not is_filled_in:  # each empty field is told already, in its place
            for fault in found[:MOST_ON_TOP]:
                self.add_error(None, ValidationError(wording.scenario_fault_with_choice(fault)))
            return cleaned
        names = [block.value["name"] for block in sent.nodes]
        place = {name: position for position, name in reversed(list(enumerate(names)))}
        texts = [
            (place.get(fault.node_id, -1), wording.scenario_fault_with_choice(fault))
            for fault in found
        ]
        _refuse(self, "nodes", texts)
        return cleaned

    def _as_sent(self, cleaned: dict[str, Any]) -> Any:
        """The scenario as it was sent, with moments that are not filled in yet."""
        values = {field: cleaned[field] for field in SENT if field in cleaned}
        if "nodes" not in values:
            widget = self.fields["nodes"].widget
            name = self.add_prefix("nodes")
            values["nodes"] = widget.value_from_datadict(self.data, self.files, name)
        return type(self.instance)(pk=self.instance.pk, **values)


def _refuse(form: Any, field: str, texts: Iterable[tuple[int, str]]) -> None:
    """Show each fault at the block concerned (its position; -1 for the whole), the first on top."""
    texts = list(texts)
    if not texts:
        return
    for _position, text in texts[:MOST_ON_TOP]:
        form.add_error(None, ValidationError(text))
    at_block: defaultdict[int, list[ValidationError]] = defaultdict(list)
    for position, text in texts:
        at_block[position].append(ValidationError(text))
    of_the_whole = at_block.pop(-1, [])
    at_blocks = {
        position: StructBlockValidationError(non_block_errors=errors)
        for position, errors in at_block.items()
    }
    error = StreamBlockValidationError(block_errors=at_blocks, non_block_errors=of_the_whole)
    error.message = gettext("Each fault stands where it can be put right.")
    form.add_error(field, error)
