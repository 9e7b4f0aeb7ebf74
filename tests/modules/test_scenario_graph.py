import re
from dataclasses import replace
from itertools import combinations, pairwise
from time import perf_counter

import pytest
from hypothesis import given

from modules.rules.scenario import Node, Scenario
from modules.rules.scenario_graph import LANE, drawn, ways_of
from modules.rules.scenario_roads import roads
from modules.rules.scenario_rows import ranks
from modules.rules.scenario_shapes import BOX_HEIGHT, BOX_WIDTH
from tests.modules.scenarios import changed, choice, dishes, with_choice
from tests.modules.test_scenario_rules import any_scenario


def rows(graph):
    return {box.node.id: box.y for box in graph.boxes}


def arrows_of(graph, source):
    return [arrow for arrow in graph.arrows if arrow.source == source]


def long_scenario(decisions):
    """Of three moments for each decision, with a way back in every other one."""
    nodes = []
    for number in range(decisions):
        name, after = f"kies-{number}", f"kies-{number + 1}" if number + 1 < decisions else "einde"
        back = f"kies-{number - 1}" if number % 2 else f"a-{number}"
        ways = [("++", f"a-{number}"), ("-", f"b-{number}"), ("+", back)]
        made = tuple(choice(quality, quality, target) for quality, target in ways)
        nodes += [
            Node(name, "decision", text="?", choices=made),
            Node(f"a-{number}", "turn", speaker="Noor", text="Ja.", next=after),
            Node(f"b-{number}", "situation", text="Stil.", next=f"a-{number}"),
        ]
    return Scenario("lang", "Lang", "kies-0", (*nodes, Node("einde", "end")))


def test_later_moments_stand_lower():
    row = rows(drawn(dishes()))
    assert row["keuken"] < row["dom"] < row["eerst"] < row["beloof"] < row["na"] < row["einde"]


def test_there_is_an_arrow_for_each_choice_and_each_step():
    graph = drawn(dishes())
    assert len(graph.arrows) == 2 + 4 + 3 + 1
    assert [arrow.quality for arrow in arrows_of(graph, "eerst")] == ["++", "+", "-", "+"]


def test_a_way_back_goes_up_around_the_right_side_and_pushes_nothing_down():
    plain, looped = drawn(dishes()), drawn(with_choice("eerst", "oordeel", next="dom"))
    assert ranks(dishes()) == ranks(with_choice("eerst", "oordeel", next="dom"))
    up = [arrow for arrow in looped.arrows if arrow.goes_up]
    assert [(arrow.source, arrow.target) for arrow in up] == [("eerst", "dom")]
    rightmost = max(box.right for box in looped.boxes)
    lanes = {int(x) for x in re.findall(r"Q(\d+) ", up[0].path)}
    assert max(lanes) == rightmost + LANE
    assert not any(arrow.goes_up for arrow in plain.arrows)


def test_each_way_back_has_a_lane_of_its_own():
    scenario = with_choice("eerst", "oordeel", next="dom")
    nodes = [replace(node, next="keuken") if node.id == "na" else node for node in scenario.nodes]
    graph = drawn(replace(scenario, nodes=tuple(nodes)))
    up = [arrow.path for arrow in graph.arrows if arrow.goes_up]
    assert len({max(map(int, re.findall(r"Q(\d+) ", path))) for path in up}) == len(up) == 2


def test_arrows_of_one_moment_leave_it_at_different_places_and_arrive_so():
    graph = drawn(dishes())
    leaving = [arrow.label_x for arrow in arrows_of(graph, "eerst")]
    assert len(set(leaving)) == 4
    heads = [arrow.head for arrow in graph.arrows if arrow.target == "na"]
    assert len(set(heads)) == len(heads) == 5


def test_two_choices_to_the_same_moment_are_two_arrows():
    graph = drawn(dishes())
    same = [arrow.path for arrow in arrows_of(graph, "eerst") if arrow.target == "beloof"]
    assert len(set(same)) == 2


def test_a_choice_that_leads_nowhere_is_a_short_arrow_without_a_head():
    for target in ["", "nergens"]:
        loose = arrows_of(drawn(with_choice("eerst", "oordeel", next=target)), "eerst")[2]
        assert (loose.target, loose.head) == ("", "")


def test_moments_that_are_never_reached_stand_below_the_others():
    row = rows(drawn(changed("keuken", next="na")))
    assert min(row["dom"], row["eerst"], row["beloof"]) > row["einde"]


def test_a_moment_that_leads_to_itself_is_drawn():
    assert arrows_of(drawn(changed("dom", next="dom")), "dom")[0].goes_up


def test_of_two_with_the_same_name_the_first_is_drawn():
    twin = replace(dishes(), nodes=(*dishes().nodes, Node("dom", "end")))
    kinds = [box.node.kind for box in drawn(twin).boxes if box.node.id == "dom"]
    assert kinds == ["turn"]


def test_an_empty_scenario_is_an_empty_drawing():
    assert drawn(Scenario("x", "X", "", ())).boxes == ()


def test_without_a_start_everything_is_still_drawn():
    assert len(drawn(replace(dishes(), start="nergens")).boxes) == 6


def test_kinds_differ_in_shape():
    outlines = {}
    for box in drawn(dishes()).boxes:
        shape = re.sub(r"\d+", "", box.outline)
        outlines.setdefault(box.node.kind, set()).add(shape)
    assert all(len(shapes) == 1 for shapes in outlines.values())
    assert not any(one & other for one, other in combinations(outlines.values(), 2))


def test_the_ways_of_the_best_road_hang_together():
    scenario = dishes()
    taken = ways_of(scenario, roads(scenario).best.path)
    graph = drawn(scenario)
    on_road = [arrow for arrow in graph.arrows if (arrow.source, arrow.place) in taken]
    for one, following in pairwise(on_road):
        assert one.target == following.source
    assert [arrow.quality for arrow in on_road if arrow.quality] == ["++", "++"]


def test_forty_moments_are_drawn_quickly_and_without_a_heap():
    scenario = long_scenario(13)
    began = perf_counter()
    graph = drawn(scenario)
    assert perf_counter() - began < 0.5
    assert len(graph.boxes) == 40
    assert graph.width < 1_200
    assert graph.height < 40 * 150


@pytest.mark.parametrize("decisions", [1, 5, 13])
def test_arrows_do_not_run_through_boxes(decisions):
    graph = drawn(long_scenario(decisions))
    for arrow in graph.arrows:
        for x, y in points_of(arrow.path):
            for box in graph.boxes:
                inside_x = box.x + 2 < x < box.right - 2
                inside_y = box.y + 2 < y < box.y + BOX_HEIGHT - 2
                assert not (inside_x and inside_y), (arrow.source, box.node.id)


def points_of(path):
    """The points that a path goes through or bends towards."""
    x = y = 0.0
    for letter, told in re.findall(r"([MVHCQ])([^MVHCQ]*)", path):
        numbers = [float(number) for number in told.split()]
        if letter == "V":
            numbers = [x, *numbers]
        elif letter == "H":
            numbers = [*numbers, y]
        x, y = numbers[-2:]
        yield x, y


@given(any_scenario())
def test_boxes_never_lie_on_each_other_and_stay_within_the_drawing(scenario):
    graph = drawn(scenario)
    for one, other in combinations(graph.boxes, 2):
        apart = abs(one.x - other.x) >= BOX_WIDTH or abs(one.y - other.y) >= BOX_HEIGHT
        assert apart, (one.node.id, other.node.id)
    for box in graph.boxes:
        assert 0 <= box.x <= graph.width - BOX_WIDTH
        assert 0 <= box.y <= graph.height - BOX_HEIGHT


@given(any_scenario())
def test_arrows_stay_within_the_drawing_too(scenario):
    graph = drawn(scenario)
    for arrow in graph.arrows:
        for x, y in points_of(arrow.path):
            assert 0 <= x <= graph.width
            assert 0 <= y <= graph.height


@given(any_scenario())
def test_an_arrow_that_does_not_go_up_goes_down(scenario):
    graph = drawn(scenario)
    row = rows(graph)
    for arrow in graph.arrows:
        if arrow.target:
            assert arrow.goes_up == (row[arrow.target] <= row[arrow.source])
