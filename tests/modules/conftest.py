from datetime import UTC, datetime

import pytest

from modules.curriculum import load
from organisations.models import Role
from tests.factories.organisations import make_grant, make_user, make_worker

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def module(db, settings, tmp_path):
    """One of the shipped modules, as version 1."""
    settings.MEDIA_ROOT = tmp_path
    return load(AT, only=["het-gesprek-openen"]).modules["het-gesprek-openen"]


@pytest.fixture
def editor(db):
    user = make_user("redacteur@care.example")
    make_grant(Role.EDITOR, user)
    return user


@pytest.fixture
def worker(db):
    return make_worker()


@pytest.fixture
def shipped_scenarios(settings):
    """The files with a scenario that come with the site."""
    return sorted((settings.BASE_DIR / "curriculum/nl/scenarios").glob("*.yaml"))
