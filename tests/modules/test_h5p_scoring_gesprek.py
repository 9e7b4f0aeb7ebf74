"""A scenario exported from here is scored again by the engine that plays it on the site."""

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.h5p.content import Files, content_of
from modules.rules.h5p_scoring import Answer, AnswerNotAllowed, Rescored, is_rescored, rescored
from modules.rules.scenario import Node, Scenario
from tests.modules import h5p_rules
from tests.modules.scenarios import choice, dishes
from tests.modules.stories import broken_scenarios, valid_scenarios

NAME = "Opmerkzaam.Gesprek"
WEAK = "eerst[.]straks[,]beloof[.]tuurlijk"
STRONG = "eerst[.]vraag[,]beloof[.]eerlijk"


@pytest.fixture(scope="module")
def node():
    with h5p_rules.node() as running:
        yield running


def exported(scenario: Scenario):
    return content_of(scenario, language="nl", competencies={}, files=Files())


def completed(content, response):
    return rescored(NAME, content, [Answer("", "completed", response)])


def there_and_back() -> Scenario:
    """A decision that can be met twice."""
    choices = (choice("overleg", "+", "kies"), choice("vraag", "++", "einde"))
    nodes = (Node("kies", "decision", text="En nu?", choices=choices), Node("einde", "end"))
    return Scenario("terug", "Terug", "kies", nodes)


def parts(content, *steps):
    """What the decisions told one by one: first visits answered, later ones interacted."""
    ids = {one["id"]: one["subContentId"] for one in content["nodes"] if "subContentId" in one}
    met = set()
    told = []
    for name, chosen in steps:
        told.append(Answer(ids[name], "interacted" if name in met else "answered", chosen))
        met.add(name)
    return told


def test_the_road_told_at_the_end_gives_its_points():
    assert completed(exported(dishes()), WEAK) == Rescored(2, 6, None)
    assert completed(exported(dishes()), STRONG) == Rescored(6, 6, None)
    assert completed(exported(dishes()), "eerst[.]oordeel") == Rescored(0, 3, None)


def test_coming_back_counts_the_first_visit_only():
    content = exported(there_and_back())
    assert completed(content, "kies[.]overleg[,]kies[.]vraag") == Rescored(2, 3, None)
    assert completed(content, "kies[.]vraag") == Rescored(3, 3, None)


@pytest.mark.parametrize(
    "road",
    [
        "eerst[.]niets",
        "beloof[.]eerlijk",
        "eerst[.]vraag[,]eerst[.]vraag",
        "beloof[.]eerlijk[,]eerst[.]vraag",
        f"{STRONG}[,]beloof[.]eerlijk",
        "elders[.]vraag",
        "eerst",
        "[.]",
        "[,]",
        "eerst[.]vraag[,]",
        "eerst[.]VRAAG",
        "100",
        "[,]".join(["eerst[.]vraag"] * 20_000),
    ],
    ids=lambda road: road[:40],
)
def test_a_road_that_is_not_there_is_not_allowed(road):
    with pytest.raises(AnswerNotAllowed):
        completed(exported(dishes()), road)


def test_a_choice_that_is_not_offered_at_a_later_visit_is_not_allowed():
    with pytest.raises(AnswerNotAllowed):
        completed(exported(there_and_back()), "kies[.]overleg[,]kies[.]overleg")


def test_a_road_that_has_not_ended_is_not_verified():
    assert completed(exported(dishes()), "eerst[.]vraag") is None


def test_a_conversation_without_points_is_not_verified():
    scenario = Scenario("s", "S", "a", (Node("a", "turn", text="Ja.", next="b"), Node("b", "end")))
    assert completed(exported(scenario), "") is None


def test_a_road_on_which_nothing_can_be_earned_is_not_verified():
    scenario = there_and_back()
    bad = tuple(replace(one, quality="-") for one in scenario.nodes[0].choices)
    nodes = (replace(scenario.nodes[0], choices=bad), scenario.nodes[1])
    assert completed(exported(replace(scenario, nodes=nodes)), "kies[.]vraag") is None


def test_a_road_longer_than_anybody_walks_is_not_walked():
    """An editor elsewhere can make a conversation without a way out."""
    content = exported(there_and_back())
    for one in content["nodes"][0]["choices"]:
        one["next"] = "kies"
    steps = ["kies[.]overleg", "kies[.]vraag"] * 500
    assert completed(content, "[,]".join(steps)) is None
    with pytest.raises(AnswerNotAllowed):
        completed(content, "[,]".join([*steps, "kies[.]overleg"]))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("a &amp;lt; b", "a &lt; b"),
        ("&LT;b&gt;", "<b>"),
        ("&quot;&#39;&#039;&#X27;&apos;&quot;", "\"''''\""),
        ("&apo\u017f; &nbsp; & &#38;", "&apo\u017f; &nbsp; & &#38;"),
    ],
)
def test_one_level_of_escaping_comes_off_as_in_the_package(node, written, plain):
    content = exported(dishes())
    content["nodes"][2]["choices"][1]["id"] = written
    there = node.play_content(content, {"eerst": [plain], "beloof": ["tuurlijk"]})
    assert there["told"] == f"eerst[.]{plain}[,]beloof[.]tuurlijk"
    assert completed(content, there["told"]) == Rescored(2, 6, None)


def test_a_package_of_before_tells_each_decision_alone():
    content = exported(dishes())
    told = parts(content, ("eerst", "straks"), ("beloof", "tuurlijk"))
    assert rescored(NAME, content, [*told, Answer("", "completed", "")]) == Rescored(2, 6, None)
    assert rescored(NAME, content, told[:1]) is None


def test_a_decision_without_an_id_is_told_by_its_name():
    content = exported(dishes())
    del content["nodes"][2]["subContentId"]
    assert rescored(NAME, content, [Answer("eerst", "answered", "oordeel")]) == Rescored(0, 3, None)


def test_two_decisions_with_one_id_cannot_be_told_apart():
    content = exported(dishes())
    content["nodes"][3]["subContentId"] = content["nodes"][2]["subContentId"]
    assert completed(content, STRONG) is None


def test_of_two_moments_with_one_name_the_first_is_met():
    content = exported(dishes())
    content["nodes"].append({**content["nodes"][2], "subContentId": "de-tweede"})
    assert completed(content, STRONG) == Rescored(6, 6, None)
    with pytest.raises(AnswerNotAllowed):
        rescored(NAME, content, [Answer("de-tweede", "answered", "oordeel")])


def test_later_visits_told_alone_follow_on_the_first():
    content = exported(there_and_back())
    told = parts(content, ("kies", "overleg"), ("kies", "vraag"))
    assert rescored(NAME, content, told) == Rescored(2, 3, None)


def test_a_decision_that_is_not_there_is_not_allowed():
    with pytest.raises(AnswerNotAllowed):
        rescored(NAME, exported(dishes()), [Answer("elders", "answered", "vraag")])


def test_a_choice_told_alone_that_is_not_there_is_not_allowed():
    content = exported(dishes())
    with pytest.raises(AnswerNotAllowed):
        rescored(NAME, content, parts(content, ("eerst", "eerlijk")))


def test_going_on_from_an_older_state_is_told_by_the_road_at_the_end():
    """A decision was made twice: the statements alone do not tell which one counts."""
    content = exported(dishes())
    told = [*parts(content, ("eerst", "straks")), *parts(content, ("eerst", "vraag"))]
    told += parts(content, ("beloof", "eerlijk"))
    assert rescored(NAME, content, told) is None
    assert rescored(NAME, content, [*told, Answer("", "completed", STRONG)]) == Rescored(6, 6, None)


def test_other_statements_say_nothing_of_the_road():
    content = exported(dishes())
    told = [
        Answer("", "attempted", ""),
        Answer("", "progressed", "9"),
        Answer("x", "progressed", ""),
    ]
    assert rescored(NAME, content, told) is None
    assert rescored(NAME, content, [*told, Answer("", "answered", STRONG)]) is None


def changed_content(**fields):
    return {**exported(dishes()), **fields}


def with_node(**fields):
    content = exported(dishes())
    content["nodes"][2].update(fields)
    return content


ODD = [
    [],
    None,
    changed_content(nodes=None),
    changed_content(nodes={}),
    changed_content(nodes=["eerst"]),
    changed_content(start=7),
    with_node(id=None),
    with_node(kind=[]),
    with_node(choices="vraag"),
    with_node(choices=[None]),
    with_node(choices=[{"id": 3}]),
    with_node(subContentId=5),
]


@pytest.mark.parametrize("content", ODD)
def test_odd_content_is_not_scored_again(content):
    assert completed(content, STRONG) is None


def test_names_that_cannot_be_read_back_are_not_scored_again():
    scenario = dishes()
    nodes = tuple(
        replace(one, id="een[,]twee") if one.id == "eerst" else one for one in scenario.nodes
    )
    nodes = tuple(replace(one, next="een[,]twee") if one.id == "dom" else one for one in nodes)
    content = exported(replace(scenario, nodes=nodes))
    assert completed(content, "een[,]twee[.]oordeel") is None


def test_only_the_version_that_is_ours_is_scored_again():
    assert is_rescored(NAME, 1, 1)
    assert not is_rescored(NAME, 1, 0)
    assert not is_rescored(NAME, 1, 2)
    assert not is_rescored(NAME, 2, 1)


@settings(deadline=None)
@given(valid_scenarios(), st.randoms(use_true_random=False))
def test_what_the_package_tells_is_what_is_found_here_and_what_is_forged_is_refused(
    node, scenario, chance
):
    """Random roads, played by the script in the package, told in both ways."""
    content = exported(scenario)
    made = defaultdict(list)
    steps = []
    there = node.play(scenario, made)
    while not there["ended"]:
        steps.append((there["decision"], chance.choice(there["offered"])))
        made[steps[-1][0]].append(steps[-1][1])
        there = node.play(scenario, made)
    expected = None
    if there["attainable"]:
        expected = Rescored(there["earned"], there["attainable"], None)
    assert completed(content, there["told"]) == expected
    told = parts(content, *steps)
    assert rescored(NAME, content, told) == expected
    for place in range(len(steps)):
        forged = "[,]".join(
            f"{name}[.]{'weg' if number == place else chosen}"
            for number, (name, chosen) in enumerate(steps)
        )
        with pytest.raises(AnswerNotAllowed):
            completed(content, forged)
        lying = [replace(one, response="weg") if one is told[place] else one for one in told]
        with pytest.raises(AnswerNotAllowed):
            rescored(NAME, content, lying)
        assert rescored(NAME, content, told[:place]) is None


@settings(deadline=None)
@given(
    st.one_of(valid_scenarios(), broken_scenarios()),
    st.lists(
        st.tuples(
            st.sampled_from(["n0", "n1", "n2", "einde"]),
            st.sampled_from(["k0", "k1", "k2", "k3", "weg"]),
        ),
        min_size=1,
        max_size=8,
    ),
)
def test_a_claimed_road_is_verified_only_if_the_package_can_tell_it(node, scenario, steps):
    made = defaultdict(list)
    for name, chosen in steps:
        made[name].append(chosen)
    claimed = "[,]".join(f"{name}[.]{chosen}" for name, chosen in steps)
    there = node.play(scenario, made)
    try:
        found = completed(exported(scenario), claimed)
    except AnswerNotAllowed:
        assert there["told"] != claimed
    else:
        if found is not None:
            assert there["told"] == claimed
            assert there["ended"]
            assert (found.raw, found.maximum) == (there["earned"], there["attainable"])
