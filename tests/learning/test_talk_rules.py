"""A conversation cut into beats, and the ways to a decision."""

import pytest
from django.utils.translation import override

from learning.presenters.debrief import share_words
from learning.rules.talk import beat_of, beats_of, last_choice, made_before, place_asked
from modules.rules.scenario import play
from tests.learning.talking import coming_back, rich
from tests.modules.scenarios import changed, dishes


def kinds(run):
    return [(beat.kind, beat.node.id if beat.node else "") for beat in beats_of(run)]


def test_before_any_choice_the_decision_is_the_last_beat():
    assert kinds(play(dishes(), {})) == [
        ("note", ""),
        ("said", "keuken"),
        ("said", "dom"),
        ("said", "eerst"),
    ]


def test_what_followed_comes_before_why_and_the_road_last():
    run = play(dishes(), {"eerst": ["oordeel"]})
    assert kinds(run)[4:] == [("chosen", "eerst"), ("why", "eerst"), ("said", "na"), ("road", "")]


def test_beats_keep_their_numbers_when_a_choice_is_made():
    before, after = beats_of(play(rich(), {})), beats_of(play(rich(), {"eerst": ["vraag"]}))
    assert after[: len(before)] == before


def test_an_end_without_words_is_no_beat_and_a_decision_without_words_a_silent_one():
    assert "einde" not in {node for _kind, node in kinds(play(dishes(), {"eerst": ["oordeel"]}))}
    assert beats_of(play(rich(), {}))[-1].is_silent
    assert not beats_of(play(dishes(), {}))[-1].is_silent


def test_a_moment_with_only_takeaways_is_read():
    run = play(changed("na", text=""), {"eerst": ["oordeel"]})
    assert ("said", "na") in kinds(run)


def test_somebody_goes_on_at_what_followed_the_last_choice():
    made = {"eerst": ["overleg", "vraag"]}
    beats = beats_of(play(coming_back(), made))
    assert last_choice(beats) == beat_of(beats, "eerst", 2).number
    assert last_choice(beats_of(play(dishes(), {}))) == 1


def test_a_visit_that_was_not_made_has_no_beat():
    beats = beats_of(play(coming_back(), {"eerst": ["overleg"]}))
    assert beat_of(beats, "eerst", 1) is not None
    assert beat_of(beats, "eerst", 2) is None


@pytest.mark.parametrize(
    ("asked", "place"),
    [("", 5), ("3", 3), ("0", 1), ("99", 9), ("-1", 5), ("²", 5), ("9" * 5000, 5), ("1e3", 5)],
)
def test_any_place_asked_for_is_a_place(asked, place):
    assert place_asked(asked, last=9, otherwise=5) == place


def test_choices_on_the_way_to_a_visit():
    run = play(coming_back(), {"eerst": ["overleg", "vraag"], "beloof": ["eerlijk"]})
    assert run.ended
    assert made_before(run, "eerst", 1) == {}
    assert made_before(run, "eerst", 2) == {"eerst": ["overleg"]}
    assert made_before(run, "beloof", 1) == {"eerst": ["overleg", "vraag"]}
    assert made_before(run, "beloof", 2) is None
    assert made_before(run, "na", 1) is None


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.0, "Almost"), (0.85, "Almost"), (0.84, "Mostly"), (0.6, "Mostly"), (0.35, "Sometimes")]
    + [(0.34, "At most"), (0.0, "At most"), (None, "")],
)
def test_a_share_in_words(share, words):
    with override("en"):
        assert share_words(share).startswith(words)
