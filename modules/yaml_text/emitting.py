"""Plain values as YAML that reads well: long text in blocks, everything in the order given.

Text is taken to have no white space around it and one kind of line end, as forms.Text reads it.
"""

import re
from collections.abc import Mapping
from typing import Any

import yaml

WIDTH = 100
DEPTH = "  "
# What only quotes can hold: breaks that are no line feeds, and what YAML does not print.
NOT_IN_A_BLOCK = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class Quoted(str):
    """Text that stands in double quotes, whatever it is."""

    __slots__ = ()


def mapping(values: Mapping[str, Any], depth: int = 0) -> list[str]:
    """Lines of `key: value`; what is empty is left out."""
    lines: list[str] = []
    for key, value in values.items():
        if value not in ("", None, [], {}):
            lines += _pair(key, value, depth)
    return lines


def _pair(key: str, value: Any, depth: int) -> list[str]:
    start = f"{DEPTH * depth}{key}:"
    if isinstance(value, Mapping):
        return [start, *mapping(value, depth + 1)]
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return _texts(start, value, depth)
    if isinstance(value, list):
        return [start, *parts(value, depth + 1)]
    return scalar(start, value, depth + 1)


def parts(values: list[Mapping[str, Any]], depth: int) -> list[str]:
    """A list of mappings, each behind a hyphen, with a blank line between two of them."""
    lines: list[str] = []
    for value in values:
        own = mapping(value, depth + 1)
        first = own[0].strip() if own else "{}"
        lines += ["", f"{DEPTH * depth}- {first}", *own[1:]]
    return lines[1:]


def _texts(start: str, values: list[str], depth: int) -> list[str]:
    """Codes on one line; sentences below each other."""
    in_line = f"{start} [{', '.join(values)}]"
    if all(re.fullmatch(r"[A-Z][A-Z0-9]*", value) for value in values) and len(in_line) <= WIDTH:
        return [in_line]
    lines = [start]
    for value in values:
        lines += scalar(f"{DEPTH * (depth + 1)}-", value, depth + 2)
    return lines


def scalar(start: str, value: Any, depth: int) -> list[str]:
    """One value behind what stands before it; its further lines at the depth given."""
    if not isinstance(value, str):
        return [f"{start} {str(value).lower()}"]
    return _text(start, value, DEPTH * depth)


def _text(start: str, value: str, margin: str) -> list[str]:
    if isinstance(value, Quoted) or NOT_IN_A_BLOCK.search(value):
        return [f"{start} {_quoted(value)}"]
    if "\n" in value:
        lines = [f"{margin}{line}" if line else "" for line in value.split("\n")]
        return [f"{start} |-", *lines]
    if len(start) + 1 + len(value) <= WIDTH:
        return [f"{start} {_plain(value)}"]
    if re.search(r"\t|  ", value):
        return [f"{start} |-", f"{margin}{value}"]
    return [f"{start} >-", *(f"{margin}{line}" for line in _wrapped(value, WIDTH - len(margin)))]


def _quoted(value: str) -> str:
    return _dumped(str(value), '"')


def _plain(value: str) -> str:
    """Without quotes where YAML reads it back as the same text."""
    return _dumped(value, None)


def _dumped(value: str, style: str | None) -> str:
    said: str = yaml.safe_dump(
        value, default_style=style, allow_unicode=True, width=float("inf"), line_break="\n"
    )
    return said.removesuffix("\n...\n").removesuffix("\n")


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines
