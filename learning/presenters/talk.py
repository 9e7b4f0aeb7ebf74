"""A conversation as its page shows it: up to where one is, and what may follow without asking.

Nothing beyond the decision that waits is in it: no quality, no reason, no consequence.
"""

from dataclasses import dataclass

from learning.presenters.debrief import Debrief
from learning.rules.order import ordered_for
from learning.rules.talk import SAID, Beat, last_choice, place_asked
from modules.rules.scenario import Choice, Play, Scenario


@dataclass(frozen=True)
class Talk:
    """`at` is the beat that one has come to; what lies before `after` the reader has already."""

    url: str
    scenario: Scenario
    run: Play
    beats: tuple[Beat, ...]
    at: int
    after: int = 0
    choices: tuple[Choice, ...] = ()  # of the decision that waits, in the order shown
    sealed: str = ""
    selected: str = ""
    earlier: str = ""  # in a replay: what was chosen here the first time
    debrief: Debrief | None = None
    is_replay: bool = False
    is_done: bool = False
    back_url: str = ""  # of a replay: to the looking back on the first run
    support_html: str = ""  # of the module

    @property
    def may_finish(self) -> bool:
        return self.run.ended and not self.is_replay

    @property
    def shown(self) -> tuple[Beat, ...]:
        return tuple(b for b in self.beats if self.after < b.number <= self.at and not b.is_silent)

    @property
    def coming(self) -> tuple[Beat, ...]:
        return tuple(b for b in self.beats if b.number > self.at and not b.is_silent)

    @property
    def last(self) -> int:
        return len(self.beats)

    @property
    def latest(self) -> int:
        """The last beat in view that has something to read."""
        return max((beat.number for beat in self.beats[: self.at] if not beat.is_silent), default=0)

    @property
    def next_number(self) -> int:
        return self.coming[0].number if self.coming else self.last

    @property
    def is_at_end(self) -> bool:
        """All that can be read now is in view: the choices, or the road."""
        return self.at >= self.last

    @property
    def question(self) -> int:
        """The beat that says what there is to decide; 0 when it says nothing."""
        beat = self.beats[-1]
        return beat.number if beat.kind == SAID and not beat.is_silent else 0

    @property
    def came_back(self) -> bool:
        """Whether somebody came back to the decision and is offered only what is left."""
        decision = self.run.decision
        return decision is not None and len(self.run.offered) < len(decision.choices)


def in_order(run: Play, seed: str) -> tuple[Choice, ...]:
    """The choices at the decision that waits, as this run shows them each time."""
    if run.decision is None:
        return ()
    return ordered_for(f"{seed}:{run.decision.id}", run.offered)


def place_in(beats: tuple[Beat, ...], asked: str, *, otherwise: int | None = None) -> int:
    """Where to open: the place asked for, else at the last choice made."""
    otherwise = last_choice(beats) if otherwise is None else otherwise
    return place_asked(asked, last=len(beats), otherwise=otherwise)
