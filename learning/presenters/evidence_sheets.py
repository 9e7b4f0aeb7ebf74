"""CSV about earlier training: the example, and the verdicts of a whole file."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.utils.translation import gettext as _

from learning.presenters.evidence import Line, column_names
from learning.rules.evidence import Column

MARK = "\ufeff"  # so that Excel reads UTF-8
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def example(programmes: Sequence[str]) -> bytes:
    """Three rows, with titles that are in use here."""
    titles = [*programmes, _("Title of the programme")]
    return _sheet(
        [column_names()[column] for column in Column],
        [
            ["anna.bakker@voorbeeld.nl", titles[0], "2026-05-03", "certificaat"],
            ["bram.dijkstra@voorbeeld.nl", titles[0], "3-5-2026", "presentielijst"],
            ["carla.evers@voorbeeld.nl", titles[min(1, len(titles) - 1)], "12-1-2026", "lms"],
        ],
    )


def verdicts(lines: Iterable[Line]) -> bytes:
    names = column_names()
    header = [
        _("row"),
        names[Column.EMAIL],
        names[Column.PROGRAMME],
        names[Column.COMPLETED_ON],
        _("verdict"),
        _("explanation"),
    ]
    return _sheet(
        header,
        (
            [
                str(line.number),
                line.email,
                line.programme,
                line.completed_on.isoformat() if line.completed_on else "",
                line.verdict,
                line.text,
            ]
            for line in lines
        ),
    )


def _sheet(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    sheet = StringIO(newline="")
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return (MARK + sheet.getvalue()).encode()


def _harmless(cell: str) -> str:
    """What a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(FORMULA_STARTS) else cell
