"""The eleven other institutions: staff whose training began at different times.

Their completions are taken over from elsewhere (no attempts here), so that coverage over the
past three years can be computed from facts like anybody else's.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from config.demo.moments import moment
from config.demo.names import FIRST_NAMES, LAST_NAMES
from learning.models import Assignment, AssignmentRule, Completion, Cycle, Programme
from learning.models.programme import Path
from learning.rules.calendar import add_months
from learning.rules.recertification import Certification, certify, window_opens_on
from organisations.models import Employment, Organisation, Role, RoleGrant, Team, User


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
            due_after_days=180,
            starts_on=begins,
        )
        people = self._people(team)
        for user, employed_on in people:
            self._train(user, organisation, rule, max(begins, employed_on))
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

    def _train(
        self, user: User, organisation: Organisation, rule: AssignmentRule, assigned_on: date
    ) -> None:
        due = assigned_on + timedelta(days=rule.due_after_days)
        assignment = Assignment.objects.create(
            worker=user,
            programme=self.programme,
            organisation=organisation,
            rule=rule,
            reason=Assignment.Reason.RULE,
            counted_from=assigned_on,
            assigned_on=assigned_on,
            first_due_on=due,
            assigned_at=moment(assigned_on),
        )
        done = self._completions(due, assigned_on)
        opened = [moment(assigned_on), *(moment(day) for day, _certification in done)]
        for place, (day, certification) in enumerate(done):
            self._complete(assignment, place + 1, opened[place], day, certification)
        if not done:
            Cycle.objects.create(
                assignment=assignment,
                number=1,
                path=Path.ONBOARDING,
                due_on=due,
                opened_at=opened[0],
            )

    def _completions(self, due: date, assigned_on: date) -> list[tuple[date, Certification]]:
        """Days of completion up to today with what each made valid."""
        policy = self.programme.policy.facts
        done: list[tuple[date, Certification]] = []
        if self.rng.random() > self.rollout.finishing:
            return done
        day = assigned_on + timedelta(days=self.rng.randint(10, 260))
        while day <= self.today:
            current = done[-1][1] if done else None
            made = certify(completed_on=day, first_due_on=due, current=current, policy=policy)
            if made is None:
                break
            done.append((day, made))
            if self.rng.random() > self.rollout.renewing:
                break
            opens = window_opens_on(made.valid_through, policy)
            day = opens + timedelta(days=self.rng.randint(0, 45))
        return done

    def _complete(
        self,
        assignment: Assignment,
        number: int,
        opened_at: datetime,
        day: date,
        certification: Certification,
    ) -> None:
        cycle = Cycle.objects.create(
            assignment=assignment,
            number=number,
            path=Path.ONBOARDING if number == 1 else Path.REFRESHER,
            due_on=assignment.first_due_on if number == 1 else day,
            opened_at=opened_at,
            closed_at=moment(day, minutes=30),
        )
        policy = self.programme.policy
        Completion.objects.create(
            worker=assignment.worker,
            assignment=assignment,
            cycle=cycle,
            source=Completion.Source.IMPORTED,
            completed_at=moment(day, minutes=30),
            completed_on=day,
            valid_through=certification.valid_through,
            remembered_day=certification.remembered_day,
            active_months=policy.active_months,
            window_months=policy.window_months,
        )
