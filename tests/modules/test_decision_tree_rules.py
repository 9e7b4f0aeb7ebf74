"""A reference aid as it is read: unfolded answer by answer, and as steps on paper."""

import itertools
from collections.abc import Iterator
from random import Random

import pytest

from modules.rules.decision_tree import MOST_BRANCHES, Branch, DecisionTree, unfolded
from modules.rules.paper import density
from modules.rules.scenario import REFERENCE, Choice, Node, Scenario, play


def ask(name: str, **answers: str) -> Node:
    choices = tuple(
        Choice(id=key, text=key, quality="", next=leads_to) for key, leads_to in answers.items()
    )
    return Node(name, "decision", text=f"{name}?", choices=choices)


def tell(name: str, leads_to: str) -> Node:
    return Node(name, "situation", text=name, next=leads_to)


def aid(*nodes: Node, start: str = "") -> Scenario:
    return Scenario("aid", "Aid", start or nodes[0].id, nodes, purpose=REFERENCE)


def names(tree: DecisionTree) -> list[tuple[int, list[str], int, list[int]]]:
    return [
        (
            step.number,
            [node.id for node in step.nodes],
            step.goes_on_at,
            [number for _choice, number in step.answers],
        )
        for step in tree.steps
    ]


MEETING = aid(
    ask("danger", yes="call", no="talk"),
    tell("call", "talk"),
    tell("talk", "weigh"),
    ask("weigh", yes="report", no="end"),
    tell("report", "end"),
    Node("end", "end"),
)


def test_a_step_goes_up_to_a_question_an_end_or_where_ways_meet() -> None:
    assert names(unfolded(MEETING)) == [
        (1, ["danger"], 0, [2, 3]),
        (2, ["call"], 3, []),
        (3, ["talk", "weigh"], 0, [4, 5]),
        (4, ["report"], 5, []),
        (5, ["end"], 0, []),
    ]


def ways(branch: Branch, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every way through the unfolded aid: the names of what one reads."""
    read = before + tuple(node.id for step in branch.steps for node in step.nodes)
    if not branch.answers:
        yield (*read, f"at {branch.goes_on_at}") if branch.goes_on_at else read
    for _choice, following in branch.answers:
        yield from ways(following, read)


def test_what_comes_together_is_read_on_every_way() -> None:
    assert set(ways(unfolded(MEETING).start)) == {
        ("danger", "call", "talk", "weigh", "report", "end"),
        ("danger", "call", "talk", "weigh", "end"),
        ("danger", "talk", "weigh", "report", "end"),
        ("danger", "talk", "weigh", "end"),
    }


def test_a_way_back_is_referred_to_and_not_repeated() -> None:
    loop = aid(ask("first", again="tell", out="end"), tell("tell", "first"), Node("end", "end"))
    assert set(ways(unfolded(loop).start)) == {("first", "end"), ("first", "tell", "at 1")}


def test_a_round_without_a_question_ends() -> None:
    loop = aid(tell("a", "b"), tell("b", "c"), tell("c", "b"))
    assert set(ways(unfolded(loop).start)) == {("a", "b", "c", "at 2")}


def test_every_question_has_a_name_of_its_own() -> None:
    def questions(branch: Branch) -> Iterator[str]:
        if branch.answers:
            yield branch.question
        for _choice, following in branch.answers:
            yield from questions(following)

    found = list(questions(unfolded(MEETING).start))
    assert len(found) == len(set(found)) == 3


@pytest.mark.parametrize("start", ["nowhere", ""])
def test_what_cannot_start_is_empty(start: str) -> None:
    broken = Scenario("aid", "Aid", start, (Node("end", "end"),), purpose=REFERENCE)
    assert unfolded(broken) == DecisionTree((), Branch(()), is_cut=False)


def test_what_is_never_reached_or_leads_nowhere_breaks_nothing() -> None:
    broken = aid(ask("first", a="gone", b="end"), Node("end", "end"), tell("lonely", "end"))
    assert names(unfolded(broken)) == [(1, ["first"], 0, [0, 2]), (2, ["end"], 0, [])]
    assert set(ways(unfolded(broken).start)) == {("first",), ("first", "end")}


def wide(questions: int) -> Scenario:
    """Each question has three answers that all lead to the next: three to the power of ways."""
    chain = [f"q{number}" for number in range(questions)] + ["end"]
    asked = [
        ask(name, a=following, b=following, c=following)
        for name, following in itertools.pairwise(chain)
    ]
    return aid(*asked, Node("end", "end"))


def count(branch: Branch) -> int:
    return 1 + sum(count(following) for _choice, following in branch.answers)


def test_too_many_ways_are_cut_and_say_where_they_go_on() -> None:
    assert not unfolded(wide(4)).is_cut
    tree = unfolded(wide(12))
    assert tree.is_cut
    assert count(tree.start) < 2 * MOST_BRANCHES
    assert len(tree.steps) == 13
    assert all("end" in way or "at" in way[-1] for way in ways(tree.start))


@pytest.mark.parametrize("seed", range(40))
def test_every_way_of_the_player_is_a_way_of_the_unfolded_aid(seed: int) -> None:
    """The same engine: `play` takes the answers that the unfolded aid offers, to the same end."""
    rng = Random(seed)
    scenario = random_aid(rng)
    branch, made, read = unfolded(scenario).start, {}, []
    while True:
        read += [node.id for step in branch.steps for node in step.nodes]
        if not branch.answers:
            break
        choice, following = rng.choice(branch.answers)
        made[read[-1]] = [choice.id]
        branch = following
    played = play(scenario, made)
    assert [line.node.id for line in played.lines if not hasattr(line, "choice")] == read
    assert played.ended


def random_aid(rng: Random) -> Scenario:
    """Forward only, so that every road ends."""
    size = rng.randint(2, 9)
    chain = [f"n{number}" for number in range(size)]
    nodes: list[Node] = []
    for place, name in enumerate(chain[:-1]):
        later = chain[place + 1 :]
        if rng.random() < 0.5:
            nodes.append(ask(name, a=rng.choice(later), b=rng.choice(later)))
        else:
            nodes.append(tell(name, rng.choice(later)))
    return aid(*nodes, Node(chain[-1], "end"))


def test_more_words_are_written_smaller() -> None:
    tree = unfolded(MEETING)
    sizes = [density(tree, contacts) for contacts in range(0, 9000, 100)]
    assert list(dict.fromkeys(sizes)) == ["normal", "dense", "denser", "densest", ""]
