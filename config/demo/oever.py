"""The institution of the demo that can be walked through: three teams, forty workers."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from config.demo import accounts, history
from config.demo.moments import moment
from config.demo.names import FIRST_NAMES, LAST_NAMES
from config.demo.training import Walker
from learning.models import Assignment, AssignmentRule, Programme
from learning.rules.calendar import add_months
from organisations.actions import grant_role
from organisations.models import Employment, Leave, Organisation, Role, Team, User

DUE_AFTER = 90  # days, as the organisation's rule says


@dataclass(frozen=True)
class Stage:
    """Where some workers stand today. `valid_days` are counted from today, negative when past."""

    name: str
    people: int
    valid_days: tuple[int, int] = (0, 0)
    years: tuple[int, int] = (1, 1)  # how often they were certified


STAGES = [
    Stage("new", 5),
    Stage("halfway", 5),
    Stage("covered", 14, (75, 320), (1, 3)),
    Stage("soon", 4, (34, 58), (1, 3)),
    Stage("window", 4, (4, 24), (1, 2)),
    Stage("overdue", 3),
    Stage("expired", 1, (-30, -12), (1, 1)),
    Stage("leave", 2, (20, 200), (1, 2)),
    Stage("left", 2, (40, 200), (1, 2)),
]
KNOWN = {
    "new": ["nieuw"],
    "window": ["herhaling"],
    "covered": ["leidinggevende", "aandachtsfunctionaris"],
}


class Oever:
    """Makes the institution; every draw comes from the one generator."""

    def __init__(self, *, rng: Random, today: date, programme: Programme, walker: Walker) -> None:
        self.rng = rng
        self.today = today
        self.programme = programme
        self.walker = walker

    def build(self, organisation: Organisation) -> list[User]:
        teams = self._teams(organisation)
        since = add_months(self.today, -40)
        self.rule = AssignmentRule.objects.create(
            organisation=organisation,
            programme=self.programme,
            due_after_days=DUE_AFTER,
            counts_from=since,
            starts_on=since,
            made_at=moment(since),
        )
        people: list[User] = []
        for stage in STAGES:
            for number in range(stage.people):
                known = KNOWN.get(stage.name, [])
                team = teams[len(people) % len(teams)]
                if number < len(known):
                    user, team = accounts.make(known[number]), teams[0]
                else:
                    user = self._somebody(len(people))
                people.append(user)
                getattr(self, f"_{stage.name}")(user, team, stage)
        self._roles(organisation, teams)
        return people

    def _teams(self, organisation: Organisation) -> list[Team]:
        wilg = Team.objects.create(organisation=organisation, name="Verblijf De Wilg")
        els = Team.objects.create(organisation=organisation, name="Verblijf De Els")
        nights = Team.objects.create(
            organisation=organisation, name="Nachtdienst De Wilg", parent=wilg
        )
        return [wilg, els, nights]

    def _somebody(self, number: int) -> User:
        first = FIRST_NAMES[(number * 7) % len(FIRST_NAMES)]
        last = LAST_NAMES[(number * 5) % len(LAST_NAMES)]
        email = f"medewerker{number + 1}@demo.example"
        return User.objects.create_user(email, first_name=first, last_name=last)

    def _roles(self, organisation: Organisation, teams: list[Team]) -> None:
        at = moment(add_months(self.today, -40))
        focal = User.objects.get(email=accounts.account("aandachtsfunctionaris").email)
        manager = User.objects.get(email=accounts.account("leidinggevende").email)
        coordinator = accounts.make("opleidingen")
        since = add_months(self.today, -40)
        for user, role, team in [
            (focal, Role.FOCAL_PERSON, None),
            (manager, Role.MANAGER, teams[0]),
            (coordinator, Role.COORDINATOR, None),
        ]:
            grant_role(
                user=user,
                role=role,
                organisation=organisation,
                team=team,
                starts_on=since,
                by=None,
                at=at,
            )

    def _employ(self, user: User, team: Team, day: date, end: date | None = None) -> None:
        functions = list(Employment.JobFunction.values)[:4]
        Employment.objects.create(
            user=user,
            team=team,
            job_function=self.rng.choice(functions),
            hours_per_week=self.rng.choice([24, 28, 32, 36]),
            starts_on=day,
            ends_before=end,
        )

    def _assigned(self, user: User, team: Team, days_ago: int) -> Assignment:
        day = self.today - timedelta(days=days_ago)
        self._employ(user, team, day)
        return history.assign(user, self.rule, on=day, due_on=day + timedelta(days=DUE_AFTER))

    def _new(self, user: User, team: Team, stage: Stage) -> None:
        self._assigned(user, team, self.rng.randint(2, 25))

    def _halfway(self, user: User, team: Team, stage: Stage) -> None:
        days_ago = self.rng.randint(20, 60)
        assignment = self._assigned(user, team, days_ago)
        begun = self.today - timedelta(days=self.rng.randint(1, 15))
        self.walker.part(assignment, begun, steps=self.rng.randint(1, 5), skill=0.3)

    def _overdue(self, user: User, team: Team, stage: Stage) -> None:
        assignment = self._assigned(user, team, DUE_AFTER + self.rng.randint(5, 60))
        if self.rng.random() < 0.5:
            begun = self.today - timedelta(days=80)
            self.walker.part(assignment, begun, steps=2, skill=0.2)

    def _certified(self, user: User, team: Team, stage: Stage, end: date | None = None) -> None:
        """Certified once or more, each renewal inside its window, so that the date stays."""
        through = self.today + timedelta(days=self.rng.randint(*stage.valid_days))
        years = self.rng.randint(*stage.years)
        first_due = add_months(through, -12 * years)
        assigned = first_due - timedelta(days=DUE_AFTER)
        # Most worked here before their group's turn came, so that coverage grew over the years.
        employed = add_months(self.today, -46) if self.rng.random() < 0.75 else assigned
        self._employ(user, team, employed, end)
        assignment = history.assign(user, self.rule, on=assigned, due_on=first_due)
        for year in range(years):
            due = add_months(first_due, 12 * year)
            early = self.rng.randint(3, 40) if year == 0 else self.rng.randint(0, 24)
            self.walker.whole(assignment, due - timedelta(days=early), skill=0.45 + 0.15 * year)

    _covered = _certified
    _soon = _certified
    _window = _certified
    _expired = _certified

    def _leave(self, user: User, team: Team, stage: Stage) -> None:
        self._certified(user, team, stage)
        start = self.today - timedelta(days=self.rng.randint(15, 60))
        back = self.today + timedelta(days=45) if self.rng.random() < 0.5 else None
        Leave.objects.create(user=user, starts_on=start, ends_before=back)

    def _left(self, user: User, team: Team, stage: Stage) -> None:
        self._certified(user, team, stage, self.today - timedelta(days=self.rng.randint(5, 25)))
