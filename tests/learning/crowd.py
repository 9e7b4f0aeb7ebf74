"""Ten thousand people with training, written in bulk."""

from datetime import date, timedelta

from learning.actions import bring_up_to_date
from learning.models import Assignment, AssignmentEvent, AssignmentRule, Completion, Cycle
from organisations.models import Employment, Team, User
from tests.factories.learning import on

PIECE = 1000


def make_crowd(team: Team, rule: AssignmentRule, people: int, *, today: date) -> None:
    """Everybody works in the team and was certified once, through a day in the coming year.

    One in eight has never finished, and has been due since, or falls due soon.
    """
    start = today - timedelta(days=400)
    users = User.objects.bulk_create(
        User(email=f"mens{n}@crowd.example", first_name="Mens", last_name=str(n), password="!")
        for n in range(people)
    )
    Employment.objects.bulk_create(
        Employment(user=user, team=team, starts_on=start) for user in users
    )
    assignments = Assignment.objects.bulk_create(
        Assignment(worker=user, programme=rule.programme, organisation=rule.organisation)
        for user in users
    )
    AssignmentEvent.objects.bulk_create(
        AssignmentEvent(
            assignment=assignment,
            kind="assigned",
            on=start,
            day=today + timedelta(days=n % 40 - 10) if n % 8 == 0 else start + timedelta(days=90),
            reason="rule",
            rule=rule,
            waived=True,
            at=on(start),
        )
        for n, assignment in enumerate(assignments)
    )
    done = [(n, one) for n, one in enumerate(assignments) if n % 8]
    cycles = Cycle.objects.bulk_create(
        Cycle(
            assignment=assignment,
            number=1,
            path="onboarding",
            opened_on=start,
            due_on=start + timedelta(days=90),
            closed_on=start + timedelta(days=60),
            closed_as="on_time",
        )
        for _n, assignment in done
    )
    Completion.objects.bulk_create(
        Completion(
            worker_id=assignment.worker_id,
            assignment=assignment,
            cycle=cycle,
            completed_on=start + timedelta(days=60),
            valid_through=today + timedelta(days=n % 180),
            covered_through=today + timedelta(days=n % 180),
            remembered_day=1,
            active_months=12,
            recorded_on=start + timedelta(days=60),
            recorded_at=on(start + timedelta(days=60)),
        )
        for (n, assignment), cycle in zip(done, cycles, strict=True)
    )
    pks = [assignment.pk for assignment in assignments]
    for first in range(0, len(pks), PIECE):
        bring_up_to_date(pks[first : first + PIECE], today=today)
