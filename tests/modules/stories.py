"""Random scenarios for properties: without a fault, and with one thing broken."""

from dataclasses import replace

from hypothesis import strategies as st

from modules.rules.scenario import Choice, Node, Scenario

QUALITIES = ["++", "+", "0", "-"]
CODES = ["C1", "C2", "C3"]


@st.composite
def valid_scenarios(draw: st.DrawFn, most_nodes: int = 7, loops: bool = True) -> Scenario:
    """Decisions, turns and ends in a row; every node leads on to the next, choices also elsewhere.

    With `loops` choices may go back; the next one is always among the ways on, so there is a way
    out of everything and everything is reached.
    """
    count = draw(st.integers(1, most_nodes))
    kinds = draw(st.lists(st.sampled_from(["turn", "decision"]), min_size=count, max_size=count))
    names = [f"n{place}" for place in range(count)] + ["einde"]
    nodes = []
    for place, kind in enumerate(kinds):
        following = names[place + 1]
        if kind == "turn":
            nodes.append(Node(names[place], "turn", speaker="Noor", text="Ja.", next=following))
            continue
        ways = names if loops else names[place + 1 :]
        nodes.append(draw(_decision(names[place], following, ways)))
    nodes.append(Node("einde", "end"))
    return Scenario("s", "S", names[0], tuple(nodes))


@st.composite
def _decision(draw: st.DrawFn, name: str, following: str, ways: list[str]) -> Node:
    count = draw(st.integers(2, 4))
    targets = [following] + [draw(st.sampled_from(ways)) for _other in range(count - 1)]
    qualities = [draw(st.sampled_from(["++", "+"]))]
    qualities += [draw(st.sampled_from(QUALITIES)) for _other in range(count - 1)]
    consult = draw(st.sampled_from([n for n, one in enumerate(qualities) if one in {"++", "+"}]))
    choices = [
        Choice(
            id=f"k{number}",
            text=f"Keuze {number}",
            quality=quality,
            why="Omdat.",
            competencies=tuple(draw(st.lists(st.sampled_from(CODES), unique=True, max_size=2))),
            next=target,
            is_consult=number == consult,
        )
        for number, (target, quality) in enumerate(zip(targets, qualities, strict=True))
    ]
    return Node(name, "decision", text="En nu?", choices=tuple(draw(st.permutations(choices))))


@st.composite
def broken_scenarios(draw: st.DrawFn) -> Scenario:
    """One that was without a fault, with one or two fields changed to something odd."""
    scenario = draw(valid_scenarios())
    for _change in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(scenario.nodes) - 1))
        node = draw(_changed(scenario.nodes[place]))
        nodes = (*scenario.nodes[:place], node, *scenario.nodes[place + 1 :])
        scenario = replace(scenario, nodes=nodes)
    return replace(scenario, start=draw(st.sampled_from([scenario.start] * 9 + ["weg"])))


@st.composite
def _changed(draw: st.DrawFn, node: Node) -> Node:
    names = st.sampled_from(["n0", "n1", "n2", "einde", "nergens", ""])
    if not node.choices or draw(st.booleans()):
        field, values = draw(
            st.sampled_from(
                [
                    ("id", names),
                    ("text", st.sampled_from(["", " "])),
                    ("next", names),
                    ("kind", st.sampled_from(["turn", "decision", "end", "debrief"])),
                    ("choices", st.just(node.choices[:1])),
                ]
            )
        )
        return replace(node, **{field: draw(values)})
    place = draw(st.integers(0, len(node.choices) - 1))
    field, values = draw(
        st.sampled_from(
            [
                ("id", st.just("k0")),
                ("text", st.just("")),
                ("quality", st.sampled_from(["-", "0", "", "?"])),
                ("why", st.just(" ")),
                ("next", names),
                ("is_consult", st.booleans()),
            ]
        )
    )
    choice = replace(node.choices[place], **{field: draw(values)})
    return replace(node, choices=(*node.choices[:place], choice, *node.choices[place + 1 :]))
