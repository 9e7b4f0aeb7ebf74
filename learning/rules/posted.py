"""JSON that a browser posted, read without believing any of it."""

import hashlib
import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn

MOST_DEPTH = 40  # of lists and objects in each other; real reports reach about twelve


class NotTaken(Exception):
    """Something that was posted is off; `code` says what, for who counts it."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def read_body(raw: bytes) -> dict[str, Any]:
    """The object that was posted. Every number in it is finite, every text can be stored.

    Raises NotTaken: NOT_JSON (also NaN, Infinity, 1e400, a name twice in one object, other
    encodings), TOO_DEEP, TEXT (a NUL or half a character), BODY (no object).
    """
    try:
        body = parse(raw.decode())
    except UnicodeDecodeError:
        raise NotTaken("NOT_JSON") from None
    _check(body)
    if not isinstance(body, dict):
        raise NotTaken("BODY")
    return body


def parse(text: str) -> Any:
    """Raises NotTaken: NOT_JSON, TOO_DEEP."""
    try:
        return json.loads(
            text, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_once
        )
    except ValueError:
        raise NotTaken("NOT_JSON") from None
    except RecursionError:
        raise NotTaken("TOO_DEEP") from None


def fingerprint(value: Any) -> str:
    """Equal for what says the same, however it was written."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name twice")
    return found


def _check(value: Any) -> None:
    waiting = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise NotTaken("TOO_DEEP")
        if isinstance(one, str) and not _can_be_stored(one):
            raise NotTaken("TEXT")
        waiting += [(inner, depth + 1) for inner in _inside(one)]


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _can_be_stored(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
