"""Who started lately: hired by the coordinator, and on their way through the path of eight."""

from datetime import date, datetime, timedelta
from random import Random

from config.demo import own
from config.demo.diary import Diary, Scene
from config.demo.replays import try_again
from config.demo.training import Walker
from learning.actions import assign_by_rules
from learning.models import Assignment, Attempt, Programme
from organisations.actions.work import start_employment
from organisations.models import Employment, Team, User

HOURS = (24, 28, 32, 36)
SEED = 8  # what they choose is drawn apart: new texts move nobody's dates


def draw_function(rng: Random) -> str:
    """Not that of the specialists, whom a rule of their own asks something."""
    others = [value for value in Employment.JobFunction.values[:4] if value != own.FUNCTION]
    return rng.choice(others)


class Newcomers:
    """Writes into the diary what the coordinator and the new people did."""

    def __init__(
        self, *, rng: Random, today: date, programme: Programme, by: User, diary: Diary
    ) -> None:
        self.rng = rng
        self.today = today
        self.programme = programme
        self.by = by
        self.diary = diary
        self.walker = Walker(Random(SEED))  # noqa: S311 - example data, nothing secret

    def hire(self, user: User, team: Team, days_ago: int, function: str = "") -> None:
        """As a coordinator does it: the rules follow."""
        day = self.today - timedelta(days=days_ago)
        drawn, hours = draw_function(self.rng), self.rng.choice(HOURS)

        def scene(at: datetime) -> None:
            start_employment(
                user=user,
                team=team,
                job_function=function or drawn,
                hours_per_week=hours,
                starts_on=day,
                by=self.by,
                at=at,
            )
            assign_by_rules(user=user, by=self.by, at=at)

        self.diary.on(day, scene)

    def begin(
        self, user: User, team: Team, *, modules: int, steps: int = 0, function: str = ""
    ) -> None:
        """Hired, did so many modules, and of the next so many steps and one choice.

        Who did some tried the conversation of the last once more.
        """
        hired = self.rng.randint(20, 60)
        self.hire(user, team, hired, function)
        apart, last = self.rng.randint(1, 5), self.rng.randint(1, 15)
        for place in range(modules):
            ago = min(hired - 1, last + apart * (modules - place))
            self.diary.on(self.today - timedelta(days=ago), self._whole(user))
            if place == modules - 1:
                self.diary.on(self.today - timedelta(days=ago), self._again(user))
        if steps:
            self.diary.on(self.today - timedelta(days=last), self._part(user, steps))

    def _whole(self, user: User) -> Scene:
        return lambda at: self.walker.whole(self._held(user), at.date(), skill=0.6)

    def _part(self, user: User, steps: int) -> Scene:
        def scene(at: datetime) -> None:
            held = self._held(user)
            self.walker.part(held, at.date(), steps=steps, choices=1, skill=0.3)

        return scene

    def _again(self, user: User) -> Scene:
        def scene(at: datetime) -> None:
            finished = Attempt.objects.filter(worker=user, completed_at__isnull=False)
            try_again(finished.latest("completed_at"), at=at + timedelta(hours=1))

        return scene

    def _held(self, user: User) -> Assignment:
        held: Assignment = Assignment.objects.get(worker=user, programme=self.programme)
        return held
