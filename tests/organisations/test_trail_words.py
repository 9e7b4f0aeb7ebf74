"""Every action that any app puts on record has words for the page."""

import re
from pathlib import Path

from django.conf import settings

from organisations.trail_words import WORDS

APPS = ["organisations", "modules", "assessments", "learning", "analytics", "config"]
RECORDED = re.compile(r'(?<![.\w])_?(?:record|line)\(\s*\n?\s*"([a-z0-9_.]+)"')
TABLE = re.compile(r"^ACTIONS\b[^{]*\{([^}]*)\}", re.MULTILINE)  # codes chosen by kind
CODE = re.compile(r':\s*"([a-z0-9_.]+)"')


def recorded_actions() -> set[str]:
    base = Path(settings.BASE_DIR)
    sources = (path for app in APPS for path in (base / app).rglob("*.py"))
    texts = [path.read_text() for path in sources]
    named = {code for text in texts for code in RECORDED.findall(text)}
    tables = [table for text in texts for table in TABLE.findall(text)]
    return named | {code for table in tables for code in CODE.findall(table)}


def test_every_recorded_action_has_words_and_no_words_are_left_over() -> None:
    assert recorded_actions() == set(WORDS)
