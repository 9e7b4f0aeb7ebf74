"""What a tree may look like, key by key. Reading gives plain values and tells every problem.

A value that cannot be read is left out and told; what is left of the text is still read.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from modules.yaml_text.found import Found, Path, brief, line_of, tag_of

STRANGE = re.compile("[\x00\ud800-\udfff]")  # no database can hold these


class Form(ABC):
    @abstractmethod
    def read(self, node: Node, path: Path, found: Found) -> Any:
        """The value; None when it cannot be read, which is then told."""


def _key(path: Path) -> str:
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "")


@dataclass(frozen=True)
class Text(Form):
    """Text, without the white space around it and with one kind of line end."""

    most: int | None = None

    def read(self, node: Node, path: Path, found: Found) -> str | None:
        if not isinstance(node, ScalarNode) or tag_of(node) not in self.tags:
            found.tell("NOT_TEXT", node, key=_key(path))
            return None
        text = str(node.value).replace("\r\n", "\n").replace("\r", "\n").strip()
        if STRANGE.search(text):
            found.tell("BAD_CHARACTER", node)
            return None
        if self.most is not None and len(text) > self.most:
            found.tell("TOO_LONG", node, key=_key(path), number=self.most)
            return None
        return text

    tags = ("str",)


@dataclass(frozen=True)
class Name(Text):
    """A short name by which something else can refer to it."""

    pattern: str = r"[\w-]+"

    def read(self, node: Node, path: Path, found: Found) -> str | None:
        text = super().read(node, path, found)
        if text and not re.fullmatch(self.pattern, text):
            found.tell("NOT_A_NAME", node, value=brief(text))
            return None
        return text


@dataclass(frozen=True)
class OneOf(Form):
    options: tuple[str, ...]

    def read(self, node: Node, path: Path, found: Found) -> str | None:
        value = str(node.value) if isinstance(node, ScalarNode) else ""
        if value in self.options and tag_of(node) in {"str", "int"}:
            return value
        facts = {"value": brief(value), "options": ", ".join(self.options)}
        suggestion = found.closest(value.lower(), self.options)
        found.tell("UNKNOWN_VALUE", node, key=_key(path), suggestion=suggestion, **facts)
        return None


@dataclass(frozen=True)
class Date(Form):
    """A day as an ISO date, with or without quotes."""

    def read(self, node: Node, path: Path, found: Found) -> str | None:
        value = str(node.value) if isinstance(node, ScalarNode) else ""
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                return date.fromisoformat(value).isoformat()
            except ValueError:
                pass
        found.tell("NOT_A_DATE", node, key=_key(path), value=brief(value))
        return None


@dataclass(frozen=True)
class Whole(Form):
    def read(self, node: Node, path: Path, found: Found) -> int | None:
        value = str(node.value) if isinstance(node, ScalarNode) else ""
        if tag_of(node) == "int" and re.fullmatch("0|[1-9][0-9]{0,5}", value):
            return int(value)
        found.tell("NOT_A_NUMBER", node, key=_key(path), value=brief(value))
        return None


@dataclass(frozen=True)
class Flag(Form):
    def read(self, node: Node, path: Path, found: Found) -> bool | None:
        if tag_of(node) == "bool":
            return str(node.value).lower() in {"true", "yes", "on"}
        found.tell("NOT_YES_NO", node, key=_key(path))
        return None


@dataclass(frozen=True)
class ListOf(Form):
    form: Form
    may_be_empty: bool = True
    most: int = 100

    def read(self, node: Node, path: Path, found: Found) -> list[Any] | None:
        if not isinstance(node, SequenceNode):
            found.tell("NOT_A_LIST", node, key=_key(path))
            return None
        if len(node.value) > self.most:
            found.tell("TOO_MANY", node, key=_key(path), number=self.most)
        values: list[Any] = []
        for child in node.value[: self.most]:
            place = (*path, len(values))
            found.lines[place] = line_of(child)
            value = self.form.read(child, place, found)
            values += [] if value is None or value == "" else [value]
        if not node.value and not self.may_be_empty:
            found.tell("NO_PARTS", node, key=_key(path))
        return values


@dataclass(frozen=True)
class Key:
    form: Form
    required: bool = False


def _is_blank(node: Node) -> bool:
    """Whether nothing is filled in: no value, or a text without a letter in it."""
    is_text = isinstance(node, ScalarNode) and tag_of(node) == "str"
    return tag_of(node) == "null" or (is_text and not node.value.strip())


@dataclass(frozen=True)
class Fields(Form):
    """Keys with values. What is read has the keys in the order of this form."""

    keys: Mapping[str, Key]

    def read(self, node: Node, path: Path, found: Found) -> dict[str, Any] | None:
        if not isinstance(node, MappingNode):
            found.tell("NOT_A_MAPPING", node)
            return None
        children = self._children(node, path, found)
        values = {}
        for name, key in self.keys.items():
            child = children.get(name)
            if child is None or _is_blank(child):
                if key.required:
                    found.tell("MISSING_KEY", node if child is None else child, key=name)
                continue
            value = key.form.read(child, (*path, name), found)
            if value is None:
                found.unread.add((*path, name))
            else:
                values[name] = value
        return values

    def _children(self, node: MappingNode, path: Path, found: Found) -> dict[str, Node]:
        children: dict[str, Node] = {}
        options = ", ".join(self.keys)
        for key, value in node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else "?"
            if name in children:
                found.tell("DUPLICATE_KEY", key, key=brief(name))
            elif name not in self.keys:
                facts = {"options": options, "suggestion": found.closest(name, list(self.keys))}
                found.tell("UNKNOWN_KEY", key, key=brief(name), **facts)
            else:
                children[name] = value
                found.lines[*path, name] = line_of(key)
        return children


@dataclass(frozen=True)
class ByKind(Form):
    """Keys with values, of which `kind` says which others there can be."""

    kinds: Mapping[str, Fields]

    def read(self, node: Node, path: Path, found: Found) -> dict[str, Any] | None:
        if not isinstance(node, MappingNode):
            found.tell("NOT_A_MAPPING", node)
            return None
        return self._fields(node).read(node, path, found)

    def _fields(self, node: MappingNode) -> Fields:
        """Of the kind; where that is missing or unknown, all keys that there are."""
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == "kind":
                known = self.kinds.get(value.value) if isinstance(value, ScalarNode) else None
                if known is not None:
                    return known
        return Fields({name: key for one in self.kinds.values() for name, key in one.keys.items()})
