"""An exported scenario plays the same roads to the same scores as here."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.rules.scenario import Chosen, Node, Scenario, play
from modules.rules.scenario_score import score
from tests.modules import h5p_rules
from tests.modules.scenarios import choice, dishes
from tests.modules.stories import broken_scenarios, valid_scenarios

NAMES = ["k0", "k1", "k2", "k3", "weg"]


@pytest.fixture(scope="module")
def node():
    with h5p_rules.node() as running:
        yield running


def here(scenario, made):
    """What the rules in Python make of it, in the shape in which Node tells it."""
    run = play(scenario, made)
    earned = score(run.path)
    return {
        "lines": [
            [line.node.id, line.choice.id] if isinstance(line, Chosen) else line.node.id
            for line in run.lines
        ],
        "decision": run.decision.id if run.decision else None,
        "offered": [choice.id for choice in run.offered],
        "visit": run.visit,
        "ended": run.ended,
        "earned": earned.earned,
        "attainable": earned.attainable,
        "share": earned.share,
        "competencies": [list(pair) for pair in earned.per_competency.items()],
    }


def assert_same(node, scenario, made):
    there = node.play(scenario, made)
    expected = here(scenario, made)
    assert {name: there[name] for name in expected} == expected
    return there


@settings(deadline=None)
@given(valid_scenarios(), st.randoms(use_true_random=False))
def test_every_step_of_every_road_is_the_same(node, scenario, chance):
    made = defaultdict(list)
    for _choice in range(60):
        there = assert_same(node, scenario, made)
        if there["ended"]:
            break
        made[there["decision"]].append(chance.choice(there["offered"]))


@settings(deadline=None)
@given(
    st.one_of(valid_scenarios(), broken_scenarios()),
    st.dictionaries(
        st.sampled_from(["n0", "n1", "n2", "einde"]), st.lists(st.sampled_from(NAMES), max_size=6)
    ),
)
def test_whatever_is_claimed_to_be_chosen_is_taken_alike(node, scenario, made):
    assert_same(node, scenario, made)


@settings(deadline=None)
@given(valid_scenarios())
def test_the_strongest_road_gives_1(node, scenario):
    assert node.play(scenario, {})["strong"]["share"] in {1, None}


@settings(deadline=None)
@given(broken_scenarios())
def test_no_scenario_keeps_the_page_busy_for_ever(node, scenario):
    assert len(node.play(scenario, {})["strong"]["road"]) <= 200


def test_a_road_with_a_second_visit_tells_which_visit_it_was(node):
    back = Scenario(
        "terug",
        "Terug",
        "kies",
        (
            Node(
                "kies",
                "decision",
                text="En nu?",
                choices=(
                    choice("overleg", "+", "kies", is_consult=True),
                    choice("vraag", "++", "einde"),
                ),
            ),
            Node("einde", "end"),
        ),
    )
    there = assert_same(node, back, {"kies": ["overleg", "vraag"]})
    assert there["visits"] == [1, 2]
    assert there["earned"] == 2


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString"])
def test_names_that_mean_something_in_a_script_are_names(node, name):
    scenario = dishes()
    nodes = tuple(
        Node(**{**vars(one), "id": name if one.id == "beloof" else one.id})
        for one in scenario.nodes
        if one.id in {"beloof", "na", "einde"}
    )
    renamed = Scenario("s", "S", name, nodes)
    assert_same(node, renamed, {})
    assert_same(node, renamed, {name: ["eerlijk"]})


def test_choices_come_in_another_order_and_always_in_the_same(node):
    orders = [node.play(dishes(), {}, seed=seed)["shuffled"] for seed in range(40)]
    assert all(sorted(order) == ["oordeel", "overleg", "straks", "vraag"] for order in orders)
    assert len({order[0] for order in orders}) == 4
    assert node.play(dishes(), {}, seed=7)["shuffled"] == orders[7]


def test_texts_come_out_as_they_were_written(node):
    odd = "Tom & Jo: 1 < 2 > 0, ‘ja’ \"nee\" 'zo' &amp; &lt;b&gt; <script>alert(1)</script>"
    scenario = Scenario("s", "S", "a", (Node("a", "end", text=odd),))
    assert node.play(scenario, {})["texts"] == [odd]
