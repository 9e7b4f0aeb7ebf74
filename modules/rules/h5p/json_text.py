"""JSON of strangers: what is read holds nothing that a database or a browser would choke on."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from modules.rules.h5p.caps import Caps
from modules.rules.h5p.reasons import Stop, megabytes

# Runs through a text once, whatever stands in it: a string without an end goes to the last byte.
STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
DEEPER, HIGHER = b"[{", b"]}"
BRACKETS = DEEPER + HIGHER
NOT_BRACKETS = bytes(set(range(256)) - set(BRACKETS))
UTF8_MARK = b"\xef\xbb\xbf"
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
LONGEST_NUMBER = 100  # digits


def read_json(text: bytes, caps: Caps) -> Any:
    """The value, or `Stop` with the code of what is wrong. A mark of UTF-8 may stand before it."""
    if len(text) > caps.json_bytes:
        limit = megabytes(caps.json_bytes)
        raise Stop("JSON_TOO_BIG", size=megabytes(len(text)), limit=limit)
    text = text.removeprefix(UTF8_MARK)
    if text.startswith(WIDE_MARKS) or b"\0" in text[:4]:
        raise Stop("JSON_UTF16")
    _check_shape(text, caps)
    value = _loaded(text)
    if b"\\u" in text:
        _check_characters(value)
    return value


def read_object(text: bytes, caps: Caps) -> dict[str, Any]:
    value = read_json(text, caps)
    if not isinstance(value, dict):
        raise Stop("JSON_NOT_OBJECT")
    return value


def _check_shape(text: bytes, caps: Caps) -> None:
    """How deep and how much, before anything is made of it: a parser could run out of stack."""
    bare = STRINGS.sub(b"", text)
    if sum(bare.count(sign) for sign in (b",", b"[", b"{")) > caps.json_values:
        raise Stop("JSON_TOO_MANY", limit=caps.json_values)
    depth = 0
    for bracket in bare.translate(None, NOT_BRACKETS):
        depth += 1 if bracket in DEEPER else -1
        if depth > caps.json_depth:
            raise Stop("JSON_TOO_DEEP", limit=caps.json_depth)


def _loaded(text: bytes) -> Any:
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Stop("JSON_NOT_UTF8") from error
    try:
        return json.loads(decoded, parse_constant=_refused, parse_float=_float, parse_int=_int)
    except json.JSONDecodeError as error:
        raise Stop("JSON_BAD", line=error.lineno, column=error.colno) from error


def _refused(number: str) -> Any:
    raise Stop("JSON_NUMBER", number=number[:20])


def _float(number: str) -> float:
    read = float(number) if len(number) <= LONGEST_NUMBER else math.inf
    return read if math.isfinite(read) else _refused(number)  # type: ignore[no-any-return]


def _int(number: str) -> int:
    return int(number) if len(number) <= LONGEST_NUMBER else _refused(number)  # type: ignore[no-any-return]


def _check_characters(value: Any) -> None:
    for text in texts_in(value):
        if "\0" in text or not _is_whole(text):
            raise Stop("JSON_CHARACTER")


def _is_whole(text: str) -> bool:
    """Without halves of a character, which JSON can spell out and UTF-8 cannot hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def texts_in(value: Any) -> Iterator[str]:
    """Every text, names of fields too."""
    for inner in values_in(value):
        if isinstance(inner, str):
            yield inner
        elif isinstance(inner, dict):
            yield from inner


def values_in(value: Any) -> Iterator[Any]:
    """The value, and all values within it, in no order that means anything."""
    left = [value]
    while left:
        inner = left.pop()
        yield inner
        if isinstance(inner, dict):
            left.extend(inner.values())
        elif isinstance(inner, list):
            left.extend(inner)
