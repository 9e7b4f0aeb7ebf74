"""The eleven other institutions: staff whose training began at different times.

Their completions are taken over from elsewhere (no attempts here), so that coverage over the
past three years can be computed from facts like anybody else's.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from config.demo import history
from config.demo.moments import moment
from config.demo.names import FIRST_NAMES, LAST_NAMES
from learning.models import AssignmentRule, Programme
from learning.rules.calendar import add_months
from learning.rules.certifying import window_opens_on
from learning.rules.events import Event, EventType
from learning.rules.taking import take
from organisations.models import Employment, Organisation, Role, RoleGrant, Team, User

DUE_AFTER = 180  # days, as the rules of these institutions say


@dataclass(frozen=True)
class Rollout:
    """When training began, and how many of those assigned ever finish and keep renewing."""

    months_ago: int
    finishing: float
    renewing: float


class OtherInstitution:
    """Makes the staff of one institution and their training so far."""

    def __init__(
        self, *, rng: Random, today: date, programme: Programme, number: int, rollout: Rollout
    ) -> None:
        self.rng = rng
        self.today = today
        self.programme = programme
        self.number = number
        self.rollout = rollout

    def build(self, organisation: Organisation) -> User:
        """Returns who keeps the counts."""
        begins = add_months(self.today, -self.rollout.months_ago)
        team = Team.objects.create(organisation=organisation, name="Team Jeugd")
        rule = AssignmentRule.objects.create(
            organisation=organisation,
            programme=self.programme,
            due_after_days=DUE_AFTER,
            counts_from=begins,
            starts_on=begins,
            made_at=moment(begins),
        )
        people = self._people(team)
        pasts = [self._past(user, rule, max(begins, since)) for user, since in people]
        history.write(pasts, rule, today=self.today)
        keeper = people[0][0]
        RoleGrant.objects.create(
            user=keeper,
            role=Role.FOCAL_PERSON,
            organisation=organisation,
            starts_on=add_months(self.today, -40),
        )
        return keeper

    def _people(self, team: Team) -> list[tuple[User, date]]:
        size = self.rng.randint(9, 16)
        users = [
            User(
                email=f"instelling{self.number}-{place + 1}@demo.example",
                first_name=FIRST_NAMES[(place * 11 + self.number * 3) % len(FIRST_NAMES)],
                last_name=LAST_NAMES[(place * 7 + self.number) % len(LAST_NAMES)],
                password="!",  # no way to sign in  # noqa: S106
            )
            for place in range(size)
        ]
        User.objects.bulk_create(users)
        earliest = add_months(self.today, -44)
        starts = [
            earliest if self.rng.random() < 0.7 else add_months(earliest, self.rng.randint(2, 40))
            for _user in users
        ]
        Employment.objects.bulk_create(
            Employment(user=user, team=team, starts_on=start)
            for user, start in zip(users, starts, strict=True)
        )
        return list(zip(users, starts, strict=True))

    def _past(self, user: User, rule: AssignmentRule, assigned_on: date) -> history.Past:
        """Assigned on the day; some finish, and of those some keep renewing until today."""
        due_on = assigned_on + timedelta(days=DUE_AFTER)
        past = history.begin(user, rule, on=assigned_on, due_on=due_on)
        if self.rng.random() > self.rollout.finishing:
            return past
        day = assigned_on + timedelta(days=self.rng.randint(10, 260))
        while day <= self.today:
            take(past.ledger, Event(day, EventType.IMPORTED, day=day))
            current = past.ledger.current
            if current is None or self.rng.random() > self.rollout.renewing:
                break
            opens = window_opens_on(current.valid_through, past.ledger.policy)
            day = opens + timedelta(days=self.rng.randint(0, 45))
        return past
