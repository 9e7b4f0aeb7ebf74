"""Every scenario that is shipped goes out whole, and plays there as it plays here."""

import json
from collections import defaultdict

import pytest

from modules.compile import compile_scenario
from modules.h5p import library
from modules.h5p.errors import NotToPractise
from modules.h5p.export import export_of
from modules.h5p.semantics import problems
from modules.models import Scenario
from modules.rules.scenario import PRACTICE, REFERENCE
from modules.rules.scenario_roads import roads
from modules.rules.scenario_score import score
from tests.modules import h5p_rules
from tests.modules.h5p_scenarios import members


def content_of(scenario):
    return json.loads(members(export_of(scenario.slug))["content/content.json"])


def test_each_plays_its_best_and_worst_road_to_the_same_score(module):
    scenarios = Scenario.objects.filter(purpose=PRACTICE)
    assert scenarios
    with h5p_rules.node() as node:
        for scenario in scenarios:
            content, found = content_of(scenario), roads(compile_scenario(scenario))
            assert list(problems(content, library.semantics())) == [], scenario.slug
            for road in (found.best, found.worst):
                made = defaultdict(list)
                for decision, choice in road.path:
                    made[decision.id].append(choice.id)
                there, here = node.play_content(content, made), score(road.path)
                assert there["ended"], scenario.slug
                assert (there["earned"], there["attainable"]) == (here.earned, here.attainable)
                assert dict(there["competencies"]) == here.per_competency


def test_each_keeps_its_words(module):
    with h5p_rules.node() as node:
        for scenario in Scenario.objects.filter(purpose=PRACTICE):
            there = node.play_content(content_of(scenario), {})
            assert there["texts"] == [one.text for one in compile_scenario(scenario).nodes]


def test_the_reference_aid_stays_here(module):
    for scenario in Scenario.objects.filter(purpose=REFERENCE):
        with pytest.raises(NotToPractise):
            export_of(scenario.slug)
