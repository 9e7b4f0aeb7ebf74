"""From text to a tree of YAML nodes that know their lines. Nothing is constructed from it."""

import re
from typing import Any

import yaml
from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

from modules.yaml_text.problems import Problem, Unreadable

MOST_BYTES = 500_000  # twenty times the largest that is shipped
MOST_DEPTH = 20
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML counts lines
# What PyYAML says of the faults that people make most, and what we call them.
KNOWN = (
    ("mapping values are not allowed", "YAML_COLON"),
    ("sequence entries are not allowed", "YAML_DASH"),
    ("found character '\\t'", "YAML_TAB"),
    ("that cannot start any token", "YAML_START"),
    ("could not find expected ':'", "YAML_KEY"),
    ("expected <block end>", "YAML_INDENT"),
    ("but found another document", "YAML_MORE"),
)


def lines_of(text: str) -> list[str]:
    """The lines to which the numbers of problems refer."""
    return LINE_BREAK.split(text.removeprefix("\ufeff"))


def tree_of(source: str | bytes) -> Any:
    """The one document in the text. Raises `Unreadable`."""
    text = decoded(source)
    try:
        tree = _Loader(text).get_single_node()
    except ReaderError as error:
        raise Unreadable(Problem("BAD_CHARACTER", _line_at(text, error.position))) from error
    except MarkedYAMLError as error:
        raise Unreadable(_problem(error)) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # an escape of no character
        raise Unreadable(Problem("BAD_CHARACTER")) from error
    if tree is None:
        raise Unreadable(Problem("EMPTY"))
    return tree


def decoded(source: str | bytes) -> str:
    """The text, without a mark of its encoding. Raises `Unreadable`."""
    data = source.encode("utf-8", "replace") if isinstance(source, str) else source
    if len(data) > MOST_BYTES:
        raise Unreadable(Problem("TOO_LARGE", number=MOST_BYTES // 1000))
    try:
        text = source if isinstance(source, str) else source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(Problem("NOT_UTF8", line)) from error
    return text.removeprefix("\ufeff")


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Refuses what makes a small text large (aliases), deep or strange (tags)."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise Unreadable(Problem("ANCHOR", line))
        if event.tag is not None:
            raise Unreadable(Problem("TAG", line))
        if self.depth >= MOST_DEPTH:
            raise Unreadable(Problem("TOO_DEEP", line))
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _problem(error: MarkedYAMLError) -> Problem:
    said, mark = error.problem or "", error.problem_mark or error.context_mark
    code = next((code for words, code in KNOWN if words in said), "BAD_YAML")
    if "quoted scalar" in (error.context or "") and "end of stream" in said:
        code = "YAML_QUOTE"
    if code in {"YAML_QUOTE", "YAML_KEY"}:
        mark = error.context_mark or mark  # where it began, not where it went wrong
    if mark is None:
        return Problem(code)
    return Problem(code, mark.line + 1, number=mark.column + 1)


def _line_at(text: str, position: int) -> int:
    return len(LINE_BREAK.findall(text, 0, position)) + 1
