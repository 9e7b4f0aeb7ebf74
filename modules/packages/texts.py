"""Texts out of strangers' files, made fit to be kept and shown."""

import math
import unicodedata
from typing import Any

# Controls, half characters, ends of lines and paragraphs.
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
# Marks that turn the direction of what stands around them.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str, most: int) -> str:
    """Without what cannot be seen or steers, at most so many characters."""
    seen = "".join(" " if _is_unseen(one) else one for one in text)
    return " ".join(seen.split())[:most].rstrip()


def visible(text: str) -> str:
    """With what cannot be seen or steers written out, as in `\\u202e`. A tab stays."""
    return "".join(
        one.encode("unicode_escape").decode()
        if one != "\t" and (_is_unseen(one) or unicodedata.category(one) == "Cf")
        else one
        for one in text
    )


def storable(value: Any) -> Any:
    """JSON without what PostgreSQL refuses: NUL, half characters, numbers without end."""
    if isinstance(value, str):
        return "".join(one for one in value if one != "\0" and not _is_half(one))
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {storable(str(name)): storable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [storable(one) for one in value]
    return value


def _is_unseen(character: str) -> bool:
    return character in TURNING or unicodedata.category(character) in UNSEEN


def _is_half(character: str) -> bool:
    return unicodedata.category(character) == "Cs"
