"""Looking back on a conversation: the road taken beside another, and what it showed, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learning.rules.talk import Stop, stops_of
from learning.selectors.looking_back import LookingBack
from modules.rules.scenario import Choice, Play, Scenario, offered
from modules.rules.scenario_roads import strongest_road
from modules.rules.scenario_score import Score, score


@dataclass(frozen=True)
class Crossing:
    """A decision on the road: what was chosen, and where the roads not taken lead off."""

    number: int
    stop: Stop
    stronger: Choice | None  # the strongest, where it earns more than what was chosen
    others: tuple[Choice, ...]  # the rest


@dataclass(frozen=True)
class RoadBeside:
    """The road to hold one's own against: a better one, or in a replay the first run."""

    is_first_run: bool
    stops: tuple[Stop, ...]
    words: str


@dataclass(frozen=True)
class Debrief:
    crossings: tuple[Crossing, ...]
    words: str
    competencies: tuple[tuple[str, str], ...]  # name, and in words what was shown
    beside: RoadBeside | None
    replay_url: str  # where another try begins
    facts: LookingBack


def debrief_of(scenario: Scenario, run: Play, *, replay_url: str, facts: LookingBack) -> Debrief:
    earned = score(run.path)
    return Debrief(
        crossings=_crossings(run),
        words=share_words(earned.share),
        competencies=competency_words(earned, facts.competencies),
        beside=_first_run(facts.first_run) if facts.first_run else _better(scenario, earned),
        replay_url=replay_url,
        facts=facts,
    )


def _crossings(run: Play) -> tuple[Crossing, ...]:
    made: dict[str, list[str]] = {}
    found = []
    for number, stop in enumerate(stops_of(run), start=1):
        before = made.setdefault(stop.node.id, [])
        open_then = offered(stop.node, before)
        before.append(stop.choice.id)
        best = max(open_then, key=lambda choice: choice.points)
        stronger = best if best.points > stop.choice.points else None
        others = tuple(choice for choice in open_then if choice not in (stop.choice, stronger))
        found.append(Crossing(number, stop, stronger, others))
    return tuple(found)


def _first_run(run: Play) -> RoadBeside:
    return RoadBeside(
        is_first_run=True, stops=stops_of(run), words=share_words(score(run.path).share)
    )


def _better(scenario: Scenario, earned: Score) -> RoadBeside | None:
    best = strongest_road(scenario)
    if best is None or best.share is None or earned.share is None or best.share <= earned.share:
        return None
    return RoadBeside(is_first_run=False, stops=stops_of(best), words="")


def share_words(share: float | None) -> str:
    """What a whole road showed. Bands are wide on purpose: nobody has points to hunt for."""
    if share is None:
        return ""
    if share >= 0.85:
        return _("Almost everywhere you chose what helps the young person most.")
    if share >= 0.6:
        return _("Mostly you chose something that helps the young person.")
    if share >= 0.35:
        return _(
            "Sometimes you chose what helps. At other moments something stronger was possible."
        )
    return _("At most moments something stronger was possible. That is what practising is for.")


def competency_words(earned: Score, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (names.get(code, code), _shown(share)) for code, share in earned.per_competency.items()
    )


def _shown(share: float) -> str:
    if share >= 0.85:
        return pgettext("competency", "clearly shown")
    if share >= 0.5:
        return pgettext("competency", "partly shown")
    return pgettext("competency", "little shown on this road")
