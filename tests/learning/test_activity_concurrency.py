"""The same and other statements at the very same moment: one result, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from learning.actions.counting import count_refusal
from learning.models import (
    ActivityRefusal,
    ActivityRun,
    ActivityState,
    ActivityStatement,
    LearningEvent,
)
from tests.factories.learning import NOW
from tests.factories.organisations import make_worker
from tests.learning.telling import attempt_with, begin, begun, leave, said, scored, tell

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 10


@pytest.fixture
def worker():
    return make_worker()


@pytest.fixture
def attempt(worker):
    return attempt_with(worker)


def at_once(asking):
    """Call each with its number, all at the same moment; what they gave, in order."""
    together = Barrier(TIMES)

    def ask(number):
        try:
            together.wait(timeout=20)
            return asking(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(ask, range(TIMES)))


@pytest.fixture
def browsers(worker):
    clients = [Client() for _browser in range(TIMES)]
    for client in clients:
        client.force_login(worker)
    return clients


def test_row_13_the_same_statement_ten_times_at_once(browsers, attempt):
    run = begun(attempt)
    answers = at_once(lambda number: tell(browsers[number], run, scored(3, 4)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["kept"]
    assert ActivityStatement.objects.count() == 1
    assert LearningEvent.objects.filter(kind="activity").count() == 1
    assert ActivityRun.objects.get().raw == 3


def test_of_ten_ends_at_once_one_is_the_end(browsers, attempt):
    run = begun(attempt)
    answers = at_once(
        lambda number: tell(browsers[number], run, scored(number, TIMES), number + 1).json()
    )
    assert sorted(answer["kept"] for answer in answers) == [False] * (TIMES - 1) + [True]
    raws = {answer["result"]["raw"] for answer in answers}
    assert raws == {ActivityRun.objects.get().raw}
    assert ActivityStatement.objects.count() == 1
    assert LearningEvent.objects.filter(kind="activity").count() == 1


def test_of_ten_under_one_number_one_is_kept_and_the_others_are_told(browsers, attempt):
    run = begun(attempt)
    answers = at_once(
        lambda number: tell(browsers[number], run, said("interacted", response=str(number)))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (TIMES - 1)
    assert ActivityStatement.objects.count() == 1
    assert list(ActivityRefusal.objects.values_list("code", "count")) == [
        ("SEQUENCE_TAKEN", TIMES - 1)
    ]


def test_beginning_ten_times_at_once_makes_one_try(browsers, attempt):
    answers = at_once(lambda number: begin(browsers[number], attempt))
    assert len({answer.json()["nonce"] for answer in answers}) == 1
    first = ActivityRun.objects.get()
    tell(browsers[0], first, scored(1, 2))
    answers = at_once(lambda number: begin(browsers[number], attempt, nonce=first.nonce))
    assert {answer.json()["run"] for answer in answers} == {
        ActivityRun.objects.get(number=2).public_id
    }
    assert ActivityRun.objects.count() == 2


def test_ten_states_at_once_leave_one(browsers, attempt):
    run = begun(attempt)
    answers = at_once(lambda number: leave(browsers[number], run, f"[{number}]"))
    assert {answer.status_code for answer in answers} == {200}
    assert ActivityState.objects.count() == 1


def test_refusals_at_once_are_all_counted():
    at_once(lambda _number: count_refusal(code="VERB", version="abc", at=NOW))
    assert list(ActivityRefusal.objects.values_list("code", "count")) == [("VERB", TIMES)]
