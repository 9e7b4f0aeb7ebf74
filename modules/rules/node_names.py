"""Names for moments, so that authors need not invent any. admin-moments.js does the same."""

import re
import unicodedata
from collections.abc import Container

MOST_WORDS, MOST_LETTERS = 4, 32
LONGEST = 50  # that a field for a name takes


def name_from(text: str, taken: Container[str] = (), *, otherwise: str = "moment") -> str:
    """The first words as a name that is not taken; `otherwise` where there are no words."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(part for part in plain if not unicodedata.combining(part)).lower()
    words = re.findall(r"[a-z0-9]+", letters)[:MOST_WORDS]
    while len(words) > 1 and len("-".join(words)) > MOST_LETTERS:
        words.pop()
    return free_name("-".join(words)[:MOST_LETTERS] or otherwise, taken)


def free_name(wanted: str, taken: Container[str]) -> str:
    """The name itself, or with the first number that makes it free: kies, kies-2, kies-3."""
    if wanted not in taken:
        return wanted
    stem = re.sub(r"-\d+$", "", wanted)[: LONGEST - 4]
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
