"""A conversation cut into what is read at a time: one beat, and then on to the next."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from modules.rules.scenario import Choice, Chosen, Node, Play
from modules.rules.scenario_roads import Road

NOTE, SAID, CHOSEN, WHY, ROAD = "note", "said", "chosen", "why", "road"


@dataclass(frozen=True)
class Beat:
    """What comes into view at once. `chosen` holds what followed, `why` the verdict after it."""

    number: int  # from 1, and the same each time that the conversation is opened
    kind: str
    node: Node | None = None
    choice: Choice | None = None
    visit: int = 0

    @property
    def is_silent(self) -> bool:
        """Nothing to read by itself: it only brings the choices, or the road at the end."""
        if self.kind == ROAD:
            return True
        return self.kind == SAID and (self.node is None or _is_empty(self.node))


@dataclass(frozen=True)
class Stop:
    """A choice made on the way, at which visit of its decision."""

    node: Node
    visit: int
    choice: Choice


def beats_of(run: Play) -> tuple[Beat, ...]:
    """Note, lines, and for each choice what followed and then why. At the end the road."""
    found = list(_kinds(run))
    return tuple(
        Beat(number, kind, node, choice, visit)
        for number, (kind, node, choice, visit) in enumerate(found, start=1)
    )


def _kinds(run: Play) -> Iterator[tuple[str, Node | None, Choice | None, int]]:
    yield NOTE, None, None, 0
    stops = iter(stops_of(run))
    for line in run.lines:
        if isinstance(line, Chosen):
            stop = next(stops)
            yield CHOSEN, stop.node, stop.choice, stop.visit
            yield WHY, stop.node, stop.choice, stop.visit
        elif line.node.kind == "decision" or not _is_empty(line.node):
            yield SAID, line.node, None, 0
    if run.ended:
        yield ROAD, None, None, 0


def _is_empty(node: Node) -> bool:
    return not (node.text or node.picture or node.recording or node.takeaways)


def stops_of(run: Play | Road) -> tuple[Stop, ...]:
    """The choices made, in order, each with the visit of its decision from 1."""
    visits: Counter[str] = Counter()
    found = []
    for node, choice in run.path:
        visits[node.id] += 1
        found.append(Stop(node, visits[node.id], choice))
    return tuple(found)


def last_choice(beats: tuple[Beat, ...]) -> int:
    """Where somebody goes on reading: at what followed their last choice, else at the start."""
    return max((beat.number for beat in beats if beat.kind == CHOSEN), default=1)


def beat_of(beats: tuple[Beat, ...], node_id: str, visit: int) -> Beat | None:
    """What followed the choice at this visit of the decision; None when none was made."""
    return next(
        (
            beat
            for beat in beats
            if beat.kind == CHOSEN and beat.node and (beat.node.id, beat.visit) == (node_id, visit)
        ),
        None,
    )


def place_asked(asked: str, *, last: int, otherwise: int) -> int:
    """The place in an address, kept between the first beat and the last."""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7):
        return otherwise
    return min(max(int(asked), 1), last)


def made_before(run: Play, node_id: str, visit: int) -> dict[str, list[str]] | None:
    """The choices made on the way to this visit of a decision; None when it was not chosen at."""
    made: defaultdict[str, list[str]] = defaultdict(list)
    for stop in stops_of(run):
        if (stop.node.id, stop.visit) == (node_id, visit):
            return dict(made)
        made[stop.node.id].append(stop.choice.id)
    return None
