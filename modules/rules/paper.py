"""How small the decision tree must be written to stand on one sheet of A4."""

from modules.rules.decision_tree import DecisionTree, Step

# How much fits on the sheet at each size of letters in static/css/tree-paper.css: measured with
# Chromium over made-up trees of short and of long texts, the least of them less a tenth.
ROOM = {"normal": 2950, "dense": 3950, "denser": 5000, "densest": 6700}
PER_STEP = 60  # what the number, the lines around it and half-filled lines take, in characters


def density(tree: DecisionTree, contacts: int) -> str:
    """The largest letters with which tree and contacts fit, a name of ROOM; "" when none do.

    `contacts` is how many characters the contacts take.
    """
    taken = contacts + sum(_characters(step) + PER_STEP for step in tree.steps)
    return next((name for name, room in ROOM.items() if taken <= room), "")


def _characters(step: Step) -> int:
    said = sum(len(node.text) + sum(map(len, node.takeaways)) for node in step.nodes)
    return said + sum(
        len(choice.text) + len(choice.consequence) + len(choice.why) + PER_STEP // 4
        for choice, _number in step.answers
    )
