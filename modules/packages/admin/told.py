"""What is wrong with a file, by the files in it, and what somebody can do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from modules import wording
from modules.rules.h5p import faults
from modules.rules.h5p.found import Reason

EXPORT_AGAIN = _(
    "Open the activity in the program in which it was made, and save it as an H5P file once more."
)
ADVICE: list[tuple[Mapping[str, str], str]] = [
    (faults.WHOLE, EXPORT_AGAIN),
    (faults.MEMBERS, EXPORT_AGAIN),
    (
        faults.NAMES,
        _(
            "Give pictures, sounds and films plain names: letters, digits and hyphens. "
            "Put them in the activity again, and save it as an H5P file."
        ),
    ),
    (
        faults.LAYOUT,
        _(
            "In an activity go pictures (PNG, JPEG, GIF, WebP), sounds and films. "
            "Put such a file in its place, and save the activity as an H5P file."
        ),
    ),
    (faults.JSON, EXPORT_AGAIN),
    (faults.DESCRIBED, EXPORT_AGAIN),
    (
        faults.CLOSURE,
        _(
            "Save the activity as an H5P file with all its libraries, in a program that is up to "
            "date. Does that not help? Then ask whoever made this content type."
        ),
    ),
]


@dataclass(frozen=True)
class ToldAtFile:
    file: str  # "" when it is about the whole
    texts: list[str]


@dataclass(frozen=True)
class Told:
    files: list[ToldAtFile]
    advice: list[str]


def told_by_file(reasons: Iterable[Mapping[str, Any]]) -> Told:
    """Of reasons as `H5PUpload.reasons` keeps them; in their own order."""
    by_file: dict[str, list[str]] = {}
    codes = set()
    for kept in reasons:
        reason = Reason(**kept)
        by_file.setdefault(reason.file, []).append(wording.h5p_reason(reason))
        codes.add(reason.code)
    found = [gettext(text) for group, text in ADVICE if codes & group.keys()]
    return Told(
        files=[ToldAtFile(file, texts) for file, texts in by_file.items()],
        advice=list(dict.fromkeys(found)),
    )
