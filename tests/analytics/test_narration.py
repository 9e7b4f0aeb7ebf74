"""Sentences come from templates and never speak of cause."""

import re
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from analytics.presenters.narration import association_sentence
from analytics.rules.association import Association, Code, Correlation, bonett_wright
from analytics.rules.indicators import EVENTS

BANNED = [  # ANALYTICS, function 12
    "effect",
    "leidt tot",
    "zorgt voor",
    "dankzij",
    "veroorzaakt",
    "bewijst",
    "impact",
    "causes",
    "leads to",
    "due to",
]
PATTERN = re.compile("|".join(BANNED), re.IGNORECASE)
CODES = [Code.TOO_FEW_MONTHS, Code.TOO_FEW_INSTITUTIONS, Code.CONSTANT_INPUT]
NOTHING = Association(
    status="refused",
    code=Code.TOO_FEW_MONTHS,
    n_institutions=9,
    n_informative=5,
    n_months=20,
    n_missing=3,
    n_events=40,
    n_events_untrained=10,
    n_events_trained=10,
    data_snapshot_sha256="0" * 64,
)


def result(rho: float, n: int = 20) -> Association:
    found = Correlation(rho, *bonett_wright(rho, n), n)
    return replace(NOTHING, status="ok", code=Code.OK, correlation=found)


ALL = [result(0.9), result(-0.9), result(0.1), *(replace(NOTHING, code=code) for code in CODES)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_banned_word_in_any_sentence(language: str) -> None:
    with translation.override(language):
        sentences = [association_sentence(one, outcome) for one in ALL for outcome in EVENTS]
    assert len(set(sentences)) >= 12
    assert [s for s in sentences if PATTERN.search(s)] == []


def test_no_banned_word_in_any_text_of_analytics() -> None:
    """The source of the pages and of the code, and the Dutch that belongs to them."""
    base = Path(settings.BASE_DIR)
    found = []
    for path in [*base.glob("analytics/**/*.py"), *base.glob("templates/analytics/**/*.html")]:
        text = path.read_text()
        texts = re.findall(r'_\(\s*((?:"[^"]*"\s*)+)', text) if path.suffix == ".py" else [text]
        found += [(path.name, t) for t in texts if PATTERN.search(t)]
    assert found == []


def test_no_banned_word_in_the_dutch_of_analytics() -> None:
    catalogue = Path(settings.BASE_DIR) / "locale/nl/LC_MESSAGES/django.po"
    if not catalogue.exists():
        pytest.skip("no catalogue yet")
    ours = [
        entry
        for entry in polib.pofile(str(catalogue))
        if any("analytics" in place for place, _line in entry.occurrences)
    ]
    texts = [text for entry in ours for text in [entry.msgstr, *entry.msgstr_plural.values()]]
    assert [text for text in texts if PATTERN.search(text)] == []


def test_direction_follows_the_interval_and_not_the_estimate() -> None:
    with translation.override("en"):
        up, down, unsure = (association_sentence(one, EVENTS[0]) for one in ALL[:3])
    assert "rose more as well" in up
    assert "rose less" in down
    assert "too uncertain to say" in unsure


def test_an_interval_is_always_told() -> None:
    with translation.override("nl"):
        sentence = association_sentence(result(0.1), EVENTS[0])
    assert re.search(r"−?0,\d\d", sentence)
    assert sentence.count("0,") >= 3


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_says_what_would_be_enough(code: Code) -> None:
    with translation.override("en"):
        sentence = association_sentence(replace(NOTHING, code=code), EVENTS[0])
    assert "need" in sentence
