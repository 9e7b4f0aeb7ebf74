"""What stands on the page of a step with an H5P activity: its frame, and what its tries showed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import ActivityRun
from learning.rules.activity_results import MOST_TRIES, Result
from learning.selectors.activities import ActivityHere
from learning.selectors.attempts import AttemptState
from modules.rules.content import Activity

NO_PLAYER, NOT_PLAYABLE = "no_player", "not_playable"


@dataclass(frozen=True)
class TryView:
    """A try that ended, in words."""

    number: int
    ended_at: datetime
    words: str
    trust: str
    is_verified: bool


@dataclass(frozen=True)
class ResultsView:
    last: TryView
    first: TryView
    best: TryView | None  # None when no try told a share
    newest_first: tuple[TryView, ...]
    path: Sequence[str]  # the choices of the last try, where it was a branching scenario

    @property
    def count(self) -> int:
        return len(self.newest_first)


@dataclass(frozen=True)
class ActivityView:
    """`trouble` says why it cannot be played: NO_PLAYER, NOT_PLAYABLE, or "" when it can."""

    activity: Activity
    trouble: str
    plays: bool  # whether its frame is on the page
    keeps: bool  # whether what it tells is kept: not when the module is closed
    frame_url: str
    begin_url: str
    nonce: str
    next_sequence: int
    open_run: ActivityRun | None
    results: ResultsView | None
    again_nonce: str  # what beginning another try asks for; "" when that cannot be

    @property
    def reports(self) -> bool:
        """Whether it tells its end by itself, as far as is known of its library."""
        return self.activity.reports_scores

    @property
    def frame_title(self) -> str:
        return _("Activity: %(title)s") % {"title": self.activity.title}

    @property
    def statement_url(self) -> str:
        return self._of_run("learning:activity_statement")

    @property
    def state_url(self) -> str:
        return self._of_run("learning:activity_state")

    @property
    def version(self) -> str:
        return self.activity.version

    @property
    def note(self) -> str:
        if not self.keeps:
            return _("You have finished this module. You can do this again; nothing is kept of it.")
        if not self.reports:
            return _("This activity keeps no points. Choose “Done” when you have finished it.")
        return ""

    def _of_run(self, name: str) -> str:
        return reverse(name, args=[self.open_run.public_id]) if self.open_run else ""


def activity_view(
    state: AttemptState,
    number: int,
    activity: Activity,
    *,
    here: ActivityHere,
    trouble: str,
) -> ActivityView:
    is_open = here.open_run is not None or here.results.count == 0
    may_try_again = not is_open and not trouble and here.results.count < MOST_TRIES
    args = [state.attempt.public_id, number]
    return ActivityView(
        activity=activity,
        trouble=trouble,
        plays=not trouble and (is_open or state.is_closed),
        keeps=not state.is_closed,
        frame_url=reverse("learning:activity_frame", args=args),
        begin_url=reverse("learning:activity_begin", args=args),
        nonce=here.nonce,
        next_sequence=here.next_sequence,
        open_run=here.open_run,
        results=_results_view(here),
        again_nonce=here.nonce if may_try_again and not state.is_closed else "",
    )


def _results_view(here: ActivityHere) -> ResultsView | None:
    found = here.results
    if found.last is None or found.first is None:
        return None
    return ResultsView(
        last=_in_words(found.last),
        first=_in_words(found.first),
        best=_in_words(found.best) if found.best else None,
        newest_first=tuple(_in_words(one) for one in reversed(here.ended)),
        path=found.last.path,
    )


def _in_words(result: Result) -> TryView:
    trust = ActivityRun.Trust.VERIFIED if result.is_verified else ActivityRun.Trust.SELF_REPORTED
    return TryView(
        number=result.number,
        ended_at=result.ended_at,
        words=_result_words(result),
        trust=str(trust.label),
        is_verified=result.is_verified,
    )


def _result_words(result: Result) -> str:
    """Points of points and the share; less where the activity tells less."""
    share = "" if result.scaled is None else f"{round(100 * result.scaled)}%"
    if result.raw is not None and result.maximum:
        words = ngettext(
            "%(raw)s of %(maximum)s point", "%(raw)s of %(maximum)s points", round(result.maximum)
        ) % {"raw": _points(result.raw), "maximum": _points(result.maximum)}
        return f"{words} ({share})" if share else words
    if share:
        return share
    if result.success is not None:
        return _("Passed") if result.success else _("Not passed")
    return _("Done, without points")


def _points(number: float) -> str:
    """With a fraction only where there is one."""
    rounded = round(number, 2)
    digits = 0 if rounded == round(rounded) else None
    return str(number_format(rounded, decimal_pos=digits))
