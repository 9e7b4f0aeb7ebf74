"""Every action that any app puts on record has words for the page."""

import re
from pathlib import Path

from django.conf import settings

from organisations.trail_words import WORDS

APPS = ["organisations", "modules", "assessments", "learning", "analytics", "config"]
RECORDED = re.compile(r'\b_?record\(\s*\n?\s*"([a-z_.]+)"')


def recorded_actions() -> set[str]:
    base = Path(settings.BASE_DIR)
    sources = (path for app in APPS for path in (base / app).rglob("*.py"))
    return {code for path in sources for code in RECORDED.findall(path.read_text())}


def test_every_recorded_action_has_words_and_no_words_are_left_over() -> None:
    assert recorded_actions() == set(WORDS)
