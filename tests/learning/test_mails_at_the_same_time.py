"""Several workers make and send the mails of the day at the very same moment: nobody gets two."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail as outbox
from django.db import connection

from learning.actions import reminding
from learning.actions.reminding import remind
from learning.actions.reminding_by_hand import remind_by_hand
from learning.actions.sending import send_mails
from learning.errors import AlreadyMailed
from learning.models import Mail, Reminder
from tests.factories.learning import TODAY, make_assignment, make_mail, on
from tests.factories.organisations import make_focal_person, make_manager, make_team, make_worker

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4
PEOPLE = 25
DAY = TODAY + timedelta(90 + 35)  # both escalations are reached


def at_once(*tasks):
    together = Barrier(len(tasks))

    def run(task):
        try:
            together.wait(timeout=20)
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result() for future in [pool.submit(run, task) for task in tasks]]


@pytest.fixture
def people():
    team = make_team()
    made = [make_manager(team), make_focal_person(team.organisation)]
    made += [make_worker(team) for _person in range(PEOPLE)]
    for person in made[2:]:
        make_assignment(person)
    return made


def rows():
    fields = ["recipient_id", "assignment_id", "rung", "due_on", "scheduled_on", "outcome", "on"]
    return sorted(Reminder.objects.values_list(*fields))


def test_runs_at_once_make_what_one_run_makes(people, monkeypatch):
    monkeypatch.setattr(reminding, "AT_A_TIME", 5)
    made = at_once(*[lambda: remind(as_of=DAY, at=on(DAY))] * WORKERS)
    assert sum(one.mails for one in made) == Mail.objects.count() == len(people)
    together = rows()
    Reminder.objects.all().delete()
    Mail.objects.all().delete()
    remind(as_of=DAY, at=on(DAY))
    assert together == rows()


def test_by_hand_and_by_the_run_at_once(people):
    worker, manager = people[-1], people[0]
    organisation = worker.employments.get().team.organisation_id

    def by_hand():
        try:
            remind_by_hand(worker=worker, organisations=[organisation], by=manager, at=on(DAY))
        except AlreadyMailed:
            return False
        return True

    at_once(by_hand, by_hand, lambda: remind(as_of=DAY, at=on(DAY)))
    assert Mail.objects.filter(recipient=worker, on=DAY).count() == 1


def test_sending_at_once_sends_each_mail_once(people):
    for person in people:
        make_mail(person, on=DAY)
    done = at_once(*[lambda: send_mails(at=on(DAY))] * WORKERS)
    assert sum(one.sent for one in done) == len(people)
    sent = Counter(message.to[0] for message in outbox.outbox)
    assert sent == {person.email: 1 for person in people}
