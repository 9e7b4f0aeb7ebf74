import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.rules.scenario import Chosen, Node, Said, Scenario, offered, play
from modules.rules.scenario_score import score
from tests.modules.scenarios import changed, dishes, with_choice


def test_play_waits_at_the_first_decision():
    state = play(dishes(), {})
    assert [line.node.id for line in state.lines] == ["keuken", "dom", "eerst"]
    assert state.decision is not None
    assert state.decision.id == "eerst"
    assert not state.ended
    assert state.path == ()


def test_play_goes_on_after_a_choice():
    state = play(dishes(), {"eerst": ["vraag"]})
    assert [type(line) for line in state.lines] == [Said, Said, Said, Chosen, Said]
    assert state.decision is not None
    assert state.decision.id == "beloof"


def test_play_comes_to_the_end():
    state = play(dishes(), {"eerst": ["vraag"], "beloof": ["eerlijk"]})
    assert state.ended
    assert state.decision is None
    assert [(node.id, choice.id) for node, choice in state.path] == [
        ("eerst", "vraag"),
        ("beloof", "eerlijk"),
    ]


def test_an_unknown_choice_counts_as_none():
    state = play(dishes(), {"eerst": ["bestaat-niet"]})
    assert state.decision is not None
    assert state.decision.id == "eerst"


def test_a_choice_at_a_decision_off_the_path_changes_nothing():
    assert play(dishes(), {"eerst": ["oordeel"], "beloof": ["eerlijk"]}).path[-1][0].id == "eerst"


def test_coming_back_to_a_decision_asks_for_another_choice():
    scenario = with_choice("eerst", "oordeel", next="dom")
    state = play(scenario, {"eerst": ["oordeel"]})
    assert state.decision is not None
    assert (state.decision.id, state.visit) == ("eerst", 2)
    assert [choice.id for choice in state.offered] == ["vraag", "straks", "overleg"]
    assert play(scenario, {"eerst": ["oordeel", "oordeel"]}) == state


def test_with_every_choice_made_all_are_offered_again():
    node = dishes().node("beloof")
    assert node is not None
    assert [choice.id for choice in offered(node, ["tuurlijk", "eerlijk", "eerst-bellen"])] == [
        "eerlijk",
        "tuurlijk",
        "eerst-bellen",
    ]


def test_only_the_first_visit_of_a_decision_counts():
    scenario = with_choice("eerst", "oordeel", next="dom")
    path = play(scenario, {"eerst": ["oordeel", "vraag"], "beloof": ["eerlijk"]}).path
    assert len(path) == 3
    assert (score(path).earned, score(path).attainable) == (3, 6)


def test_a_round_without_a_decision_stops_the_play_without_ending_it():
    state = play(changed("dom", next="keuken"), {})
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
        ({"eerst": ["vraag"]}, 3, 3),
        ({"eerst": ["vraag"], "beloof": ["eerlijk"]}, 6, 6),
        ({"eerst": ["straks"], "beloof": ["tuurlijk"]}, 2, 6),
        ({"eerst": ["overleg"]}, 2, 3),
        ({"eerst": ["oordeel"]}, 0, 3),
    ],
)
def test_score_of_the_path_taken(chosen, earned, attainable):
    scenario = dishes()
    result = score(play(scenario, chosen).path)
    assert (result.earned, result.attainable) == (earned, attainable)
    assert result.share == (earned / attainable if attainable else None)


def test_score_per_competency_counts_the_decisions_that_ask_for_it():
    path = play(dishes(), {"eerst": ["straks"], "beloof": ["tuurlijk"]}).path
    # C3: 2 of 3 at the first, 0 of the 0 that its one choice gives at the second. C4: 2 of 2.
    # C7: 0 of 3. C8: the consult that was not chosen, 0 of 2.
    assert score(path).per_competency == {
        "C3": pytest.approx(2 / 3),
        "C4": 1.0,
        "C7": 0.0,
        "C8": 0.0,
    }


def test_a_scenario_survives_json():
    from dataclasses import asdict

    assert Scenario.from_json(asdict(dishes())) == dishes()


choices_made = st.dictionaries(
    st.sampled_from(["eerst", "beloof", "elders"]),
    st.lists(
        st.sampled_from(["vraag", "straks", "oordeel", "overleg", "eerlijk", "tuurlijk", "niets"]),
        max_size=3,
    ),
)


@given(choices_made)
def test_every_play_waits_or_ends_and_its_share_lies_between_0_and_1(chosen):
    scenario = dishes()
    state = play(scenario, chosen)
    assert state.ended != (state.decision is not None)
    share = score(state.path).share
    assert share is None or 0 <= share <= 1


@given(choices_made)
def test_playing_again_with_the_path_gives_the_same_play(chosen):
    scenario = dishes()
    state = play(scenario, chosen)
    assert play(scenario, {node.id: [choice.id] for node, choice in state.path}) == state


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


@given(any_scenario(), st.dictionaries(names, st.lists(names, max_size=3)))
def test_no_draft_makes_the_rules_stumble(scenario, chosen):
    from modules.rules.scenario_faults import faults

    state = play(scenario, chosen)
    if not faults(scenario):
        assert state.ended != (state.decision is not None)
