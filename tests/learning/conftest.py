import pytest

from learning.actions import start_attempt
from tests.factories.learning import NOW, TODAY, make_assignment, module_of
from tests.factories.organisations import make_worker


@pytest.fixture
def worker(db):
    return make_worker()


@pytest.fixture
def assignment(worker):
    return make_assignment(worker, day=TODAY)


@pytest.fixture
def attempt(assignment):
    module = module_of(assignment, "onboarding")
    return start_attempt(assignment=assignment, module=module, at=NOW)


@pytest.fixture
def signed_in(client, worker):
    client.force_login(worker)
    return client


@pytest.fixture(autouse=True)
def frozen(monkeypatch):
    """Views see the first of June 2026; what is below them is given the time anyway."""
    monkeypatch.setattr("organisations.clock.timezone.now", lambda: NOW)
