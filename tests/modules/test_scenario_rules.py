import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.rules.scenario import Chosen, Node, Said, Scenario, play, score
from tests.modules.scenarios import dishes, with_choice


def test_play_waits_at_the_first_decision():
    state = play(dishes(), {})
    assert [line.node.id for line in state.lines] == ["keuken", "dom", "eerst"]
    assert state.decision is not None
    assert state.decision.id == "eerst"
    assert not state.ended
    assert state.path == ()


def test_play_goes_on_after_a_choice():
    state = play(dishes(), {"eerst": "vraag"})
    assert [type(line) for line in state.lines] == [Said, Said, Said, Chosen, Said]
    assert state.decision is not None
    assert state.decision.id == "beloof"


def test_play_comes_to_the_end():
    state = play(dishes(), {"eerst": "vraag", "beloof": "eerlijk"})
    assert state.ended
    assert state.decision is None
    assert [(node.id, choice.id) for node, choice in state.path] == [
        ("eerst", "vraag"),
        ("beloof", "eerlijk"),
    ]


def test_an_unknown_choice_counts_as_none():
    state = play(dishes(), {"eerst": "bestaat-niet"})
    assert state.decision is not None
    assert state.decision.id == "eerst"


def test_a_choice_at_a_decision_off_the_path_changes_nothing():
    assert play(dishes(), {"eerst": "oordeel", "beloof": "eerlijk"}).path[-1][0].id == "eerst"


def test_a_loop_stops_the_play_without_ending_it():
    state = play(with_choice("eerst", "oordeel", next="dom"), {"eerst": "oordeel"})
    assert not state.ended
    assert state.decision is None


def test_a_scenario_without_its_start_says_nothing():
    state = play(Scenario("x", "X", "weg", ()), {})
    assert state.lines == ()
    assert not state.ended


@pytest.mark.parametrize(
    ("chosen", "earned", "attainable"),
    [
        ({}, 0, 0),
        ({"eerst": "vraag"}, 3, 3),
        ({"eerst": "vraag", "beloof": "eerlijk"}, 6, 6),
        ({"eerst": "straks", "beloof": "tuurlijk"}, 2, 6),
        ({"eerst": "overleg"}, 2, 3),
        ({"eerst": "oordeel"}, 0, 3),
    ],
)
def test_score_of_the_path_taken(chosen, earned, attainable):
    scenario = dishes()
    result = score(scenario, play(scenario, chosen).path)
    assert (result.earned, result.attainable) == (earned, attainable)
    assert result.share == (earned / attainable if attainable else None)


def test_score_per_competency_counts_the_decisions_where_the_choice_touched_it():
    scenario = dishes()
    path = play(scenario, {"eerst": "straks", "beloof": "tuurlijk"}).path
    # C3: 2 of 3 at the first, 0 of 3 at the second; C4 only at the first; C7 only at the second.
    assert score(scenario, path).per_competency == {
        "C3": pytest.approx(2 / 6),
        "C4": pytest.approx(2 / 3),
        "C7": 0.0,
    }


def test_a_scenario_survives_json():
    from dataclasses import asdict

    assert Scenario.from_json(asdict(dishes())) == dishes()


choices_made = st.dictionaries(
    st.sampled_from(["eerst", "beloof", "elders"]),
    st.sampled_from(["vraag", "straks", "oordeel", "overleg", "eerlijk", "tuurlijk", "niets"]),
)


@given(choices_made)
def test_every_play_waits_or_ends_and_its_share_lies_between_0_and_1(chosen):
    scenario = dishes()
    state = play(scenario, chosen)
    assert state.ended != (state.decision is not None)
    share = score(scenario, state.path).share
    assert share is None or 0 <= share <= 1


@given(choices_made)
def test_playing_again_with_the_path_gives_the_same_play(chosen):
    scenario = dishes()
    state = play(scenario, chosen)
    assert play(scenario, {node.id: choice.id for node, choice in state.path}) == state


names = st.sampled_from(["a", "b", "c", "d", ""])


@st.composite
def any_scenario(draw: st.DrawFn) -> Scenario:
    """Whatever an editor could leave behind in a draft."""
    from modules.rules.scenario import Choice

    choices = st.lists(
        st.builds(
            Choice,
            id=names,
            text=st.just("x"),
            quality=st.sampled_from(["++", "+", "0", "-"]),
            why=st.sampled_from(["", "omdat"]),
            next=names,
            is_consult=st.booleans(),
        ),
        max_size=3,
    ).map(tuple)
    kinds = st.sampled_from(["situation", "turn", "decision", "debrief", "end"])
    node = st.builds(Node, id=names, kind=kinds, text=names, next=names, choices=choices)
    return Scenario("x", "X", draw(names), tuple(draw(st.lists(node, max_size=5))))


@given(any_scenario(), st.dictionaries(names, names))
def test_no_draft_makes_the_rules_stumble(scenario, chosen):
    from modules.rules.scenario_faults import faults

    state = play(scenario, chosen)
    if not faults(scenario):
        assert state.ended != (state.decision is not None)
