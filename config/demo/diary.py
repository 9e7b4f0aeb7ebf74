"""The last weeks of the demo, lived day by day: what people did, and the daily run.

Older history is written at once; here the real actions and the real daily run do the work, so
that the queue, the mails and the periods are what they would have been.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from config.demo.moments import AMSTERDAM, moment
from learning.actions.daily import close_run, follow_calendar
from learning.actions.exceptions import close_overtaken_cases
from learning.actions.reminding import remind
from learning.models import Mail

Scene = Callable[[datetime], None]
DAYS_OF_RUNS = 21  # so that each rung of the ladder but the longest was passed on its own day
HOUR = time(6)


class Diary:
    """Scenes by day. Those of one day are played in the order in which they were written."""

    def __init__(self) -> None:
        self._scenes: defaultdict[date, list[Scene]] = defaultdict(list)

    def on(self, day: date, scene: Scene) -> None:
        self._scenes[day].append(scene)

    def play(self, *, until: datetime) -> None:
        """Every day through that of `until`: first the daily run, then what people did."""
        today = until.astimezone(AMSTERDAM).date()
        first_run = today - timedelta(days=DAYS_OF_RUNS)
        day = min([*self._scenes, first_run])
        while day <= today:
            if day >= first_run:
                run(day, at=min(until, datetime.combine(day, HOUR, tzinfo=AMSTERDAM)))
            for scene in self._scenes[day]:
                scene(moment(day))
            day += timedelta(days=1)


def run(day: date, *, at: datetime) -> None:
    """The daily run. Its mails are there to be read; nobody of the demo has a mailbox."""
    follow_calendar(as_of=day, at=at)
    close_overtaken_cases(at=at)
    remind(as_of=day, at=at)
    Mail.objects.filter(state=Mail.State.QUEUED).update(
        state=Mail.State.SENT, claimed_at=at, sent_at=at, attempts=1
    )
    close_run(as_of=day, at=at)
