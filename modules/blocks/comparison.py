"""Two versions of a scenario beside each other: what changed in full, the rest in a line.

Wagtail's own writes every field of every block, and breaks on a picture that is not there.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.admin.compare import ListBlockComparison, StructBlockComparison, diff_text


class PartComparison(StructBlockComparison):  # type: ignore[misc]
    """Of one moment, or of one choice in it."""

    def has_changed(self) -> bool:
        return bool(read(self.block, self.val_a) != read(self.block, self.val_b))

    def htmlvalue(self, value: Any) -> SafeString:
        if self.exists_a and self.exists_b:
            return format_html("<p>{} ({})</p>", self._title(value), gettext("unchanged"))
        filled = [
            (child.label, shown)
            for name, child in self.block.child_blocks.items()
            if (shown := self._whole(child, value.get(name)))
        ]
        return self._told(value, filled)

    def htmldiff(self) -> SafeString:
        return self._told(self.val_b, self._changes())

    def _changes(self) -> Iterator[tuple[Any, Any]]:
        for name, child in self.block.child_blocks.items():
            before, after = self.val_a.get(name), self.val_b.get(name)
            if read(child, before) == read(child, after):
                continue
            if isinstance(child, blocks.ListBlock) and is_of_parts(child):
                yield child.label, ListBlockComparison(child, True, True, before, after).htmldiff()
            else:
                yield child.label, diff_text(words(child, before), words(child, after)).to_html()

    def _whole(self, child: Any, value: Any) -> Any:
        if not (isinstance(child, blocks.ListBlock) and is_of_parts(child)):
            return words(child, value)
        parts = [
            PartComparison(child.child_block, self.exists_a, self.exists_b, part, part)
            for part in value or ()
        ]
        return format_html_join("", "{}", ((part.htmlvalue(part.val_b),) for part in parts))

    def _title(self, value: Any) -> SafeString:
        name = value.get("name") or value.get("text") or ""
        return format_html("<strong>{}</strong> {}", self.block.label, name)

    def _told(self, value: Any, fields: Any) -> SafeString:
        listed = format_html_join("", "<dt>{}</dt><dd>{}</dd>", fields)
        return format_html("<p>{}</p><dl>{}</dl>", self._title(value), listed)


class Part(blocks.StructBlock):
    """A moment, or a choice in it."""

    def get_comparison_class(self) -> type[PartComparison]:
        return PartComparison


def is_of_parts(block: blocks.ListBlock) -> bool:
    return isinstance(block.child_block, Part)


def read(block: Any, value: Any) -> Any:
    """What somebody reads in it: nothing filled in is the same however it is stored."""
    if isinstance(block, Part):
        fields = block.child_blocks.items()
        return {name: read(child, value.get(name)) for name, child in fields} if value else None
    if isinstance(block, blocks.ListBlock) and is_of_parts(block):
        return [(part.id, read(part.block, part.value)) for part in value.bound_blocks]
    return words(block, value)


def words(block: Any, value: Any) -> str:
    """What an editor filled in, as words."""
    if isinstance(block, blocks.BooleanBlock):
        return gettext("yes") if value else gettext("no")
    if isinstance(block, blocks.ListBlock | blocks.MultipleChoiceBlock):
        return "\n".join(str(part) for part in value or ())
    if isinstance(block, blocks.ChoiceBlock):
        return str(dict(block.field.choices).get(value, value) if value else "")
    return "" if value is None else str(value).replace("\r\n", "\n")
