"""Which rules ask a programme of somebody, and by when the first time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from organisations.rules.periods import covers


@dataclass(frozen=True, slots=True)
class Work:
    """That somebody works in a team, for a period."""

    organisation: int
    team: int
    job_function: str
    starts_on: date
    ends_before: date | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is matched. `teams` holds the subteams meant; None: every team or function.

    `due_on` is set for a rule that names a date, `due_after_days` otherwise. `earlier` is the
    rule that it came in place of.
    """

    public_id: str
    pk: int
    organisation: int
    programme: int
    teams: frozenset[int] | None
    job_functions: frozenset[str] | None
    from_employment: bool
    due_after_days: int | None
    due_on: date | None
    counts_from: date
    starts_on: date
    ends_before: date | None
    earlier: "Rule | None" = None

    def in_force(self, day: date) -> bool:
        return covers(starts_on=self.starts_on, ends_before=self.ends_before, day=day)

    def holds_before(self, day: date) -> bool:
        """Whether it holds, or held, on some day before this one."""
        ends = day if self.ends_before is None else min(day, self.ends_before)
        return self.starts_on < ends

    def asks(self, work: Work) -> bool:
        return (
            self.organisation == work.organisation
            and (self.teams is None or work.team in self.teams)
            and (self.job_functions is None or work.job_function in self.job_functions)
        )

    def counts_since(self, works: Sequence[Work]) -> date:
        """The day that days are counted from for somebody with this work.

        That of the first in the row of rules that each asked this already: a change of the
        number of days begins nothing anew, and who is asked since a change is not late at once.
        """
        first = self
        while first.earlier is not None and any(first.earlier.asks(work) for work in works):
            first = first.earlier
        return first.counts_from


@dataclass(frozen=True, slots=True)
class Match:
    """That a rule asks a programme of somebody, and what follows from it."""

    rule: Rule
    counted_from: date
    due_on: date


def matches(works: Sequence[Work], rules: Iterable[Rule], today: date) -> list[Match]:
    """The rules in force that ask something of somebody with this work.

    Work that begins on a later day counts already: its training is due from that day on. Counted
    from the first working day at the organisation, or from the start of the rule for those who
    worked there before it: a new rule makes nobody late.
    """
    coming = not_over(works, today)
    found = []
    for rule in rules:
        if rule.in_force(today) and any(rule.asks(work) for work in coming):
            counted_from = rule.counts_since(coming)
            if rule.from_employment:
                counted_from = max(counted_from, employed_since(works, rule.organisation, today))
            due = rule.due_on or counted_from + timedelta(days=rule.due_after_days or 0)
            found.append(Match(rule, counted_from, due))
    return found


def not_over(works: Iterable[Work], today: date) -> list[Work]:
    """Work of now and later."""
    return [one for one in works if one.ends_before is None or one.ends_before > today]


def employed_since(works: Sequence[Work], organisation: int, today: date) -> date:
    """The first working day of the unbroken time at the organisation; moving team keeps it."""
    here = sorted(
        (work for work in works if work.organisation == organisation),
        key=lambda work: (work.starts_on, work.ends_before or date.max),
    )
    since: date | None = None
    through: date | None = date.min  # first day without work; None: no end in sight
    for work in here:
        if since is None or (through is not None and work.starts_on > through):
            if since is not None and (through is None or through > today):
                break  # goes on now: work that comes after a pause is another time
            since = work.starts_on
            through = work.ends_before
        elif through is not None:
            through = max(through, work.ends_before) if work.ends_before else None
    return since or today


@dataclass(frozen=True, slots=True)
class Held:
    """Where somebody stands with a programme now."""

    assignment: int
    is_assigned: bool
    is_exempt: bool
    exempt_until: date | None
    is_certified: bool
    due_on: date | None
    works_there: bool  # still works at the organisation that assigned it


@dataclass(frozen=True, slots=True)
class Change:
    """What the rules ask that is not so yet.

    A date that moves later has the reason `corrected_start`; whether it is rather the rule that
    changed shows from what it was counted from before.
    """

    kind: str  # assigned, unassigned, due_changed
    programme: int
    reason: str  # a code of AssignmentEvent.Reason
    due_on: date | None = None
    match: Match | None = None  # the one with the latest due date
    matched: tuple[Match, ...] = ()


def changes(
    found: Collection[Match],
    held: dict[int, Held],
    *,
    works: bool,
    today: date,
    keeps: Collection[int] = (),
) -> list[Change]:
    """What to do for one person. Several rules: the latest due date.

    `works` says whether the person works anywhere now or later: who left keeps what they have,
    and nothing is asked of them. Programmes in `keeps` are not taken away.
    """
    by_programme: dict[int, list[Match]] = {}
    for match in found:
        by_programme.setdefault(match.rule.programme, []).append(match)
    made = []
    for programme, several in sorted(by_programme.items()):
        change = _asked(programme, several, held.get(programme), today)
        if change is not None:
            made.append(change)
    for programme, has in sorted(held.items()):
        if works and has.is_assigned and programme not in by_programme and programme not in keeps:
            made.append(Change("unassigned", programme, "no_rule"))
    return made


def _asked(programme: int, several: list[Match], held: Held | None, today: date) -> Change | None:
    latest = max(several, key=lambda match: (match.due_on, match.rule.pk))
    if held is None or not held.is_assigned:
        if held is not None and held.is_exempt:
            if held.exempt_until is None or held.exempt_until >= today:
                return None
            reason = "ex_over"
        else:
            reason = "rule" if held is None else "rule_again"
        return Change("assigned", programme, reason, latest.due_on, latest, tuple(several))
    if not held.is_certified and held.due_on is not None and latest.due_on > held.due_on:
        reason = "corrected_start" if len(several) == 1 else "latest_due"
        return Change("due_changed", programme, reason, latest.due_on, latest, tuple(several))
    return None
