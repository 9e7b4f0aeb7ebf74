"""The institution of the demo that can be walked through: three teams, forty workers."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from random import Random

from config.demo import accounts, exercise, history, own, stages
from config.demo.diary import Diary
from config.demo.exercise import Exercise
from config.demo.moments import AMSTERDAM, moment
from config.demo.newcomers import HOURS, Newcomers, draw_function
from config.demo.recent import Institution, Recent
from config.demo.stages import DUE_AFTER, ELS, NIGHTS, WILG, Stage
from config.demo.training import Walker
from learning.actions.work import refresh_person
from learning.models import AssignmentRule, Programme
from learning.rules.calendar import add_months, first_of_month
from organisations.actions import grant_role
from organisations.actions.leave import start_leave
from organisations.models import Employment, Organisation, Role, Team, User


class Oever:
    """Makes the institution; every draw comes from the one generator."""

    def __init__(self, *, rng: Random, at: datetime, programme: Programme, diary: Diary) -> None:
        self.rng = rng
        self.at = at
        self.today = at.astimezone(AMSTERDAM).date()
        self.programme = programme
        self.diary = diary
        self.walker = Walker(rng)
        self.people: defaultdict[str, list[User]] = defaultdict(list)

    def build(self, organisation: Organisation) -> None:
        teams = self._teams(organisation)
        self.coordinator = accounts.make("opleidingen")
        self._rules(organisation)
        self.newcomers = Newcomers(
            rng=self.rng,
            today=self.today,
            programme=self.programme,
            by=self.coordinator,
            diary=self.diary,
        )
        self._workers(teams)
        self._roles(organisation, teams)
        institution = Institution(
            today=self.today,
            programme=self.programme,
            own=self.own_rule.programme,
            nights=teams[NIGHTS],
            els=teams[ELS],
            by=self.coordinator,
            people=self.people,
        )
        Recent(institution, diary=self.diary, walker=self.walker).write()
        short = Exercise(organisation, by=self.coordinator, at=self.at, diary=self.diary)
        short.write(self.people["halfway"])

    def _workers(self, teams: list[Team]) -> None:
        places = [(stage, place) for stage in stages.STAGES for place in range(stage.people)]
        for number, (stage, place) in enumerate(places):
            known = stages.KNOWN.get(stage.name, [])
            team = teams[number % len(teams) if stage.team is None else stage.team]
            if place < len(known):
                user, team = accounts.make(known[place]), teams[WILG]
            else:
                user = accounts.make_up(number)
            self.people[stage.name].append(user)
            getattr(self, f"_{stage.name}")(user, team, stage)

    def _teams(self, organisation: Organisation) -> list[Team]:
        wilg = Team.objects.create(organisation=organisation, name="Verblijf De Wilg")
        els = Team.objects.create(organisation=organisation, name="Verblijf De Els")
        nights = Team.objects.create(
            organisation=organisation, name="Nachtdienst De Wilg", parent=wilg
        )
        return [wilg, els, nights]

    def _rules(self, organisation: Organisation) -> None:
        """The shipped programme for everybody; the institution's own for one function."""
        since = add_months(self.today, -40)
        self.rule = AssignmentRule.objects.create(
            organisation=organisation,
            programme=self.programme,
            due_after_days=DUE_AFTER,
            counts_from=since,
            starts_on=since,
            made_at=moment(since),
        )
        by = self.coordinator
        programme = own.make_programme(organisation, today=self.today, by=by, at=self.at)
        self.own_rule = own.ask_by_function(programme, today=self.today, by=by)

    def _roles(self, organisation: Organisation, teams: list[Team]) -> None:
        since = add_months(self.today, -40)
        at = moment(since)
        manager, focal = self.people["covered"][:2]
        for user, role, team in [
            (focal, Role.FOCAL_PERSON, None),
            (manager, Role.MANAGER, teams[WILG]),
            (self.coordinator, Role.COORDINATOR, None),
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

    def _employ(
        self, user: User, team: Team, day: date, end: date | None = None, function: str = ""
    ) -> None:
        Employment.objects.create(
            user=user,
            team=team,
            job_function=function or draw_function(self.rng),
            hours_per_week=self.rng.choice(HOURS),
            starts_on=day,
            ends_before=end,
        )

    def _new(self, user: User, team: Team, stage: Stage) -> None:
        self.newcomers.hire(user, team, self.rng.randint(8, 25))

    def _late_starter(self, user: User, team: Team, stage: Stage) -> None:
        """Begins when the night team's campaign is nearly over: too little time."""
        self.newcomers.hire(user, team, 3)

    def _elsewhere(self, user: User, team: Team, stage: Stage) -> None:
        self.newcomers.hire(user, team, 40)

    _exempt = _elsewhere

    def _halfway(self, user: User, team: Team, stage: Stage) -> None:
        """The known account is in the third module; the other chose once in the first."""
        modules = 0 if self.people["halfway"][1:] else 2
        self.newcomers.begin(user, team, modules=modules, steps=1, function=exercise.FUNCTION)

    def _finished(self, user: User, team: Team, stage: Stage) -> None:
        """Did all eight, a few days apart."""
        self.newcomers.begin(user, team, modules=8)

    def _overdue(self, user: User, team: Team, stage: Stage) -> None:
        days_late = stages.DAYS_LATE[len(self.people["overdue"]) - 1]
        day = self.today - timedelta(days=DUE_AFTER + days_late)
        self._employ(user, team, day)
        due_on = day + timedelta(days=DUE_AFTER)
        assignment = history.assign(user, self.rule, on=day, due_on=due_on)
        if len(self.people["overdue"]) > 1:
            begun = self.today - timedelta(days=80)
            self.walker.part(assignment, begun, steps=2, skill=0.2)

    def _certified(
        self,
        user: User,
        team: Team,
        stage: Stage,
        *,
        end: date | None = None,
        through: date | None = None,
        function: str = "",
    ) -> None:
        """Certified once or more, each renewal inside its window, so that the date stays."""
        through = through or self.today + timedelta(days=self.rng.randint(*stage.valid_days))
        years = self.rng.randint(*stage.years)
        assigned = _assigned_on(through, years)
        # Most worked here before their group's turn came, so that coverage grew over the years.
        employed = add_months(self.today, -46) if self.rng.random() < 0.75 else assigned
        self._employ(user, team, employed, end, function)
        self._completed(user, self.rule, through=through, years=years)

    def _completed(self, user: User, rule: AssignmentRule, *, through: date, years: int) -> None:
        first_due = add_months(through, -12 * years)
        assigned = _assigned_on(through, years)
        assignment = history.assign(user, rule, on=assigned, due_on=first_due)
        for year in range(years):
            due = add_months(first_due, 12 * year)
            early = self.rng.randint(3, 40) if year == 0 else self.rng.randint(0, 24)
            self.walker.whole(assignment, due - timedelta(days=early), skill=0.45 + 0.15 * year)

    _covered = _certified
    _soon = _certified
    _expired = _certified
    _extended = _certified
    _moved = _certified
    _revoked = _certified

    def _cohort(self, user: User, team: Team, stage: Stage) -> None:
        """A group that began together is due in one month."""
        month = first_of_month(add_months(self.today, stages.COHORT_MONTHS))
        through = month + timedelta(days=self.rng.randint(*stage.valid_days))
        self._certified(user, team, stage, through=through)

    def _window(self, user: User, team: Team, stage: Stage) -> None:
        """The known account is reminded soon; the other reads mails in English."""
        if not self.people["window"][1:]:
            through = self.today + timedelta(days=14 + stages.REMINDED_IN)
            self._certified(user, team, stage, through=through)
            return
        self._certified(user, team, stage)
        user.language = User.Language.ENGLISH
        user.save(update_fields=["language"])

    def _specialist(self, user: User, team: Team, stage: Stage) -> None:
        """Asked the institution's own programme as well, by function."""
        self._certified(user, team, stage, function=own.FUNCTION)
        days, years = stages.OWN[len(self.people["specialist"]) - 1]
        through = self.today + timedelta(days=days)
        self._completed(user, self.own_rule, through=through, years=years)

    def _leave(self, user: User, team: Team, stage: Stage) -> None:
        self._certified(user, team, stage)
        start = self.today - timedelta(days=self.rng.randint(15, 60))
        back = self.today + timedelta(days=45) if self.rng.random() < 0.5 else None

        def scene(at: datetime) -> None:
            start_leave(user=user, starts_on=start, ends_before=back, by=self.coordinator, at=at)
            refresh_person(user=user, by=self.coordinator, at=at)

        self.diary.on(start, scene)

    def _left(self, user: User, team: Team, stage: Stage) -> None:
        end = self.today - timedelta(days=self.rng.randint(5, 25))
        self._certified(user, team, stage, end=end)


def _assigned_on(through: date, years: int) -> date:
    return add_months(through, -12 * years) - timedelta(days=DUE_AFTER)
