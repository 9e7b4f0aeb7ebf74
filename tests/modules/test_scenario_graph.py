from hypothesis import given

from modules.rules.scenario import Scenario
from modules.rules.scenario_graph import drawn
from tests.modules.scenarios import dishes, with_choice
from tests.modules.test_scenario_rules import any_scenario


def rows(graph):
    return {box.node.id: box.y for box in graph.boxes}


def test_later_moments_stand_lower():
    row = rows(drawn(dishes()))
    assert row["keuken"] < row["dom"] < row["eerst"] < row["beloof"] < row["na"] < row["einde"]


def test_there_is_an_arrow_for_each_choice_and_each_step():
    assert len(drawn(dishes()).arrows) == 2 + 4 + 3 + 1


def test_a_loop_is_drawn_too():
    assert len(drawn(with_choice("eerst", "oordeel", next="dom")).arrows) == 10


def test_an_empty_scenario_is_an_empty_drawing():
    assert drawn(Scenario("x", "X", "", ())).boxes == ()


@given(any_scenario())
def test_boxes_never_lie_on_each_other_and_stay_within_the_drawing(scenario):
    graph = drawn(scenario)
    places = [(box.x, box.y) for box in graph.boxes]
    assert len(set(places)) == len(places)
    assert all(x >= 0 and x + graph.box_width <= graph.width for x, _y in places)
    assert all(y >= 0 and y + graph.box_height <= graph.height for _x, y in places)
