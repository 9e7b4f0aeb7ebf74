"""What comes up while a tree is read: problems, and the line of everything."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from yaml.nodes import Node

from modules.yaml_text.problems import Problem

Path = tuple[str | int, ...]
STANDARD = "tag:yaml.org,2002:"
MOST_IN_MESSAGE = 40
MOST_TOLD = 500  # problems; whoever has so many mends the first ones first
MOST_SUGGESTIONS = 50  # to look for what was meant takes time


@dataclass
class Found:
    """What came up while reading: the problems, and the line of everything that was read."""

    problems: list[Problem] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)
    unread: set[Path] = field(default_factory=set)  # what is there, but made no sense

    suggested: int = 0

    def tell(self, code: str, node: Node, **facts: Any) -> None:
        if len(self.problems) < MOST_TOLD:
            self.problems.append(Problem(code, line_of(node), **facts))

    def closest(self, word: str, options: Sequence[str]) -> str:
        """What was probably meant, or ""."""
        self.suggested += 1
        if self.suggested > MOST_SUGGESTIONS:
            return ""
        return next(iter(get_close_matches(word[:MOST_IN_MESSAGE], options, n=1)), "")

    def line(self, *path: str | int) -> int:
        """Of the place, or of the nearest that it lies in."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def line_of(node: Node) -> int:
    return int(node.start_mark.line) + 1


def tag_of(node: Node) -> str:
    """The kind of value that YAML sees in it: str, int, bool, null, map…"""
    return str(node.tag).removeprefix(STANDARD)


def brief(text: str) -> str:
    return text if len(text) <= MOST_IN_MESSAGE else f"{text[:MOST_IN_MESSAGE]}…"
