"""Playing a conversation, in the first run and in replays alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from learning.errors import ChoiceMissing, ChoiceStands
from learning.models import Attempt
from learning.presenters.debrief import Debrief, debrief_of
from learning.presenters.talk import Talk, in_order, place_in
from learning.rules.choosing import standing
from learning.rules.talk import beat_of, beats_of, last_choice
from learning.sealed import seal, seconds_since
from learning.selectors.looking_back import looking_back
from modules.rules.content import Step
from modules.rules.scenario import Made, Play, Scenario
from organisations.clock import now_of, today_of
from organisations.errors import Refused
from organisations.requests import PersonRequest


@dataclass(frozen=True)
class Round:
    """A run that somebody plays: the first one, or a replay."""

    public_id: str
    attempt: Attempt
    step: Step
    scenario: Scenario
    made: Made
    run: Play
    url: str
    again_url: str  # where another try begins
    support_html: str
    opens_at_end: bool  # otherwise at the last choice made
    is_done: bool = False
    first_run: Callable[[], Play] | None = None  # of a replay; asked for where it is shown
    back_url: str = ""

    def place(self, node_id: str, visit: int) -> tuple[object, ...]:
        return self.public_id, self.step.id, node_id, visit


@dataclass(frozen=True)
class Posted:
    """What the form of a decision says."""

    node_id: str
    visit: int
    choice: str
    sealed: str
    in_view: str

    @classmethod
    def of(cls, form: QueryDict) -> Self:
        visit = form.get("visit", "1")
        return cls(
            node_id=form.get("node", ""),
            visit=int(visit) if visit.isascii() and visit.isdigit() and len(visit) < 4 else 0,
            choice=form.get("choice", ""),
            sealed=form.get("sealed", ""),
            in_view=form.get("in_view", ""),
        )

    def seconds(self, request: HttpRequest, round_: Round) -> float | None:
        place = round_.place(self.node_id, self.visit)
        return seconds_since(self.sealed, *place, at=now_of(request), in_view=self.in_view)


def order_shown(round_: Round) -> list[str]:
    return [choice.id for choice in in_order(round_.run, round_.public_id)]


def talk_for(
    request: PersonRequest,
    round_: Round,
    *,
    kept: QueryDict | None = None,
    answered: Posted | None = None,
) -> Talk:
    """The conversation from where one is; with `answered` only what follows that choice.

    `kept` is the form of the decision that waits, from before signing in again.
    """
    beats = beats_of(round_.run)
    after, at = 0, len(beats) if round_.opens_at_end or kept else last_choice(beats)
    if answered is not None:
        followed = beat_of(beats, answered.node_id, answered.visit)
        after, at = followed.number - 1 if followed else 0, last_choice(beats)
    elif not kept:
        at = place_in(beats, request.GET.get("regel", ""), otherwise=at)
    decision = round_.run.decision
    place = round_.place(decision.id if decision else "", round_.run.visit)
    return Talk(
        url=round_.url,
        scenario=round_.scenario,
        run=round_.run,
        beats=beats,
        at=at,
        after=after,
        choices=in_order(round_.run, round_.public_id),
        sealed=seal(*place, at=now_of(request)) if decision else "",
        selected=kept.get("choice", "") if kept else "",
        earlier=_earlier(round_),
        debrief=_debrief(request, round_) if round_.run.ended else None,
        is_replay=round_.first_run is not None,
        is_done=round_.is_done,
        back_url=round_.back_url,
        support_html=round_.support_html,
    )


def _earlier(round_: Round) -> str:
    """What was chosen the first time, at the decision where a replay begins."""
    if round_.first_run is None or round_.run.decision is None or not round_.opens_at_end:
        return ""
    path = round_.first_run().path
    made = [choice for node, choice in path if node.id == round_.run.decision.id]
    return made[round_.run.visit - 1].text if len(made) >= round_.run.visit else ""


def _debrief(request: PersonRequest, round_: Round) -> Debrief:
    return debrief_of(
        round_.scenario,
        round_.run,
        replay_url=round_.again_url,
        facts=looking_back(
            request.access,
            round_.attempt,
            round_.step,
            today=today_of(request),
            first_run=round_.first_run() if round_.first_run else None,
        ),
    )


def followed(request: PersonRequest, round_: Round, posted: Posted) -> HttpResponse:
    """What comes of the choice: to a script the new lines alone, otherwise the page."""
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect(f"{round_.url}#laatste")
    talk = talk_for(request, round_, answered=posted)
    return render(request, "learning/parts/talk.html", {"talk": talk})


def refused(
    request: PersonRequest, refusal: Refused, round_: Round, posted: Posted
) -> HttpResponse:
    """Back to the place that it is about, where it is told."""
    messages.warning(request, str(refusal))
    beats = beats_of(round_.run)
    if isinstance(refusal, ChoiceMissing):
        return redirect(f"{round_.url}?regel={len(beats)}")
    beat = beat_of(beats, posted.node_id, posted.visit)
    if isinstance(refusal, ChoiceStands) and beat is not None:
        return redirect(f"{round_.url}?regel={beat.number}")
    return redirect(round_.url)


def still_waits(request: PersonRequest, round_: Round, kept: QueryDict | None) -> QueryDict | None:
    """The form from before signing in again, while its decision waits for a choice.

    Tells it when another choice was made there in the meantime.
    """
    if kept is None:
        return None
    posted = Posted.of(kept)
    decision = round_.run.decision
    if decision is not None and (decision.id, round_.run.visit) == (posted.node_id, posted.visit):
        return kept
    stands = standing(round_.made, posted.node_id, posted.visit)
    node = round_.scenario.node(posted.node_id)
    choice = node.choice(stands) if node and stands and stands != posted.choice else None
    if choice is not None:
        messages.warning(request, str(ChoiceStands(choice=choice.text)))
    return None
