"""The rules of scenarios against an independent, slow second judgement (tests/oracles)."""

from collections import defaultdict
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from modules.rules.scenario import play
from modules.rules.scenario_faults import faults
from modules.rules.scenario_roads import roads, strongest_road
from modules.rules.scenario_score import score
from tests.modules.scenarios import dishes, with_choice
from tests.modules.stories import broken_scenarios, valid_scenarios
from tests.modules.test_scenario_rules import any_scenario
from tests.oracles.scenarios import shares, wrong_with


def named(scenario):
    return {(fault.code, fault.node_id) for fault in faults(scenario)}


@given(valid_scenarios())
def test_a_sound_scenario_has_no_fault(scenario):
    assert named(scenario) == wrong_with(scenario) == set()


@given(broken_scenarios())
def test_what_is_broken_is_named_as_the_oracle_names_it(scenario):
    assert named(scenario) == wrong_with(scenario)


@given(any_scenario())
def test_any_draft_is_judged_as_the_oracle_judges_it(scenario):
    assert named(scenario) == wrong_with(scenario)


@given(valid_scenarios(), st.randoms(use_true_random=False))
def test_every_road_ends_whatever_one_chooses(scenario, chance):
    made = defaultdict(list)
    for _choice in range(2_000):
        state = play(scenario, made)
        if state.ended:
            break
        made[state.decision.id].append(chance.choice(state.offered).id)
    assert state.ended
    share = score(state.path).share
    assert share is None or 0 <= share <= 1
    assert all(0 <= one <= 1 for one in score(state.path).per_competency.values())


@given(valid_scenarios())
def test_the_best_road_gives_1_and_can_be_played(scenario):
    best = roads(scenario).best
    made = defaultdict(list)
    for node, choice in best.path:
        made[node.id].append(choice.id)
    state = play(scenario, made)
    assert state.ended
    assert state.path == best.path
    assert score(state.path).share == best.share
    assert best.share in {1, None}


@given(valid_scenarios(loops=False, most_nodes=5))
def test_without_loops_best_and_worst_are_those_of_all_roads(scenario):
    found = roads(scenario)
    every = shares(scenario, most_choices=10)
    assert found.is_complete
    if every:
        assert ratio(found.best) == max(every)
        assert ratio(found.worst) == min(every)


@given(valid_scenarios(most_nodes=3))
def test_with_loops_no_road_is_worse_than_the_worst(scenario):
    found = roads(scenario)
    every = shares(scenario, most_choices=6)
    assert found.is_complete
    if every:
        assert ratio(found.worst) <= min(every)
        assert ratio(found.best) >= max(every)


def ratio(road):
    return Fraction(road.earned, road.attainable)


def test_a_bad_choice_that_leads_back_makes_the_worst_road_worse():
    scenario = with_choice("eerst", "oordeel", next="dom")
    worst = roads(scenario).worst
    assert [choice.id for _node, choice in worst.path] == ["oordeel", "overleg"]
    assert worst.share == 0


def test_too_many_roads_are_told():
    assert not roads(dishes(), most_states=3).is_complete


@given(valid_scenarios())
def test_the_best_road_is_the_best_also_where_there_are_too_many(scenario):
    best = roads(scenario, most_states=1).best
    assert best == strongest_road(scenario)
    assert best.share in {1, None}
    assert best.share == score(best.path).share


def test_a_scenario_that_does_not_begin_has_no_roads():
    from modules.rules.scenario import Scenario

    assert roads(Scenario("x", "X", "weg", ())).best is None
