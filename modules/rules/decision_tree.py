"""A reference aid as people read it: unfolded answer by answer, and as numbered steps on paper."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from modules.rules.scenario import Choice, Node, Scenario

MOST_BRANCHES = 250  # roads that come together are repeated, up to here


@dataclass(frozen=True)
class Step:
    """What is read in one go. It ends with a question, an end, or where another step goes on."""

    number: int
    nodes: tuple[Node, ...]
    goes_on_at: int = 0  # the number of the step that follows without a question
    answers: tuple[tuple[Choice, int], ...] = ()  # with the number of the step that follows


@dataclass(frozen=True)
class Branch:
    """Steps up to a question, and what follows each answer; `goes_on_at` a step met before."""

    steps: tuple[Step, ...]
    question: str = ""  # names this place, once in the whole tree
    answers: "tuple[tuple[Choice, Branch], ...]" = ()
    goes_on_at: int = 0


@dataclass(frozen=True)
class DecisionTree:
    """`is_cut`: too many roads to unfold, so some say at which step they go on."""

    steps: tuple[Step, ...]
    start: Branch
    is_cut: bool


def unfolded(scenario: Scenario) -> DecisionTree:
    """The whole aid, twice: all steps once, and every road from the start."""
    steps = tuple(_steps(scenario))
    unfolding = _Unfolding({step.number: step for step in steps})
    start = unfolding.branch(1, ()) if steps else Branch(())
    return DecisionTree(steps=steps, start=start, is_cut=unfolding.is_cut)


def _steps(scenario: Scenario) -> Iterator[Step]:
    """In the order in which they were written, the start first. What is never reached is not."""
    numbers = _numbers(scenario)
    for name, number in numbers.items():
        nodes, following = [], scenario.node(name)
        while following is not None and following not in nodes:
            nodes.append(following)
            last = following
            following = scenario.node(last.next) if last.kind not in {"decision", "end"} else None
            if following is not None and following.id in numbers:
                break
        choices = nodes[-1].choices if nodes[-1].kind == "decision" else ()
        yield Step(
            number=number,
            nodes=tuple(nodes),
            goes_on_at=numbers.get(following.id, 0) if following is not None else 0,
            answers=tuple((choice, numbers.get(choice.next, 0)) for choice in choices),
        )


def _numbers(scenario: Scenario) -> dict[str, int]:
    """The nodes with which a step begins: the start, what answers lead to, where roads meet."""
    reached: dict[str, Node] = {}
    leading_to: Counter[str] = Counter()
    after_an_answer: set[str] = set()
    waiting = [scenario.start]
    while waiting:
        node = scenario.node(waiting.pop())
        if node is None or node.id in reached:
            continue
        reached[node.id] = node
        targets = set(node.targets)
        leading_to.update(targets)
        after_an_answer |= targets if node.kind == "decision" else set()
        waiting.extend(targets)
    begins = [
        node.id
        for node in dict.fromkeys(scenario.nodes)
        if node.id in reached
        and node.id != scenario.start
        and (node.id in after_an_answer or leading_to[node.id] > 1)
    ]
    first = [scenario.start] if scenario.start in reached else []
    return {name: number for number, name in enumerate(dict.fromkeys(first + begins), start=1)}


@dataclass
class _Unfolding:
    steps: dict[int, Step]
    made: int = 0
    is_cut: bool = field(default=False)

    def branch(self, number: int, above: tuple[int, ...]) -> Branch:
        """From a step on. What stands above it on this road is referred to, not repeated."""
        self.made += 1
        place = self.made
        read: list[Step] = []
        while number and number not in above:
            step = self.steps[number]
            read.append(step)
            above = (*above, number)
            if step.answers:
                return Branch(tuple(read), f"q{place}", self._answers(step, above))
            number = step.goes_on_at
        return Branch(tuple(read), goes_on_at=number)

    def _answers(self, step: Step, above: tuple[int, ...]) -> tuple[tuple[Choice, Branch], ...]:
        found = []
        for choice, number in step.answers:
            if self.made >= MOST_BRANCHES:
                self.is_cut = True
                found.append((choice, Branch((), goes_on_at=number)))
            else:
                found.append((choice, self.branch(number, above)))
        return tuple(found)
