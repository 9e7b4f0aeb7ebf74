"""The state of one person and one programme, and what the passing of time does to it.

Windows open and certifications lapse on their own day. The same facts and the same day give the
same answer, however often and in however many pieces they are replayed (see `taking` for what
each fact does). Rules: DESIGN 3.4 and docs/recertification.md.
"""

from dataclasses import replace
from datetime import date, timedelta

from learning.rules.certifying import Anchor, Certification, window_opens_on
from learning.rules.events import (
    DAY,
    LEAST_DAYS_TO_FINISH,
    ClosedAs,
    CycleLine,
    Refused,
)
from learning.rules.policy import Policy
from learning.rules.status import Dates, Standing, standing_on


class Ledger:
    """The state of one person and one programme, as facts and days go by."""

    def __init__(self, policy: Policy, *, least_days_to_finish: int = LEAST_DAYS_TO_FINISH) -> None:
        self.policy = policy
        self.least_days = timedelta(days=least_days_to_finish)
        self.today = date.min
        self.is_assigned = False
        self.is_active = True
        self.leaves: list[tuple[date, date | None]] = []
        self.returns: list[date] = []  # first days back that are still to come
        self.certifications: list[Certification] = []
        self.extended_to: date | None = None
        self.due_on: date | None = None
        self.anchor: Anchor | None = None  # first due date: the calendar of *fixed*
        self.cycles: list[CycleLine] = []
        self.refused: list[Refused] = []
        self.taken: dict[int, Certification] = {}  # event to what it made valid

    # What holds now

    @property
    def current(self) -> Certification | None:
        """The certification that counts: the furthest valid."""
        return self.certifications[-1] if self.certifications else None

    @property
    def valid_through(self) -> date | None:
        """The last valid day, with an extension."""
        if not self.certifications:
            return None
        through = self.certifications[-1].valid_through
        return max(through, self.extended_to) if self.extended_to else through

    @property
    def covered_through(self) -> date | None:
        through = self.valid_through
        current = self.current
        if through is None or current is None:
            return None
        return through + timedelta(days=current.grace_days)

    @property
    def open_cycle(self) -> CycleLine | None:
        last = self.cycles[-1] if self.cycles else None
        return last if last is not None and last.is_open else None

    @property
    def dates(self) -> Dates:
        current = self.current
        return Dates(
            is_assigned=self.is_assigned,
            certified_through=self.valid_through,
            covered_through=self.covered_through,
            window_opens_on=(
                window_opens_on(current.valid_through, self.policy) if current else None
            ),
            due_on=self.due_on,
        )

    def on_leave(self, day: date) -> bool:
        return any(start <= day and (end is None or day <= end) for start, end in self.leaves)

    def standing(self) -> Standing:
        """On the day that the ledger has come to."""
        return standing_on(
            self.dates, self.today, employed=self.is_active, on_leave=self.on_leave(self.today)
        )

    # Time passes

    def advance(self, day: date) -> None:
        """Let the days up to and including this one pass. A day that has been changes nothing."""
        while (coming := self.next_change()) is not None and coming <= day:
            self.today = max(self.today, coming)
            self._change()
        self.today = max(self.today, day)

    def next_change(self) -> date | None:
        """The first day on which something follows by itself; never before today."""
        coming = [*self.returns[:1], *self._lapse(), *self._opening()]
        return max(min(coming), self.today) if coming else None

    def _opening(self) -> list[date]:
        """When a window opens, unless a period is open already."""
        current = self.current
        if current is None or not self.is_assigned or self.open_cycle is not None:
            return []
        return [window_opens_on(current.valid_through, self.policy)]

    def _lapse(self) -> list[date]:
        """The first day that is not covered, while a renewal is open."""
        through = self.covered_through
        cycle = self.open_cycle
        if through is None or cycle is None or cycle.window_opens_on is None:
            return []
        return [through + DAY]

    def _change(self) -> None:
        """What happens on the day of `next_change`: returns first, then lapses, then openings."""
        if self.returns and self.returns[0] <= self.today:
            back = self.returns.pop(0)
            if self.is_active and not self.on_leave(back):
                self.give_time_from(back)
        elif any(day <= self.today for day in self._lapse()):
            self.close(ClosedAs.LAPSED)
        else:
            self.open_window()

    def open_window(self) -> None:
        """The next period; after a lapse, or an import that was over already, without a window."""
        current = self.current
        if current is not None:
            opens = window_opens_on(current.valid_through, self.policy)
            self.open("refresher", None if self.has_lapsed else opens)

    def give_time_from(self, back: date) -> None:
        """Who comes back has so many days: a due date moves later, never earlier."""
        if self.due_on is not None:
            self.set_due(max(self.due_on, back + timedelta(days=self.policy.leave_return_days)))

    def set_due(self, due_on: date | None) -> None:
        self.due_on = due_on
        if self.open_cycle is not None:
            self.cycles[-1] = replace(self.cycles[-1], due_on=due_on)

    def open(self, path: str, opens: date | None) -> None:
        self.cycles.append(
            CycleLine(
                number=len(self.cycles) + 1,
                path=path,
                assigned_on=self.today,
                window_opens_on=opens,
                due_on=self.due_on,
            )
        )

    def close(self, closed_as: ClosedAs) -> None:
        if self.open_cycle is not None:
            self.cycles[-1] = replace(self.cycles[-1], closed_as=closed_as, closed_on=self.today)

    @property
    def has_lapsed(self) -> bool:
        """Whether certification and grace are over."""
        through = self.covered_through
        return through is not None and self.today > through
