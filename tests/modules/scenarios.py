"""Small scenarios for the tests, made by hand."""

from dataclasses import replace
from typing import Any

from modules.rules.scenario import Choice, Node, Scenario


def choice(name: str, quality: str, leads_to: str, **fields: Any) -> Choice:
    fields = {"why": "Omdat het zo is.", "consequence": "Ze kijkt op.", **fields}
    return Choice(id=name, text=f"Keuze {name}", quality=quality, next=leads_to, **fields)


def dishes() -> Scenario:
    """A scene, a decision with four choices, a second one after the two best, a debrief, an end."""
    return Scenario(
        id="afwas",
        title="Tijdens de afwas",
        start="keuken",
        nodes=(
            Node("keuken", "situation", text="Jullie doen samen de afwas.", next="dom"),
            Node("dom", "turn", speaker="Noor", text="Dom hè?", next="eerst"),
            Node(
                "eerst",
                "decision",
                text="Wat doe je?",
                choices=(
                    choice("vraag", "++", "beloof", competencies=("C3",)),
                    choice("straks", "+", "beloof", competencies=("C3", "C4")),
                    choice("oordeel", "-", "na", competencies=("C3",)),
                    choice("overleg", "+", "na", competencies=("C8",), is_consult=True),
                ),
            ),
            Node(
                "beloof",
                "decision",
                text="Zeg je het tegen niemand?",
                choices=(
                    choice("eerlijk", "++", "na", competencies=("C7",)),
                    choice("tuurlijk", "-", "na", competencies=("C7", "C3")),
                    choice("eerst-bellen", "+", "na", is_consult=True),
                ),
            ),
            Node(
                "na", "debrief", text="Wat gebeurde er?", takeaways=("Blijf stil.",), next="einde"
            ),
            Node("einde", "end"),
        ),
    )


def changed(node_id: str, **fields: Any) -> Scenario:
    """The same scenario with one node changed."""
    scenario = dishes()
    nodes = tuple(replace(n, **fields) if n.id == node_id else n for n in scenario.nodes)
    return replace(scenario, nodes=nodes)


def with_choice(node_id: str, choice_id: str, **fields: Any) -> Scenario:
    """The same scenario with one choice changed."""
    node = dishes().node(node_id)
    assert node is not None
    choices = tuple(replace(c, **fields) if c.id == choice_id else c for c in node.choices)
    return changed(node_id, choices=choices)
