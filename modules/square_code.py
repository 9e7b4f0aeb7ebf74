"""A code that a telephone's camera reads as an address."""

from dataclasses import dataclass

import segno

MARGIN = 2  # modules of white around it


@dataclass(frozen=True)
class SquareCode:
    """A drawing for an inline SVG: `path` on a field of `size` by `size`."""

    size: int
    path: str


def drawn(address: str) -> SquareCode:
    """The code as one path of unit squares, one stretch of a row at a time."""
    rows = segno.make(address, error="m", micro=False).matrix
    path = "".join(
        f"M{x + MARGIN} {y + MARGIN}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return SquareCode(size=len(rows) + 2 * MARGIN, path=path)
