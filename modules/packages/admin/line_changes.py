"""What differs between two texts, line by line. Plain Python."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

AROUND = 3  # lines shown before and after a change
MOST_LINES = 4_000  # of a text; comparing takes time that grows faster than the text
MOST_SHOWN = 20_000  # lines of one text
Sign = Literal[" ", "+", "-", "…"]


@dataclass(frozen=True)
class Line:
    """A line of the older or the newer text; "…" stands where lines are left out."""

    sign: Sign
    text: str = ""
    number: int | None = None  # in the newer text; of a removed one, in the older


def whole(text: str) -> list[Line]:
    """Whole lines, also the long ones of a script without breaks: anything may hide in there."""
    lines = text.split("\n")
    shown = [Line(" ", line, at) for at, line in enumerate(lines[:MOST_SHOWN], start=1)]
    return shown + ([Line("…")] if len(lines) > MOST_SHOWN else [])


def changes(old: str, new: str) -> list[Line] | None:
    """The changed lines with a few around them; None when a text is too long to compare."""
    before, after = old.split("\n"), new.split("\n")
    if max(len(before), len(after)) > MOST_LINES:
        return None
    found: list[Line] = []
    end = 0  # of what was shown of the newer text
    for group in SequenceMatcher(None, before, after).get_grouped_opcodes(AROUND):
        if group[0][3] > end:
            found.append(Line("…"))
        for code in group:
            found += _told(code, before, after)
        end = group[-1][4]
    if found and end < len(after):
        found.append(Line("…"))
    return found


def _told(code: tuple[str, int, int, int, int], before: list[str], after: list[str]) -> list[Line]:
    kind, first, last, start, end = code
    new = range(start, end)
    if kind == "equal":
        return [Line(" ", after[at], at + 1) for at in new]
    gone = [Line("-", before[at], at + 1) for at in range(first, last)]
    return gone + [Line("+", after[at], at + 1) for at in new]
