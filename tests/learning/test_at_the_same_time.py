"""Double clicks and two browsers at the very same moment: one row, and nobody is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessments.models import SelfRating
from learning.actions import start_attempt
from learning.models import Attempt, Completion, LearningEvent, Replay, ReplayChoice
from tests.factories.learning import NOW, make_assignment, module_of, walk
from tests.factories.organisations import make_worker

pytestmark = pytest.mark.django_db(transaction=True)
BROWSERS = 8


@pytest.fixture
def worker():
    return make_worker()


def all_at_once(worker, url, form):
    """Post the same form from so many signed-in browsers; the statuses that they got."""
    clients = [Client(raise_request_exception=False) for _browser in range(BROWSERS)]
    for client in clients:
        client.force_login(worker)
    together = Barrier(BROWSERS)

    def post(client):
        try:
            together.wait(timeout=20)
            return client.post(url, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(BROWSERS) as pool:
        return list(pool.map(post, clients))


@pytest.fixture
def attempt(worker):
    assignment = make_assignment(worker)
    module = module_of(assignment, "onboarding")
    return start_attempt(assignment=assignment, module=module, at=NOW)


def test_finishing_leaves_one_completion(worker, attempt):
    walk(attempt)
    url = reverse("learning:finish", args=[attempt.public_id])
    assert set(all_at_once(worker, url, {})) == {302}
    assert Completion.objects.count() == 1
    assert LearningEvent.objects.filter(kind="completed").count() == 1
    assert Attempt.objects.get().completed_at is not None


def test_a_choice_is_kept_once(worker, attempt):
    walk(attempt, until=2)
    url = reverse("learning:step", args=[attempt.public_id, 3])
    form = {"action": "choose", "node": "eerst", "choice": "vraag"}
    assert set(all_at_once(worker, url, form)) == {302}
    assert LearningEvent.objects.filter(kind="choice").count() == 1


def test_a_replay_is_begun_once_and_each_choice_in_it_kept_once(worker, attempt):
    walk(attempt, until=3)
    start = reverse("learning:replay_start", args=[attempt.public_id, 3])
    assert set(all_at_once(worker, start, {"node": "eerst", "visit": 1})) == {302}
    url = reverse("learning:replay", args=[Replay.objects.get().public_id])
    form = {"action": "choose", "node": "eerst", "visit": 1, "choice": "vraag"}
    assert set(all_at_once(worker, url, form)) == {302}
    assert ReplayChoice.objects.count() == 1


def test_a_rating_is_kept_once(worker, attempt):
    url = reverse("learning:step", args=[attempt.public_id, 1])
    form = {"action": "rate", "recognising": "4", "acting": "5"}
    assert set(all_at_once(worker, url, form)) == {302}
    assert SelfRating.objects.count() == 1
    assert LearningEvent.objects.count() == 1


def test_beginning_makes_one_attempt(worker):
    assignment = make_assignment(worker)
    module = module_of(assignment, "onboarding")
    url = reverse("learning:begin", args=[assignment.public_id, module.public_id])
    assert set(all_at_once(worker, url, {})) == {302}
    assert Attempt.objects.count() == 1
