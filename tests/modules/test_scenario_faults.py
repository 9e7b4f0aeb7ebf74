from dataclasses import replace

import pytest

from modules.rules.scenario import Node, Scenario
from modules.rules.scenario_faults import faults
from tests.modules.scenarios import changed, choice, dishes, with_choice


def codes(scenario):
    return [(fault.code, fault.node_id) for fault in faults(scenario)]


def test_a_sound_scenario_has_no_faults():
    assert faults(dishes()) == ()


def test_start_that_is_not_there():
    assert codes(replace(dishes(), start="weg")) == [("NO_START", "")]


def test_empty_scenario():
    assert codes(Scenario("x", "X", "", ())) == [("NO_START", ""), ("NO_END", "")]


def test_target_that_is_not_there_is_named_once_where_it_stands():
    (fault,) = faults(with_choice("beloof", "eerlijk", next="weg"))
    assert (fault.code, fault.node_id, fault.target) == ("MISSING_TARGET", "beloof", "weg")
    assert "weg" in fault.message_en


def test_node_that_does_not_say_what_comes_next():
    assert ("NO_TARGET", "dom") in codes(changed("dom", next=None))


def test_choice_that_does_not_say_what_comes_next():
    (fault,) = faults(with_choice("beloof", "eerlijk", next=""))
    assert (fault.code, fault.choice) == ("NO_TARGET", "Keuze eerlijk")


def test_node_that_is_never_reached():
    scenario = dishes()
    lost = Node("kwijt", "turn", speaker="Sem", text="Hallo?", next="einde")
    assert codes(replace(scenario, nodes=(*scenario.nodes, lost))) == [("UNREACHABLE", "kwijt")]


def test_loop_without_a_way_out():
    assert codes(changed("na", next="na")) == [
        *[("NO_WAY_OUT", node) for node in ["keuken", "dom", "eerst", "beloof"]],
        ("NO_WAY_OUT", "na"),
        ("UNREACHABLE", "einde"),
    ]


def test_going_back_with_a_way_out_is_no_fault():
    assert codes(with_choice("eerst", "oordeel", next="dom")) == []


def test_no_end():
    scenario = dishes()
    assert codes(replace(scenario, nodes=scenario.nodes[:-1])) == [
        ("NO_END", ""),
        ("MISSING_TARGET", "na"),
    ]


def test_choice_without_a_reason():
    assert codes(with_choice("eerst", "oordeel", why="  ")) == [("NO_FEEDBACK", "eerst")]


def test_decision_where_one_cannot_consult():
    assert codes(with_choice("beloof", "eerst-bellen", is_consult=False)) == [
        ("NO_CONSULT", "beloof")
    ]


@pytest.mark.parametrize("quality", ["0", "-"])
def test_consulting_is_never_wrong(quality):
    assert codes(with_choice("beloof", "eerst-bellen", quality=quality)) == [
        ("CONSULT_TOO_LOW", "beloof")
    ]


@pytest.mark.parametrize("count", [1, 6])
def test_two_to_five_choices(count):
    choices = tuple(choice(f"k{n}", "++", "na", is_consult=True) for n in range(count))
    assert codes(changed("beloof", choices=choices)) == [("CHOICE_COUNT", "beloof")]


@pytest.mark.parametrize("count", [2, 5])
def test_the_edges_of_two_to_five_choices(count):
    choices = tuple(choice(f"k{n}", "++", "na", is_consult=True) for n in range(count))
    assert codes(changed("beloof", choices=choices)) == []


def test_no_good_choice():
    choices = (choice("a", "0", "na"), choice("b", "-", "na", is_consult=True))
    assert codes(changed("beloof", choices=choices)) == [
        ("NO_GOOD_CHOICE", "beloof"),
        ("CONSULT_TOO_LOW", "beloof"),
    ]


def test_name_used_twice():
    scenario = dishes()
    twin = Node("einde", "end")
    found = codes(replace(scenario, nodes=(*scenario.nodes, twin)))
    assert found == [("DUPLICATE_NODE", "einde")]


def test_node_without_text_but_an_end_needs_none():
    assert codes(changed("dom", text=" ")) == [("NO_TEXT", "dom")]


def test_all_faults_are_named_in_the_order_of_the_nodes():
    scenario = with_choice("beloof", "eerlijk", why="", next="weg")
    scenario = replace(
        scenario,
        nodes=tuple(replace(n, text="") if n.id == "keuken" else n for n in scenario.nodes),
    )
    assert codes(scenario) == [
        ("NO_TEXT", "keuken"),
        ("MISSING_TARGET", "beloof"),
        ("NO_FEEDBACK", "beloof"),
    ]
