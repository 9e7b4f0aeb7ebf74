"""What a change of the rules would do, with names, before anything is saved."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from heapq import nsmallest

from learning.models import AssignmentRule, Programme
from learning.models.rule import RuleDraft, made_from
from learning.rules.calendar import last_of_month
from learning.rules.events import Event, EventType
from learning.rules.ledger import Ledger
from learning.rules.matching import Change, not_over
from learning.selectors.facts import facts_of, facts_of_newcomers
from learning.selectors.planning import AT_A_TIME, Instead, Plan, is_to_decide, plan_for, staff_of
from learning.selectors.rules import as_rule, known_rules, parents_of
from organisations.models import Organisation, User

NAMES_AT_MOST = 200


@dataclass(frozen=True)
class Affected:
    """One person, for the lists. `due_on` is null where it is to be decided."""

    last_name: str
    first_name: str
    pk: int
    team: str
    due_on: date | None = None
    was_due_on: date | None = None
    follows: date | None = None  # the date that follows from the rule, also when it is too near
    valid_through: date | None = None
    is_exempt: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def place(self) -> tuple[date, str, str, int]:
        """In order of date, then of name."""
        return (self.due_on or date.max, self.last_name, self.first_name, self.pk)


@dataclass
class Listed:
    """How many people, and the first of them by date and name."""

    count: int = 0
    people: list[Affected] = field(default_factory=list)

    def add(self, more: Collection[Affected]) -> None:
        self.count += len(more)
        self.people = nsmallest(
            NAMES_AT_MOST, [*self.people, *more], key=lambda person: person.place
        )

    @property
    def unnamed(self) -> int:
        return self.count - len(self.people)


@dataclass(frozen=True)
class Consequences:
    """What would happen on the day that the change takes effect.

    `this_month` and `to_decide` are part of `gets`.
    """

    day: date
    gets: Listed = field(default_factory=Listed)
    this_month: Listed = field(default_factory=Listed)
    to_decide: Listed = field(default_factory=Listed)
    loses: Listed = field(default_factory=Listed)
    later: Listed = field(default_factory=Listed)
    stays: Listed = field(default_factory=Listed)

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Assigned, to decide, unassigned and moved later: to compare with what was done."""
        return (self.gets.count, self.to_decide.count, self.loses.count, self.later.count)

    @property
    def is_empty(self) -> bool:
        return not any(self.counts)


def preview_rule(
    organisation: Organisation,
    programme: Programme,
    draft: RuleDraft | None,
    replaces: AssignmentRule | None,
    today: date,
) -> Consequences:
    """What saving the draft would do; without a draft, what ending the other rule would do.

    By the same plan as the run follows, on the day that the draft begins. In pieces of some
    hundreds of people, some twenty queries each.
    """
    day = max(today, (draft.starts_on if draft else None) or today)
    instead = _instead(organisation, programme, draft, replaces, today)
    team_names = dict(organisation.teams.values_list("pk", "name"))
    workers = staff_of(organisation, day)
    found = Consequences(day=day)
    for start in range(0, len(workers), AT_A_TIME):
        plan = plan_for(
            workers[start : start + AT_A_TIME],
            today=day,
            programmes=[programme.pk],
            instead=instead,
        )
        _add(found, plan, programme, _People(plan, organisation, team_names, day))
    return found


def _instead(
    organisation: Organisation,
    programme: Programme,
    draft: RuleDraft | None,
    replaces: AssignmentRule | None,
    today: date,
) -> Instead:
    known = known_rules([organisation.pk], [programme.pk])
    gone = list(_row_of(replaces))
    if draft is None:
        return Instead(without=frozenset(gone))
    day = draft.starts_on or today
    held = (known[pk] for pk in gone if known[pk].starts_on <= today)
    earlier = next((rule for rule in held if rule.holds_before(day)), None)
    row = made_from(draft, organisation=organisation, programme=programme, today=today)
    teams = parents_of([organisation.pk])[organisation.pk]
    rule = as_rule(row, teams=draft.teams, parents=teams, earlier=earlier)
    return Instead(without=frozenset(gone), draft=rule)


def _row_of(rule: AssignmentRule | None) -> Iterator[int]:
    """The rule and those that it came in place of, the last first."""
    while rule is not None:
        yield rule.pk
        rule = rule.replaces


class _People:
    """Names and teams of the people in one piece. One query."""

    def __init__(
        self, plan: Plan, organisation: Organisation, team_names: dict[int, str], day: date
    ) -> None:
        self.plan, self.organisation, self.team_names, self.day = (
            plan,
            organisation,
            team_names,
            day,
        )
        named = {worker for worker, _change in plan.changes}
        named |= {worker for worker, held in plan.asked.held.items() if held}
        rows = User.objects.filter(pk__in=named).order_by()
        self.names = {
            pk: (last, first)
            for pk, last, first in rows.values_list("pk", "last_name", "first_name")
        }

    def affected(self, worker: int, **dates: date | bool | None) -> Affected:
        last, first = self.names[worker]
        here = {
            self.team_names[work.team]
            for work in not_over(self.plan.asked.work[worker], self.day)
            if work.organisation == self.organisation.pk
        }
        return Affected(last, first, worker, ", ".join(sorted(here)), **dates)  # type: ignore[arg-type]


def _add(found: Consequences, plan: Plan, programme: Programme, people: _People) -> None:
    ledgers = _ledgers_after(plan, programme, found.day)
    month_ends = last_of_month(found.day)
    lists: dict[str, list[Affected]] = {name: [] for name in _LISTS}
    for worker, change in plan.changes:
        ledger = ledgers[worker]
        held = plan.asked.held.get(worker, {}).get(programme.pk)
        person = people.affected(
            worker,
            due_on=ledger.due_on,
            was_due_on=held.due_on if held else None,
            follows=change.due_on,
            valid_through=ledger.valid_through,
        )
        lists[_LIST_OF[change.kind]].append(person)
        if change.kind == "assigned":
            if is_to_decide(change, ledger):
                lists["to_decide"].append(person)
            elif ledger.due_on is not None and ledger.due_on <= month_ends:
                lists["this_month"].append(person)
    lists["stays"] = list(_staying(plan, programme, people))
    for name, more in lists.items():
        getattr(found, name).add(more)


_LISTS = ("gets", "this_month", "to_decide", "loses", "later", "stays")
_LIST_OF = {"assigned": "gets", "unassigned": "loses", "due_changed": "later"}


def _staying(plan: Plan, programme: Programme, people: _People) -> Iterator[Affected]:
    """Who has it, or is exempt, and for whom nothing changes."""
    changing = {worker for worker, _change in plan.changes}
    for worker, of_programme in plan.asked.held.items():
        held = of_programme.get(programme.pk)
        if held is None or worker in changing or not plan.matches[worker]:
            continue
        due_on = held.due_on if held.is_assigned else None
        yield people.affected(worker, due_on=due_on, is_exempt=held.is_exempt)


def _ledgers_after(plan: Plan, programme: Programme, day: date) -> dict[int, Ledger]:
    """The state of each person to whom something happens, as it would be after it."""
    assignments = {
        worker: held[programme.pk].assignment
        for worker, held in plan.asked.held.items()
        if programme.pk in held
    }
    changing = dict(plan.changes)
    known = facts_of([assignments[worker] for worker in changing if worker in assignments])
    fresh = facts_of_newcomers([one for one in changing if one not in assignments], programme)
    return {
        worker: (known[assignments[worker]] if worker in assignments else fresh[worker])
        .with_event(_event(change, day))
        .ledger_on(day)
        for worker, change in changing.items()
    }


def _event(change: Change, day: date) -> Event:
    return Event(day, EventType(change.kind), day=change.due_on)
